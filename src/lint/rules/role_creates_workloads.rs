//! Roles by which their holders can run pods as any ServiceAccount.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-creates-workloads",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can run pods as any ServiceAccount",
    page: include_str!("../../../rules/role-creates-workloads.md"),
    check: Check::Risk(&Risk {
        power: &power::CREATE_WORKLOADS,
        unbound: Profile::Audit,
        binding_narrows: true,
        help: "bind it in the namespaces that are its own, by RoleBindings",
    }),
};
