//! A Job's selector is not left to the API server, or does not find its pods.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-selector",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a Job's selector is not left to the API server, or does not find its pods",
    page: include_str!("../../../rules/job-invalid-selector.md"),
    check: Check::Refused { family: Family::JobSelector, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
