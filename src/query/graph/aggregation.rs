//! Which ClusterRoles take in which others.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::graph::{EdgeKind, Identity, State};
use crate::rbac::Role;

/// For each ClusterRole that takes in others, which ones.
type Takes<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Adds what the roles of the graph take in, and who takes in those of the read set.
///
/// Kubernetes' own roles are made of others of its own, which say nothing to a reader: of what a built-in role takes in,
/// only the ways to roles of the read set are drawn, and all of it for a role that the question is about.
pub(super) fn add(draft: &mut Draft<'_>) {
    let takes = takes(draft);
    let own: BTreeSet<&str> = own_roles(draft);
    let asked = draft.role.clone();
    let asked = match &asked {
        Some(Identity::Role { namespace: None, name }) => Some(name.as_str()),
        _ => None,
    };
    let telling = leading_to(&takes, own.iter().copied().chain(asked).collect());
    let unfolded = asked.map(|role| reached(&takes, role)).unwrap_or_default();
    let drawn: BTreeSet<String> = draft.graph.nodes().filter_map(cluster_role).collect();
    let takers = takes.iter().filter(|(_, taken_in)| !taken_in.is_disjoint(&own)).map(|(&taker, _)| taker);
    let mut waiting: BTreeSet<&str> = takers.chain(asked).collect();
    waiting.extend(takes.keys().filter(|&&role| drawn.contains(role)));
    let mut done = BTreeSet::new();
    while let Some(role) = waiting.pop_first() {
        done.insert(role);
        for &taken_in in takes.get(role).into_iter().flatten() {
            if own.contains(role) || unfolded.contains(role) || telling.contains(taken_in) {
                connect(draft, role, taken_in);
                waiting.extend(Some(taken_in).filter(|role| !done.contains(role)));
            }
        }
    }
}

fn connect(draft: &mut Draft<'_>, role: &str, taken_in: &str) {
    let [role, taken_in] = [role, taken_in].map(Identity::cluster_role);
    for end in [&role, &taken_in] {
        // Those of the read set are known better already.
        draft.graph.add(end.clone(), State::BuiltIn);
    }
    draft.graph.connect(role, EdgeKind::Aggregates, taken_in);
}

fn cluster_role(node: &crate::graph::Node) -> Option<String> {
    match &node.identity {
        Identity::Role { namespace: None, name } => Some(name.clone()),
        _ => None,
    }
}

fn takes<'a>(draft: &Draft<'a>) -> Takes<'a> {
    let cluster_roles = || draft.access.policy().roles().map(|(_, role)| role).filter(|role| role.namespace.is_none());
    let taken_in_by =
        |taker: &'a Role| cluster_roles().filter(|other| taker.takes_in(other)).map(|role| role.name.as_str());
    let mut takes = Takes::new();
    for taker in cluster_roles().filter(|role| role.aggregation.is_some()) {
        takes.entry(&taker.name).or_default().extend(taken_in_by(taker));
    }
    takes
}

/// The ClusterRoles of the read set.
fn own_roles<'a>(draft: &Draft<'a>) -> BTreeSet<&'a str> {
    let access = draft.access;
    let roles =
        access.policy().roles().filter(|(id, role)| role.namespace.is_none() && access.role_object(*id).is_some());
    roles.map(|(_, role)| role.name.as_str()).collect()
}

/// These roles, and all that take in any of them, by way of others or not.
fn leading_to<'a>(takes: &Takes<'a>, mut found: BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    loop {
        let takers = takes.iter().filter(|(taker, taken_in)| !found.contains(*taker) && !taken_in.is_disjoint(&found));
        let more: Vec<_> = takers.map(|(&taker, _)| taker).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// A role, and all that it takes in, by way of others or not.
fn reached<'a>(takes: &Takes<'a>, role: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::from([role]);
    let mut waiting = vec![role];
    while let Some(role) = waiting.pop() {
        waiting.extend(takes.get(role).into_iter().flatten().copied().filter(|&next| reached.insert(next)));
    }
    reached
}
