//! Roles by which their holders can act as another.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-impersonates",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can act as another",
    page: include_str!("../../../rules/role-impersonates.md"),
    check: Check::Risk(&Risk {
        power: &power::IMPERSONATE,
        unbound: Profile::Default,
        binding_narrows: false,
        help: "name in `resourceNames` the users or groups that it may act as",
    }),
};
