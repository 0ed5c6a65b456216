//! A number of a Job is negative.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-count",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a number of a Job is negative",
    page: include_str!("../../../rules/job-invalid-count.md"),
    check: Check::Refused { family: Family::JobCount, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
