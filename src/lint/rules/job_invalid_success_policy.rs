//! A successPolicy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-success-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a successPolicy that the API server refuses",
    page: include_str!("../../../rules/job-invalid-success-policy.md"),
    check: Check::Refused { family: Family::SuccessPolicy, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
