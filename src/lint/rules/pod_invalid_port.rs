//! A container's port that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-port",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a container's port that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-port.md"),
    check: Check::Refused { family: Family::Port, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
