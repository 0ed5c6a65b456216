//! Roles by which their holders can decide where pods run.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-writes-nodes",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Pedantic,
    summary: "a role by which its holder can decide where pods run",
    page: include_str!("../../../rules/role-writes-nodes.md"),
    check: Check::Risk(&Risk {
        power: &power::NODES,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "leave nodes to what adds, drains or removes them; to drain them, `patch` on `nodes` is enough",
    }),
};
