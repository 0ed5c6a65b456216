//! A binding's roleRef that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "binding-invalid-role-ref",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a binding's roleRef that the API server refuses",
    page: include_str!("../../../rules/binding-invalid-role-ref.md"),
    check: Check::Refused { family: Family::RoleRef, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
