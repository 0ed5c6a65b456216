//! The rules that a subject has, each with the way in which it comes to it.

use super::unusable::Unusable;
use super::{Idle, WhyIdle};
use crate::query::Access;
use crate::rbac::{Binding, BindingId, Grant, Identity, Rule};

/// A rule that a subject has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    /// The way to it.
    pub(super) grant: Grant,
    /// Where it counts; `None` for the whole cluster.
    pub(super) namespace: Option<&'a str>,
    /// The rule as it is written.
    pub(super) rule: &'a Rule,
}

impl Source<'_> {
    /// That something in the rule grants nothing.
    pub(super) fn idle(&self, why: WhyIdle, what: Vec<String>) -> Idle {
        let Grant { binding, role, rule, .. } = self.grant;
        Idle { binding, role: Some(role), rule: Some(rule), why, fault: None, what }
    }
}

/// All rules of a subject that count anywhere, or in one namespace; and the bindings whose role is missing.
pub(super) fn of<'a>(access: &'a Access, identity: &Identity, namespace: Option<&str>) -> (Vec<Source<'a>>, Vec<Idle>) {
    let policy = access.policy();
    let (mut sources, mut without_role) = (Vec::new(), Vec::new());
    for id in policy.bindings_naming(identity) {
        let Some(binding) = policy.binding(id) else { continue };
        let own = binding.namespace.as_deref();
        if own.is_some() && namespace.is_some() && own != namespace {
            continue;
        }
        let roles = policy.roles_of(id);
        if roles.is_empty() {
            without_role.push((id, binding));
        }
        let subject = policy.subject_of(id, identity).unwrap_or(0);
        for &role in roles {
            sources.extend(policy.rules_of(role).map(|rule| Source {
                grant: Grant {
                    binding: id,
                    subject,
                    role,
                    rule: rule.place,
                    is_conditional: policy.is_conditional(id) || rule.is_conditional,
                },
                namespace: own,
                rule: rule.rule,
            }));
        }
    }
    (sources, of_missing(access, &without_role))
}

/// Why bindings grant nothing whose roles are not there.
fn of_missing(access: &Access, bindings: &[(BindingId, &Binding)]) -> Vec<Idle> {
    if bindings.is_empty() {
        return Vec::new();
    }
    let unusable = Unusable::new(access);
    let idle = bindings.iter().map(|&(id, binding)| {
        let (why, fault) = unusable.why(binding);
        Idle { binding: id, role: None, rule: None, why, fault, what: Vec::new() }
    });
    idle.collect()
}
