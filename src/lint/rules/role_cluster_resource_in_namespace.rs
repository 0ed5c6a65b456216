//! Resources of the cluster in a Role, which reaches only into its namespace.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::query::{WhyIdle, why_idle};
use crate::rbac::ALL;

pub(super) static RULE: Rule = Rule {
    id: "role-cluster-resource-in-namespace",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a resource of the whole cluster in a Role, which cannot reach it",
    page: include_str!("../../../rules/role-cluster-resource-in-namespace.md"),
    check: Check::Role(check),
};

/// What is asked of a resource of the cluster in a namespace: a request for one namespace is made in it, and a RoleBinding
/// may be made in its namespace where `bind` is allowed there on the ClusterRole that it hands out.
const REACHED: [(&str, &[&str]); 2] =
    [("namespaces", &["get", "update", "patch", "delete"]), ("clusterroles", &["bind"])];

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let Some(namespace) = &role.facts.role.namespace else { return };
    for rule in rules(role) {
        let Some(groups) = rule.known_groups() else { continue };
        for entry in rule.resources().filter(|entry| is_out_of_reach(&rule, &groups, *entry, namespace)) {
            let (plural, _) = entry.resource();
            sink.report(entry.place, format!("a Role does not reach `{plural}`: they are in no namespace"))
                .help("move it to a ClusterRole, and bind that with a ClusterRoleBinding");
        }
    }
}

fn is_out_of_reach(rule: &WrittenRule<'_>, groups: &[&str], entry: Entry<'_>, namespace: &str) -> bool {
    let (plural, _) = entry.resource();
    let has_it = |group: &&&str| rule.catalog.find(group, plural).is_some();
    let mut having = groups.iter().filter(has_it).peekable();
    let is_there = having.peek().is_some();
    let of_cluster =
        having.all(|group| why_idle(rule.catalog, group, entry.text, Some(namespace)) == Some(WhyIdle::OfCluster));
    let is_verb_of = |verbs: &[&str]| rule.rule.verbs.iter().any(|verb| verb == ALL || verbs.contains(&verb.as_str()));
    let is_reached = REACHED.iter().any(|(reached, verbs)| *reached == plural && is_verb_of(verbs));
    is_there && of_cluster && !is_reached
}
