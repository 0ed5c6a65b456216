//! Numbers of a CronJob that are below zero.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-count",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a CronJob's starting deadline or history limit is below zero",
    page: include_str!("../../../rules/cronjob-invalid-count.md"),
    check: Check::Refused { family: Family::CronJobCount, help },
};

fn help(error: &Error) -> Option<String> {
    let help = match error.field.rsplit('.').next()? {
        "startingDeadlineSeconds" => "remove it to let a firing start however late it is",
        "successfulJobsHistoryLimit" => "write `0` to keep no Job that has succeeded, or remove it to keep 3",
        "failedJobsHistoryLimit" => "write `0` to keep no Job that has failed, or remove it to keep 1",
        _ => return None,
    };
    Some(help.to_owned())
}
