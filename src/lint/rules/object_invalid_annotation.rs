//! The key of an annotation is one that the API server refuses, or all annotations together are too large.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-annotation",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "the key of an annotation is one that the API server refuses, or all annotations together are too large",
    page: include_str!("../../../rules/object-invalid-annotation.md"),
    check: Check::Refused { family: Family::Annotation, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
