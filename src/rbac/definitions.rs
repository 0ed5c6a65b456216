//! Several definitions of one object: which of them say the same, and which do not.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use smallvec::SmallVec;

use super::{Binding, Key, Role, Rule, Subject};

/// The definitions of one object, as positions in the list that they come from.
#[derive(Clone, Debug, Default)]
pub(super) struct Definitions {
    /// One of each meaning, in the order of the list; several where definitions differ.
    pub(super) distinct: SmallVec<[usize; 2]>,
}

impl Definitions {
    /// Whether there are definitions that do not say the same, so that nobody can tell which one holds.
    pub(super) fn differ(&self) -> bool {
        self.distinct.len() > 1
    }
}

/// Sorts definitions by the object that they define. Two that mean the same count as one.
pub(super) fn by_key<'a, T, M: Eq + Hash>(
    definitions: &'a [Arc<T>],
    key: impl Fn(&'a T) -> Key<'a>,
    meaning: impl Fn(&'a T) -> M,
) -> BTreeMap<Key<'a>, Definitions> {
    let mut by_key: BTreeMap<Key<'a>, Definitions> = BTreeMap::new();
    for (position, definition) in definitions.iter().enumerate() {
        by_key.entry(key(definition)).or_default().distinct.push(position);
    }
    // Nearly all objects have one definition, of which nobody has to know what it means.
    for Definitions { distinct } in by_key.values_mut().filter(|definitions| definitions.differ()) {
        let mut known = HashSet::new();
        distinct.retain(|&mut position| definitions.get(position).is_some_and(|it| known.insert(meaning(it))));
    }
    by_key
}

/// What a role means, whatever the order in which it says it. Of its labels, only those matter by which another role
/// might take it in.
pub(super) fn meaning_of_role<'a>(role: &'a Role, watched_labels: &BTreeSet<&str>) -> impl Eq + Hash + use<'a> {
    let mut rules: Vec<_> = role.rules().map(Rule::in_order).collect();
    rules.sort();
    rules.dedup();
    let watched = role.labels.iter().filter(|(key, _)| watched_labels.contains(key.as_str()));
    let labels: BTreeMap<_, _> = watched.map(|(key, value)| (key.as_str(), value.as_str())).collect();
    (rules, role.aggregation.as_ref(), labels)
}

/// The labels that the selectors of some role look at.
pub(super) fn watched_labels(roles: &[Arc<Role>]) -> BTreeSet<&str> {
    let selectors = roles.iter().flat_map(|role| role.aggregation.iter().flatten());
    selectors.flat_map(|selector| &selector.requirements).map(|requirement| requirement.key.as_str()).collect()
}

/// What a binding means, whatever the order in which it says it.
pub(super) fn meaning_of_binding(binding: &Binding) -> impl Eq + Hash + use<> {
    let own_namespace = |subject: &Subject| match subject {
        Subject::ServiceAccount { namespace: None, name } => {
            Subject::ServiceAccount { namespace: binding.namespace.clone(), name: name.clone() }
        }
        other => other.clone(),
    };
    let mut subjects: Vec<_> = binding.subjects.iter().map(own_namespace).collect();
    subjects.sort();
    subjects.dedup();
    (binding.role.clone(), subjects)
}

/// The lists of a rule, each in order and without repetitions: what is the same then means the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InOrder<'r> {
    /// Its `verbs`.
    pub verbs: Vec<&'r str>,
    /// Its `apiGroups`.
    pub api_groups: Vec<&'r str>,
    /// Its `resources`.
    pub resources: Vec<&'r str>,
    /// Its `resourceNames`.
    pub resource_names: Vec<&'r str>,
    /// Its `nonResourceURLs`.
    pub non_resource_urls: Vec<&'r str>,
}

impl Rule {
    /// The lists of the rule, each in order.
    pub fn in_order(&self) -> InOrder<'_> {
        InOrder {
            verbs: in_order(&self.verbs),
            api_groups: in_order(&self.api_groups),
            resources: in_order(&self.resources),
            resource_names: in_order(&self.resource_names),
            non_resource_urls: in_order(&self.non_resource_urls),
        }
    }
}

fn in_order(list: &[String]) -> Vec<&str> {
    let mut list: Vec<_> = list.iter().map(String::as_str).collect();
    list.sort_unstable();
    list.dedup();
    list
}
