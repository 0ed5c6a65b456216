//! The name of a CronJob is too long for the names of its Jobs.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-name-too-long",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "the name of a CronJob is too long for the names of its Jobs",
    page: include_str!("../../../rules/cronjob-name-too-long.md"),
    check: Check::Refused { family: Family::CronJobName, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
