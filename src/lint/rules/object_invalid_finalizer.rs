//! A finalizer is neither a standard one nor has a domain before its name.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-finalizer",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a finalizer is neither a standard one nor has a domain before its name",
    page: include_str!("../../../rules/object-invalid-finalizer.md"),
    check: Check::Refused { family: Family::Finalizer, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
