//! ManagedBy is no name with a domain before it.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-managed-by",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "managedBy is no name with a domain before it",
    page: include_str!("../../../rules/job-invalid-managed-by.md"),
    check: Check::Refused { family: Family::ManagedBy, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
