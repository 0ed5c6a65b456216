//! Roles by which their holders can reach every port of every pod.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-reaches-ports",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Pedantic,
    summary: "a role by which its holder can reach every port of every pod",
    page: include_str!("../../../rules/role-reaches-ports.md"),
    check: Check::Risk(&Risk {
        power: &power::PORTS,
        unbound: Profile::Audit,
        binding_narrows: true,
        help: "bind it in the namespaces that need it, by RoleBindings",
    }),
};
