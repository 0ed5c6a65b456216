//! A schedule that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-schedule",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a schedule that the API server refuses",
    page: include_str!("../../../rules/cronjob-invalid-schedule.md"),
    check: Check::Refused { family: Family::Schedule, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
