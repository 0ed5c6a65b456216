//! The key or value of a label is one that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-label",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "the key or value of a label is one that the API server refuses",
    page: include_str!("../../../rules/object-invalid-label.md"),
    check: Check::Refused { family: Family::Label, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
