//! A Job's pods have a restartPolicy that a Job cannot have.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-restart-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a Job's pods have a restartPolicy that a Job cannot have",
    page: include_str!("../../../rules/job-invalid-restart-policy.md"),
    check: Check::Refused { family: Family::RestartPolicy, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
