//! What a binding lacks of a request: it names somebody else, counts elsewhere, or hands out what is not there.

use super::super::access::Access;
use super::super::{lookalike, unsaid};
use super::role_names::RoleNames;
use super::rule::rule_gaps;
use super::{Dimension, Gap, Miss};
use crate::catalog::Catalog;
use crate::rbac::{Action, Binding, BindingId, Request, ResourceAction, RoleId, RoleKind, RoleRule, Rule, RulePlace};

/// A binding that names whoever asks, or somebody who looks like them.
pub(super) struct Near {
    binding: BindingId,
    subject: usize,
    /// What is missing already, whatever the role says.
    gaps: Vec<Gap>,
}

impl Near {
    /// A binding that is near; whether the ServiceAccount that asks says no namespace is known.
    pub(super) fn new(
        access: &Access,
        (id, binding): (BindingId, &Binding),
        request: &Request,
        is_unsaid: bool,
    ) -> Option<Self> {
        let namespace = binding.namespace.as_deref();
        let scope_gap = scope_gap(binding, &request.action, access.catalog());
        if let Some((subject, gap)) = unsaid_gap(access, id, binding, request) {
            return Some(Self { binding: id, subject, gaps: vec![gap] });
        }
        let (subject, gap) = if let Some(subject) = access.policy().subject_of(id, &request.identity) {
            (subject, None)
        } else {
            let alike = |subject| lookalike::difference(subject, namespace, &request.identity, access.known());
            let mut alike = binding.subjects.iter().map(alike).enumerate();
            let (at, message) = alike.find_map(|(at, message)| Some((at, message?)))?;
            let subject = binding.subjects.get(at).filter(|_| is_unsaid);
            let hint = subject.and_then(|subject| unsaid::of_account(subject, &request.identity));
            let message = [Some(message), hint].into_iter().flatten().collect::<Vec<_>>().join("; ");
            (at, Some(Gap { dimension: Dimension::Subject, message }))
        };
        Some(Self { binding: id, subject, gaps: gap.into_iter().chain(scope_gap).collect() })
    }

    /// What comes nearest in what the binding hands out.
    pub(super) fn nearest<'a>(self, access: &'a Access, request: &Request, names: &RoleNames<'a>) -> Option<Miss> {
        let policy = access.policy();
        let Self { binding, subject, gaps } = self;
        let miss = |gaps, role, rule| Miss { gaps, binding, subject, alike: Vec::new(), role, rule };
        let roles = policy.roles_of(binding);
        if roles.is_empty() {
            let message = names.why_missing(policy.binding(binding)?);
            let missing = Gap { dimension: Dimension::Role, message };
            return Some(miss(std::iter::once(missing).chain(gaps).collect(), None, None));
        }
        let handed_out = roles.iter().flat_map(|&role| {
            let counting = policy.rules_of(role).map(|RoleRule { rule, place, .. }| (rule, place, None));
            let overwritten = overwritten(access, role).into_iter();
            counting.chain(overwritten).map(move |(rule, place, gap)| (role, rule, place, gap))
        });
        let misses = handed_out.filter_map(|(role, rule, place, overwritten)| {
            let of_rule = rule_gaps(rule, &request.action, access.catalog())?;
            let gaps: Vec<_> = overwritten.into_iter().chain(gaps.iter().cloned()).chain(of_rule).collect();
            (!gaps.is_empty()).then(|| miss(gaps, Some(role), Some(place)))
        });
        misses.min_by_key(|miss| (miss.gaps.len(), miss.dimensions()))
    }
}

/// The rules that are written in a role and that do not count, because it takes in others.
fn overwritten(access: &Access, role: RoleId) -> Vec<(&Rule, RulePlace, Option<Gap>)> {
    let policy = access.policy();
    let Some(written) = policy.role(role).filter(|role| role.aggregation.is_some()) else { return Vec::new() };
    if policy.rules_of(role).any(|rule| rule.place.role == role) {
        return Vec::new();
    }
    let rules = written.rules().enumerate().map(|(index, rule)| {
        let message =
            format!("the rules written in ClusterRole `{}` are overwritten by those that it takes in", written.name);
        (rule, RulePlace { role, index }, Some(Gap { dimension: Dimension::Aggregation, message }))
    });
    rules.collect()
}

/// That a binding would name whoever asks, where the request is, if it was in that namespace; it says none.
fn unsaid_gap(access: &Access, id: BindingId, binding: &Binding, request: &Request) -> Option<(usize, Gap)> {
    let own = binding.namespace.as_deref()?;
    let Action::Resource(ResourceAction { namespace: wanted, .. }) = &request.action else { return None };
    if wanted.is_empty() || wanted == own || access.binding_object(id)?.says_namespace {
        return None;
    }
    let role_says = |role: &RoleId| access.role_object(*role).is_none_or(|object| object.says_namespace);
    if binding.role.kind == RoleKind::Role && access.policy().roles_of(id).iter().any(role_says) {
        return None;
    }
    let subject = binding.subjects.iter().position(|subject| subject.is(&request.identity, Some(wanted)))?;
    let message = format!("it {}", unsaid::namespace(own, wanted));
    Some((subject, Gap { dimension: Dimension::Namespace, message }))
}

/// That a binding counts somewhere else than where the request is.
fn scope_gap(binding: &Binding, action: &Action, catalog: &Catalog) -> Option<Gap> {
    let own = binding.namespace.as_deref()?;
    let gap = |dimension, message| Some(Gap { dimension, message });
    match action {
        Action::Url { .. } => {
            gap(Dimension::Scope, "a RoleBinding never grants a URL: it takes a ClusterRoleBinding".to_owned())
        }
        Action::Resource(action) if action.namespace.is_empty() => {
            let known = catalog.find(&action.group, &action.resource);
            let why = match known.filter(|resource| !resource.namespaced) {
                // One that names a namespace is in it.
                Some(resource) if resource.is("", "namespaces") => "this request is in none".to_owned(),
                Some(resource) => format!("no request for `{}` is in a namespace", resource.plural),
                None => "the question is about all namespaces".to_owned(),
            };
            gap(Dimension::Scope, format!("it counts only in namespace `{own}`, and {why}"))
        }
        Action::Resource(action) if action.namespace != own => {
            gap(Dimension::Namespace, format!("it counts only in namespace `{own}`, not in `{}`", action.namespace))
        }
        Action::Resource(_) => None,
    }
}
