//! What would have to be changed so that a request is allowed.

use std::collections::BTreeMap;

use super::access::Access;
use super::miss::{Dimension, Miss};
use super::subject::Who;
use super::suggestion::{Suggestion, suggest};
use crate::rbac::{ALL, Action, Binding, BindingId, Key, Request, RoleId, Subject};

/// What would have to be changed so that a request is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// A role and a binding that would allow it, and nothing else.
    pub suggestion: Suggestion,
    /// A role of the read set that lacks only the rule, and that is bound to the subject where it is asked, to nobody else
    /// and nowhere else.
    pub extend: Option<RoleId>,
    /// Roles that would allow it and only have to be bound, those first that fit best.
    pub unbound: Vec<RoleId>,
}

/// How a request that is denied could be allowed, given what comes nearest.
pub fn remedy(access: &Access, who: &Who, request: &Request, misses: &[Miss]) -> Option<Remedy> {
    let action = &request.action;
    let is_taken = |namespace: Option<&str>, name: &str| {
        let roles = access.policy().roles().map(|(_, role)| role.key());
        let bindings = access.policy().all_bindings().map(|(_, binding)| binding.key());
        roles.chain(bindings).any(|key| key == (namespace, name))
    };
    let of_rule = |miss: &&Miss| {
        use Dimension::{Aggregation, Namespace, Role, Scope, Subject};
        !miss.has(&[Role, Aggregation, Subject, Namespace, Scope])
    };
    let bound = misses.iter().filter(of_rule).filter_map(|miss| miss.role);
    let extend = bound.take(MOST_EXTENDED).find(|&role| is_only_for(access, role, who, action));
    Some(Remedy { suggestion: suggest(who, action, is_taken)?, extend, unbound: unbound(access, request) })
}

/// No more roles than this are looked at, to find one that can be extended.
const MOST_EXTENDED: usize = 10;

/// Whether a new rule in a role would be for one subject and one place alone: all bindings of it name that subject and
/// no other, where the action is, and no other role takes in its rules.
fn is_only_for(access: &Access, id: RoleId, who: &Who, action: &Action) -> bool {
    let policy = access.policy();
    let Some(role) = policy.role(id).filter(|_| !policy.role_differs(id)) else { return false };
    let is_own = access.role_facts(id).is_some_and(|facts| facts.aggregation.is_none()) && role.aggregation.is_none();
    let is_only = |binding: &Binding| {
        let namespace = binding.namespace.as_deref();
        let is_them = |subject: &Subject| Who::of_binding(subject, namespace).as_ref() == Some(who);
        namespace == action.namespace() && binding.subjects.iter().all(is_them)
    };
    is_own
        && policy.bindings().filter(|(binding, _)| policy.roles_of(*binding).contains(&id)).all(|(_, it)| is_only(it))
        && !policy.roles().any(|(_, other)| other.takes_in(role))
}

/// How badly a role fits that would only have to be bound: the best first, and those that allow everything last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Misfit {
    allows_everything: bool,
    /// Whether it is bound to other ServiceAccounts, and to nobody else.
    is_for_others: bool,
    is_of_cluster: bool,
    width: (usize, usize),
}

/// The roles that would allow something and could be bound where it is asked.
fn unbound(access: &Access, request: &Request) -> Vec<RoleId> {
    const MOST: usize = 3;
    let (policy, action) = (access.policy(), &request.action);
    let allows = |id: RoleId| policy.rules_of(id).any(|rule| rule.rule.allows(action));
    let is_internal = |id: RoleId, name: &str| access.role_object(id).is_none() && name.starts_with("system:");
    // Of several definitions the first is told, where all of them would do.
    let mut fitting: BTreeMap<Key<'_>, Option<RoleId>> = BTreeMap::new();
    for (id, role) in policy.roles() {
        let can_be_bound = role.namespace.is_none() || role.namespace.as_deref() == action.namespace();
        if can_be_bound && !is_internal(id, &role.name) {
            let first = fitting.entry(role.key()).or_insert(Some(id));
            *first = first.filter(|_| allows(id));
        }
    }
    let made_for_others = made_for_others(access, request);
    let misfit = |id: RoleId| Misfit {
        allows_everything: allows_everything(access, id),
        is_for_others: made_for_others.get(&id) == Some(&true),
        is_of_cluster: policy.role(id).is_some_and(|role| role.namespace.is_none()),
        width: width(access, id),
    };
    let mut fitting: Vec<_> = fitting.into_values().flatten().map(|id| (misfit(id), id)).collect();
    fitting.sort();
    fitting.into_iter().map(|(_, id)| id).take(MOST).collect()
}

/// The roles that bindings of the read set hand out, and whether only to other ServiceAccounts.
fn made_for_others(access: &Access, request: &Request) -> BTreeMap<RoleId, bool> {
    let policy = access.policy();
    let is_for_others = |id: BindingId, binding: &Binding| {
        let is_account = |subject: &Subject| matches!(subject, Subject::ServiceAccount { .. });
        binding.subjects.iter().all(is_account) && policy.subject_of(id, &request.identity).is_none()
    };
    let mut roles = BTreeMap::new();
    for (id, binding) in access.own_bindings() {
        let is_for_others = is_for_others(id, binding);
        for &role in policy.roles_of(id) {
            *roles.entry(role).or_insert(true) &= is_for_others;
        }
    }
    // What every cluster has is there for everybody.
    roles.retain(|&role, _| access.role_object(role).is_some());
    roles
}

fn allows_everything(access: &Access, role: RoleId) -> bool {
    let has_all = |entries: &[String]| entries.iter().any(|entry| entry == ALL);
    let mut rules = access.policy().rules_of(role).map(|rule| rule.rule);
    rules.any(|rule| has_all(&rule.verbs) && has_all(&rule.api_groups) && has_all(&rule.resources))
}

/// How much a role allows, roughly: everything last.
fn width(access: &Access, role: RoleId) -> (usize, usize) {
    let rules: Vec<_> = access.policy().rules_of(role).map(|rule| rule.rule).collect();
    let stars = rules.iter().flat_map(|rule| rule.verbs.iter().chain(&rule.resources)).filter(|entry| *entry == ALL);
    (stars.count(), rules.iter().map(|rule| rule.verbs.len() * rule.resources.len()).sum())
}
