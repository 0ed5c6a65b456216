//! A security context that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-security-context",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a security context that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-security-context.md"),
    check: Check::Refused { family: Family::SecurityContext, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
