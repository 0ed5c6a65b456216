//! A time zone that the API server does not know.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-time-zone",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a time zone that the API server does not know",
    page: include_str!("../../../rules/cronjob-invalid-time-zone.md"),
    check: Check::Refused { family: Family::TimeZone, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
