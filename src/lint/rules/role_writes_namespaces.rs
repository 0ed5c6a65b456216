//! Roles by which their holders can take Pod Security off a namespace.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-writes-namespaces",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can take Pod Security off a namespace",
    page: include_str!("../../../rules/role-writes-namespaces.md"),
    check: Check::Risk(&Risk {
        power: &power::NAMESPACES,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "leave the labels of namespaces to those who set up the cluster",
    }),
};
