//! Resources of the cluster in a ClusterRole that only RoleBindings hand out, which do not reach them.

use crate::diagnostic::{Category, Severity};
use crate::lint::reach::{is_beyond_namespaces, only_in_namespaces};
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-cluster-resource-through-role-binding",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a resource of the whole cluster in a ClusterRole that is bound only by RoleBindings, which do not reach it",
    page: include_str!("../../../rules/role-cluster-resource-through-role-binding.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let beyond: Vec<_> = rules(role)
        .filter_map(|rule| Some((rule, rule.known_groups()?)))
        .flat_map(|(rule, groups)| rule.resources().filter(move |entry| is_beyond_namespaces(&rule, &groups, *entry)))
        .collect();
    let Some(binding) = (if beyond.is_empty() { None } else { only_in_namespaces(role) }) else { return };
    for entry in beyond {
        let (plural, _) = entry.resource();
        let message = format!(
            "`{plural}` are in no namespace: the RoleBindings, by which alone this role is bound, do not reach them"
        );
        let draft = sink.report(entry.place, message);
        let draft = draft.help("bind a ClusterRole with them by a ClusterRoleBinding, or remove them");
        if let Some(object) = role.access.binding_object(binding) {
            draft.related(object.span, "this is how the role is bound");
        }
    }
}
