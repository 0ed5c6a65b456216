//! Roles that allow everything.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-grants-everything",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role that allows everything",
    page: include_str!("../../../rules/role-grants-everything.md"),
    check: Check::Risk(&Risk {
        power: &power::EVERYTHING,
        unbound: Profile::Default,
        binding_narrows: false,
        help: "write down what is needed: `rolecall permissions` and an audit log tell what is used",
    }),
};
