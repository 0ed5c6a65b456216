//! Roles by which their holders can change what the cluster goes by.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-writes-cluster-settings",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can change what the cluster goes by",
    page: include_str!("../../../rules/role-writes-cluster-settings.md"),
    check: Check::Risk(&Risk {
        power: &power::CLUSTER_SETTINGS,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "keep settings in a namespace of their own",
    }),
};
