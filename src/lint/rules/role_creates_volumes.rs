//! Roles by which their holders can mount any directory of a node.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Risk, Rule};
use crate::query::power;

pub(super) static RULE: Rule = Rule {
    id: "role-creates-volumes",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a role by which its holder can mount any directory of a node",
    page: include_str!("../../../rules/role-creates-volumes.md"),
    check: Check::Risk(&Risk {
        power: &power::VOLUMES,
        unbound: Profile::Audit,
        binding_narrows: false,
        help: "leave volumes to a provisioner: a StorageClass and a claim are enough",
    }),
};
