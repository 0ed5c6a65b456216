//! A binding's subject that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "subject-invalid",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a binding's subject that the API server refuses",
    page: include_str!("../../../rules/subject-invalid.md"),
    check: Check::Refused { family: Family::Subject, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
