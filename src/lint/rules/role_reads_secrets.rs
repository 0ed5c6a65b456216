//! Roles by which their holders can read every Secret.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-reads-secrets",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can read every Secret",
    page: include_str!("../../../rules/role-reads-secrets.md"),
    check: Check::Risk(&Risk {
        power: &power::READ_SECRETS,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "name in `resourceNames` the Secrets that it needs to `get`, in a Role of their namespace",
    }),
};
