//! Roles by which their holders can get a token of any ServiceAccount.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-issues-tokens",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can get a token of any ServiceAccount",
    page: include_str!("../../../rules/role-issues-tokens.md"),
    check: Check::Risk(&Risk {
        power: &power::TOKENS,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "name in `resourceNames` the ServiceAccounts whose tokens it needs",
    }),
};
