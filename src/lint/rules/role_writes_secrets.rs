//! Roles by which their holders can have a Secret filled with a token of any ServiceAccount.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-writes-secrets",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can have a Secret filled with a token of any ServiceAccount",
    page: include_str!("../../../rules/role-writes-secrets.md"),
    check: Check::Risk(&Risk {
        power: &power::WRITE_SECRETS,
        unbound: Profile::Audit,
        binding_narrows: true,
        help: "bind it in the namespaces that need it, by RoleBindings",
    }),
};
