//! A container without name or image, or with a name or policy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-container",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a container without name or image, or with a name or policy that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-container.md"),
    check: Check::Refused { family: Family::Container, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
