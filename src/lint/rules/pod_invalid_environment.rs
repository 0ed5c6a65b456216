//! An environment variable that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-environment",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "an environment variable that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-environment.md"),
    check: Check::Refused { family: Family::Environment, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
