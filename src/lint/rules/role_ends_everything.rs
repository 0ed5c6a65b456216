//! Roles by which their holders can end everything that runs.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-ends-everything",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Audit,
    summary: "a role by which its holder can end everything that runs",
    page: include_str!("../../../rules/role-ends-everything.md"),
    check: Check::Risk(&Risk {
        power: &power::DISRUPT,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "leave out `deletecollection`, and name in `resourceNames` what it may `delete`",
    }),
};
