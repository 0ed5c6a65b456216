//! Roles by which their holders can bind itself to any role.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-binds-any-role",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can bind itself to any role",
    page: include_str!("../../../rules/role-binds-any-role.md"),
    check: Check::Risk(&Risk {
        power: &power::BIND,
        unbound: Profile::Pedantic,
        binding_narrows: false,
        help: "name in `resourceNames` the roles that may be bound",
    }),
};
