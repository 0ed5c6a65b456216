//! A Job's completion mode and its numbers do not go together.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-indexed",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a Job's completion mode and its numbers do not go together",
    page: include_str!("../../../rules/job-invalid-indexed.md"),
    check: Check::Refused { family: Family::JobIndexed, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
