//! Roles by which their holders can delete Events.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-deletes-events",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Audit,
    summary: "a role by which its holder can delete Events",
    page: include_str!("../../../rules/role-deletes-events.md"),
    check: Check::Risk(&Risk {
        power: &power::TRACKS,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "Events go by themselves after an hour",
    }),
};
