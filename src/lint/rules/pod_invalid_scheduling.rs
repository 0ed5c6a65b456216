//! Node selectors, affinity, tolerations or spread that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-scheduling",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "node selectors, affinity, tolerations or spread that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-scheduling.md"),
    check: Check::Refused { family: Family::Scheduling, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
