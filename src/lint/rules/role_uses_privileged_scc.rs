//! Roles by which their holders can run privileged pods on `OpenShift`.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-uses-privileged-scc",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Pedantic,
    summary: "a role by which its holder can run privileged pods on OpenShift",
    page: include_str!("../../../rules/role-uses-privileged-scc.md"),
    check: Check::Risk(&Risk {
        power: &power::PRIVILEGED_SCC,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "name the least of the SecurityContextConstraints that is enough",
    }),
};
