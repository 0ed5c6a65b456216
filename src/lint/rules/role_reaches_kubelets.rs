//! Roles by which their holders can run code in every pod of a node.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-reaches-kubelets",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can run code in every pod of a node",
    page: include_str!("../../../rules/role-reaches-kubelets.md"),
    check: Check::Risk(&Risk {
        power: &power::KUBELET,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "for metrics, `get` on `nodes/metrics` and `nodes/stats` is enough",
    }),
};
