//! The name, generateName or namespace of an object is one that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-name",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "the name, generateName or namespace of an object is one that the API server refuses",
    page: include_str!("../../../rules/object-invalid-name.md"),
    check: Check::Refused { family: Family::ObjectName, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
