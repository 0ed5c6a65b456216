//! Roles by which their holders can get a certificate of another.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-approves-certificates",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can get a certificate of another",
    page: include_str!("../../../rules/role-approves-certificates.md"),
    check: Check::Risk(&Risk {
        power: &power::CERTIFICATES,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "name in `resourceNames` the signers that it is for",
    }),
};
