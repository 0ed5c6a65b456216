//! Resources of the cluster in a Role, which reaches only into its namespace.

use crate::diagnostic::{Category, Severity};
use crate::lint::reach::is_beyond_namespaces;
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-cluster-resource-in-namespace",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a resource of the whole cluster in a Role, which cannot reach it",
    page: include_str!("../../../rules/role-cluster-resource-in-namespace.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    if role.facts.role.namespace.is_none() {
        return;
    }
    for rule in rules(role) {
        let Some(groups) = rule.known_groups() else { continue };
        for entry in rule.resources().filter(|entry| is_beyond_namespaces(&rule, &groups, *entry)) {
            let (plural, _) = entry.resource();
            sink.report(entry.place, format!("a Role does not reach `{plural}`: they are in no namespace"))
                .help("move it to a ClusterRole, and bind that with a ClusterRoleBinding");
        }
    }
}
