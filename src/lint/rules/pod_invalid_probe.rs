//! A probe or lifecycle hook that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-probe",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a probe or lifecycle hook that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-probe.md"),
    check: Check::Refused { family: Family::Probe, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
