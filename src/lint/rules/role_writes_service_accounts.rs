//! Roles by which their holders can change ServiceAccounts.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-writes-service-accounts",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Audit,
    summary: "a role by which its holder can change ServiceAccounts",
    page: include_str!("../../../rules/role-writes-service-accounts.md"),
    check: Check::Risk(&Risk {
        power: &power::SERVICE_ACCOUNTS,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "name in `resourceNames` the ServiceAccounts that are its own",
    }),
};
