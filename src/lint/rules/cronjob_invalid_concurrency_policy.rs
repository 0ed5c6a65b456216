//! A concurrencyPolicy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-invalid-concurrency-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a concurrencyPolicy that the API server refuses",
    page: include_str!("../../../rules/cronjob-invalid-concurrency-policy.md"),
    check: Check::Refused { family: Family::ConcurrencyPolicy, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
