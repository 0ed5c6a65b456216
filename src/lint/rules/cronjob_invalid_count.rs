//! A number of a CronJob is negative.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-count",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a number of a CronJob is negative",
    page: include_str!("../../../rules/cronjob-invalid-count.md"),
    check: Check::Refused { family: Family::CronJobCount, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
