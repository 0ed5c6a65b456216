//! Roles by which their holders can have an operator act for it.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-commands-operators",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Audit,
    summary: "a role by which its holder can have an operator act for it",
    page: include_str!("../../../rules/role-commands-operators.md"),
    check: Check::Risk(&Risk {
        power: &power::OPERATORS,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "bind it only where the operator acts with the rights of who asks",
    }),
};
