//! A rule of a role that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "role-invalid-rule",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a rule of a role that the API server refuses",
    page: include_str!("../../../rules/role-invalid-rule.md"),
    check: Check::Refused { family: Family::RoleRule, help },
};

fn help(_: &Error) -> Option<String> {
    None
}
