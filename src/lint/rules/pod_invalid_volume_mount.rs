//! A mount without a volume, or one that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-volume-mount",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a mount without a volume, or one that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-volume-mount.md"),
    check: Check::Refused { family: Family::VolumeMount, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
