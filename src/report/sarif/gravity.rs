//! How much harm a risk can do: code scanning sorts by it.

use crate::diagnostic::Category;
use crate::lint::Rule;

/// How much harm a risk can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// It helps, or hides, somebody who does harm otherwise.
    Low,
    /// It harms what is not the holder's, or leads further only with luck.
    Medium,
    /// It leads to the secrets and rights of others.
    High,
    /// It is the whole cluster, or one step away from it.
    Critical,
}

/// The risks that are the whole cluster.
const CRITICAL: [&str; 12] = [
    "binding-to-cluster-admin",
    "role-approves-certificates",
    "role-binds-any-role",
    "role-escalates",
    "role-grants-everything",
    "role-impersonates",
    "role-issues-tokens",
    "role-reaches-kubelets",
    "role-reads-secrets",
    "role-writes-admission",
    "subject-anonymous",
    "subject-masters",
];

const HIGH: [&str; 16] = [
    "binding-admin-everywhere",
    "binding-of-component-role",
    "role-aggregates-everything",
    "role-commands-operators",
    "role-creates-volumes",
    "role-creates-workloads",
    "role-enters-pods",
    "role-overrides-built-in",
    "role-uses-privileged-scc",
    "role-widens-default-role",
    "role-writes-apis",
    "role-writes-cluster-settings",
    "role-writes-namespaces",
    "role-writes-nodes",
    "role-writes-secrets",
    "subject-everybody",
];

const LOW: [&str; 3] = ["role-changes-limits", "role-deletes-events", "role-system-name"];

impl Gravity {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// That of a rule about risks; `None` for every other rule.
    pub fn of(rule: &Rule) -> Option<Self> {
        let named = |names: &[&str]| names.contains(&rule.id);
        match rule.category {
            Category::Risk if named(&CRITICAL) => Some(Self::Critical),
            Category::Risk if named(&HIGH) => Some(Self::High),
            Category::Risk if named(&LOW) => Some(Self::Low),
            Category::Risk => Some(Self::Medium),
            _ => None,
        }
    }

    /// The score for it, from 0.0 to 10.0, as GitHub reads it: critical above 9.0, high from 7.0 on, medium from 4.0 on.
    pub fn score(self) -> &'static str {
        match self {
            Self::Critical => "9.5",
            Self::High => "8.0",
            Self::Medium => "5.5",
            Self::Low => "3.0",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;

    #[test]
    fn every_name_is_that_of_a_risk() {
        for id in CRITICAL.iter().chain(&HIGH).chain(&LOW) {
            let rule = lint::rule(id).unwrap_or_else(|| panic!("there is no rule `{id}`"));
            assert_eq!(rule.category, Category::Risk, "{id}");
        }
    }
}
