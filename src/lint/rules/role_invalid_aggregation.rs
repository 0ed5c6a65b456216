//! An aggregationRule that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "role-invalid-aggregation",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "an aggregationRule that the API server refuses",
    page: include_str!("../../../rules/role-invalid-aggregation.md"),
    check: Check::Refused { family: Family::Aggregation, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
