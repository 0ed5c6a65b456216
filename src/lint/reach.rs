//! How far roles reach: what a namespace holds back, and through which bindings they are handed out.

use super::InSet;
use super::aggregation_labels::{PREFIX, TAKERS};
use super::references::is_settled;
use super::role_rules::{Entry, WrittenRule};
use crate::manifest::RoleFacts;
use crate::query::{WhyIdle, why_idle};
use crate::rbac::{ALL, BindingId, Role};

/// What is asked of a resource of the cluster in a namespace: a request for one namespace is made in it, a RoleBinding may
/// be made in its namespace where `bind` is allowed there on the ClusterRole that it hands out, and the namespace of a pod
/// is where its policy may be used.
const REACHED: [(&str, &[&str]); 4] = [
    ("namespaces", &["get", "update", "patch", "delete"]),
    ("clusterroles", &["bind"]),
    ("podsecuritypolicies", &["use"]),
    ("securitycontextconstraints", &["use"]),
];

/// Whether an entry of `resources` is about what is in no namespace, so that nothing is granted in one.
pub(super) fn is_beyond_namespaces(rule: &WrittenRule<'_>, groups: &[&str], entry: Entry<'_>) -> bool {
    let (plural, _) = entry.resource();
    let has_it = |group: &&&str| rule.catalog.find(group, plural).is_some();
    let mut having = groups.iter().filter(has_it).peekable();
    let is_there = having.peek().is_some();
    // One namespace is as good as another.
    let of_cluster =
        having.all(|group| why_idle(rule.catalog, group, entry.text, Some("")) == Some(WhyIdle::OfCluster));
    let is_verb_of = |verbs: &[&str]| rule.rule.verbs.iter().any(|verb| verb == ALL || verbs.contains(&verb.as_str()));
    let is_reached = REACHED.iter().any(|(reached, verbs)| *reached == plural && is_verb_of(verbs));
    is_there && of_cluster && !is_reached
}

/// The first binding of a ClusterRole that only RoleBindings hand out; `None` where nobody does, and where it may come to
/// somebody in another way.
pub(super) fn only_in_namespaces(role: &InSet<'_, RoleFacts>) -> Option<BindingId> {
    let own = &role.facts.role;
    if own.namespace.is_some() || !is_settled(role.access, role.object) {
        return None;
    }
    let (uses, policy) = (role.index.uses(), role.access.policy());
    let is_read = |taker: &str| !role.index.objects(("ClusterRole", None, taker)).is_empty();
    // Who takes in the role and is bound nowhere here is bound elsewhere.
    let is_bound_here =
        |taker: &str| is_read(taker) && !TAKERS.contains(&taker) && uses.of((None, taker)).next().is_some();
    if is_meant_for_every_cluster(own) || !uses.takers(own.key()).all(is_bound_here) {
        return None;
    }
    let mut uses = uses.of(own.key());
    let first = uses.next()?;
    let is_in_namespace = |binding| policy.binding(binding).is_some_and(|binding| binding.namespace.is_some());
    let all = is_in_namespace(first.binding) && uses.all(|other| is_in_namespace(other.binding));
    all.then_some(first.binding)
}

/// Whether a label asks for a place in a role that every cluster has, whether that is known here or not.
fn is_meant_for_every_cluster(role: &Role) -> bool {
    let targets = role.labels.iter().filter_map(|(key, _)| key.strip_prefix(PREFIX));
    { targets }.any(|target| TAKERS.contains(&target))
}
