//! Roles by which their holders can send the traffic of Services elsewhere.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-redirects-traffic",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Pedantic,
    summary: "a role by which its holder can send the traffic of Services elsewhere",
    page: include_str!("../../../rules/role-redirects-traffic.md"),
    check: Check::Risk(&Risk {
        power: &power::TRAFFIC,
        unbound: Profile::Audit,
        binding_narrows: true,
        help: "bind it in the namespaces that are its own, by RoleBindings",
    }),
};
