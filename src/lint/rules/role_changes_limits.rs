//! Roles by which their holders can change how much others may run.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-changes-limits",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Audit,
    summary: "a role by which its holder can change how much others may run",
    page: include_str!("../../../rules/role-changes-limits.md"),
    check: Check::Risk(&Risk {
        power: &power::LIMITS,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "leave quotas and priorities to those who set up the cluster",
    }),
};
