//! The labels by which ClusterRoles are taken in by others.

use std::collections::{BTreeMap, BTreeSet};

use crate::manifest::RoleFacts;
use crate::query::Access;
use crate::rbac::Operator;

/// How the keys of the labels begin by which the roles of every cluster take in others.
pub(super) const PREFIX: &str = "rbac.authorization.k8s.io/aggregate-to-";

/// The roles of every cluster that take in others, those that may do less first.
pub(super) const TAKERS: [&str; 3] = ["view", "edit", "admin"];

/// What selectors look at, by the key of the label.
#[derive(Debug, Default)]
pub(super) struct SelectedLabels<'a> {
    keys: BTreeMap<&'a str, Selected<'a>>,
}

/// What selectors want the value of a label to be.
#[derive(Debug, Default)]
struct Selected<'a> {
    values: BTreeSet<&'a str>,
    /// Whether some selector takes other values, too.
    others: bool,
}

impl<'a> SelectedLabels<'a> {
    /// Looks through the aggregationRules of all ClusterRoles once.
    pub(super) fn new(access: &'a Access) -> Self {
        let mut keys: BTreeMap<&str, Selected<'_>> = BTreeMap::new();
        let selectors = access.policy().roles().flat_map(|(_, role)| role.aggregation.iter().flatten());
        for requirement in selectors.flat_map(|selector| &selector.requirements) {
            let selected = keys.entry(&requirement.key).or_default();
            match requirement.operator {
                Operator::In => selected.values.extend(requirement.values.iter().map(String::as_str)),
                _ => selected.others = true,
            }
        }
        Self { keys }
    }

    /// Whether a selector looks at labels with this key.
    pub(super) fn have(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Whether a selector may select a label with this value.
    pub(super) fn take(&self, key: &str, value: &str) -> bool {
        self.keys.get(key).is_some_and(|selected| selected.others || selected.values.contains(value))
    }
}

/// Whether a role has a label by which some ClusterRole may take it in that was not read: of whatever key, they say
/// `true`.
pub(super) fn may_be_taken_in(role: &RoleFacts) -> bool {
    let is_marked = || role.role.namespace.is_none() && role.role.labels.iter().any(|(_, value)| value == "true");
    !role.aggregation_labels.is_empty() || is_marked()
}
