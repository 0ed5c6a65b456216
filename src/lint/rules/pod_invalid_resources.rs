//! Requests, limits or claims that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-resources",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "requests, limits or claims that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-resources.md"),
    check: Check::Refused { family: Family::Resources, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
