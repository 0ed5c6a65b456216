//! An owner reference does not say whom it means.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-owner-reference",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "an owner reference does not say whom it means",
    page: include_str!("../../../rules/object-invalid-owner-reference.md"),
    check: Check::Refused { family: Family::OwnerReference, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
