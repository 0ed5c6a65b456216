//! A volume that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-volume",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a volume that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-volume.md"),
    check: Check::Refused { family: Family::Volume, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
