//! URLs in a ClusterRole that only RoleBindings hand out, which do not reach them.

use crate::diagnostic::{Category, Severity};
use crate::lint::references::is_settled;
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::query::WhyIdle;
use crate::rbac::{BindingId, RoleKind};

pub(super) static RULE: Rule = Rule {
    id: "role-url-out-of-reach",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "URLs in a ClusterRole that is bound only by RoleBindings, which do not reach URLs",
    page: include_str!("../../../rules/role-url-out-of-reach.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let urls: Vec<_> = rules(role).filter_map(|rule| rule.urls().next()).collect();
    if urls.is_empty() || !is_settled(role.access, role.object) {
        return;
    }
    let Some(binding) = only_in_namespaces(role) else { return };
    for url in urls {
        let draft = sink.report(url.place, WhyIdle::UrlInNamespace.message());
        let draft = draft.help("bind the ClusterRole with a ClusterRoleBinding, too, or remove the URLs");
        if let Some(object) = role.access.binding_object(binding) {
            draft.related(object.span, "this is how the role is bound");
        }
    }
}

/// The first binding of a role that only RoleBindings hand out; `None` where it may come to somebody in another way.
fn only_in_namespaces(role: &InSet<'_, RoleFacts>) -> Option<BindingId> {
    let (policy, own) = (role.access.policy(), &role.facts.role);
    if own.namespace.is_some() || policy.roles().any(|(_, other)| other.takes_in(own)) {
        return None;
    }
    let hands_out = policy
        .all_bindings()
        .filter(|(_, binding)| binding.role.kind == RoleKind::ClusterRole && binding.role.name == own.name);
    let bindings: Vec<_> = hands_out.collect();
    let all = bindings.iter().all(|(_, binding)| binding.namespace.is_some());
    bindings.first().filter(|_| all).map(|(id, _)| *id)
}
