//! What a binding hands out, and what of it Kubernetes hands out itself.

use super::InSet;
use super::gist::Gist;
use crate::catalog::DefaultPolicy;
use crate::manifest::BindingFacts;
use crate::query::Who;
use crate::rbac::{Binding, Role, RoleKind, Rule, Subject};
use crate::source::Span;
use crate::yaml::excerpt;

/// The rules of the role that a binding hands out, those of all its definitions; `None` where the role was not read.
pub(super) fn rules<'a>(binding: &InSet<'a, BindingFacts>) -> Option<Vec<&'a Rule>> {
    let key = binding.facts.binding.role_key()?;
    let policy = binding.access.policy();
    let roles = binding.index.handed_out(key);
    let rules = roles.iter().flat_map(|role| policy.rules_of(*role)).map(|rule| rule.rule);
    (!roles.is_empty()).then(|| rules.collect())
}

/// What the rules that a binding hands out come to.
pub(super) fn gist<'a>(binding: &InSet<'a, BindingFacts>, rules: &[&'a Rule]) -> Gist<'a> {
    Gist::new(rules, binding.access.catalog(), binding.facts.binding.namespace.as_deref())
}

/// The subjects of a binding with their places, but those to whom Kubernetes itself gives the role by a binding of this
/// name: the binding is one that it makes, as it stands in a cluster.
pub(super) fn subjects<'a>(binding: &InSet<'a, BindingFacts>) -> impl Iterator<Item = (&'a Subject, Span)> {
    let it = &binding.facts.binding;
    let default = binding.index.default_binding(it.key()).filter(|default| default.role == it.role);
    let is_by_default = move |subject: &Subject| default.is_some_and(|default| default.subjects.contains(subject));
    let subjects = it.subjects.iter().zip(binding.facts.subjects.iter().copied());
    subjects.filter(move |(subject, _)| !is_by_default(subject))
}

/// Whether a binding names this ClusterRole.
pub(super) fn is_of_cluster_role(binding: &Binding, name: &str) -> bool {
    binding.role.kind == RoleKind::ClusterRole && binding.role.name == name
}

/// The role of a binding, for a message.
pub(super) fn role_shown(binding: &Binding) -> String {
    format!("{} `{}`", binding.role.kind.name(), excerpt(&binding.role.name))
}

/// A subject of a binding for a message; `None` where it is nobody.
pub(super) fn subject_shown(subject: &Subject, binding: &Binding) -> Option<String> {
    Who::of_binding(subject, binding.namespace.as_deref()).map(|who| who_shown(&who))
}

/// Somebody for a message.
pub(super) fn who_shown(who: &Who) -> String {
    match who {
        Who::ServiceAccount { namespace, name } => {
            format!("ServiceAccount `{}/{}`", excerpt(namespace), excerpt(name))
        }
        Who::User(name) => format!("User `{}`", excerpt(name)),
        Who::Group(name) => format!("Group `{}`", excerpt(name)),
    }
}

/// Whether a rule says no more than rules that do no harm.
pub(super) fn is_within(rule: &Rule, harmless: &[&Rule]) -> bool {
    let has_verbs = |other: &Rule| rule.verbs.iter().all(|verb| other.has_verb(verb));
    let has_names = |other: &Rule| {
        let named = !rule.resource_names.is_empty() && rule.resource_names.iter().all(|name| other.has_name(name));
        other.resource_names.is_empty() || named
    };
    let has_resource = |other: &Rule, entry: &str| {
        let (resource, subresource) = entry.split_once('/').unwrap_or((entry, ""));
        other.has_resource(resource, subresource)
    };
    let has_resources = |other: &Rule| {
        has_verbs(other)
            && has_names(other)
            && rule.api_groups.iter().all(|group| other.has_group(group))
            && rule.resources.iter().all(|resource| has_resource(other, resource))
    };
    let has_url = |url: &String| harmless.iter().any(|other| has_verbs(other) && other.has_url(url));
    let is_about_resources = !rule.api_groups.is_empty() && !rule.resources.is_empty();
    rule.non_resource_urls.iter().all(has_url)
        && (!is_about_resources || harmless.iter().any(|other| has_resources(other)))
}

/// The rules of some ClusterRoles of the default policy.
pub(super) fn default_rules<'p>(policy: &'p DefaultPolicy, roles: &[&str]) -> Vec<&'p Rule> {
    let named = policy.roles.iter().filter(|role| role.namespace.is_none() && roles.contains(&role.name.as_str()));
    named.flat_map(Role::rules).collect()
}
