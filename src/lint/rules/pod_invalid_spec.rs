//! A field of a pod's spec that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-spec",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a field of a pod's spec that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-spec.md"),
    check: Check::Refused { family: Family::PodSpec, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
