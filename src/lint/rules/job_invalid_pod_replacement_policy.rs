//! A podReplacementPolicy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-pod-replacement-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a podReplacementPolicy that the API server refuses",
    page: include_str!("../../../rules/job-invalid-pod-replacement-policy.md"),
    check: Check::Refused { family: Family::PodReplacementPolicy, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
