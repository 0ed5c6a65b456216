//! A podFailurePolicy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-pod-failure-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a podFailurePolicy that the API server refuses",
    page: include_str!("../../../rules/job-invalid-pod-failure-policy.md"),
    check: Check::Refused { family: Family::PodFailurePolicy, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
