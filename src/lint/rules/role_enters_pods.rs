//! Roles by which their holders can run code in every pod.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-enters-pods",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can run code in every pod",
    page: include_str!("../../../rules/role-enters-pods.md"),
    check: Check::Risk(&Risk {
        power: &power::ENTER_PODS,
        unbound: Profile::Audit,
        binding_narrows: true,
        help: "bind it in the namespaces that need it, by RoleBindings",
    }),
};
