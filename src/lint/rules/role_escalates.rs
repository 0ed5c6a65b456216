//! Roles by which their holders can write any right into a role.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-escalates",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can write any right into a role",
    page: include_str!("../../../rules/role-escalates.md"),
    check: Check::Risk(&Risk {
        power: &power::ESCALATE,
        unbound: Profile::Default,
        binding_narrows: false,
        help: "drop `escalate`: without it, who writes roles can only write into them what they have themselves",
    }),
};
