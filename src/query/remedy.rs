//! What would have to be changed so that a request is allowed.

use super::access::Access;
use super::miss::{Dimension, Miss};
use super::subject::Who;
use super::suggestion::{Suggestion, suggest};
use crate::rbac::{Action, RoleId};

/// What would have to be changed so that a request is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// A role and a binding that would allow it, and nothing else.
    pub suggestion: Suggestion,
    /// A role of the read set that is bound where it counts already, and lacks only the rule.
    pub extend: Option<RoleId>,
    /// Roles that would allow it and only have to be bound, those that allow least first.
    pub unbound: Vec<RoleId>,
}

/// How a request that is denied could be allowed, given what comes nearest.
pub fn remedy(access: &Access, who: &Who, action: &Action, misses: &[Miss]) -> Option<Remedy> {
    let is_taken = |namespace: Option<&str>, name: &str| {
        let roles = access.policy().roles().map(|(_, role)| role.key());
        let bindings = access.policy().all_bindings().map(|(_, binding)| binding.key());
        roles.chain(bindings).any(|key| key == (namespace, name))
    };
    let of_rule = |miss: &&Miss| {
        use Dimension::{Aggregation, Namespace, Role, Scope, Subject};
        !miss.has(&[Role, Aggregation, Subject, Namespace, Scope])
    };
    let bound = misses.iter().find(of_rule).and_then(|miss| miss.role);
    let extend = bound.filter(|&role| access.role_facts(role).is_some_and(|facts| facts.aggregation.is_none()));
    Some(Remedy { suggestion: suggest(who, action, is_taken)?, extend, unbound: unbound(access, action) })
}

/// The roles that would allow something and could be bound where it is asked.
fn unbound(access: &Access, action: &Action) -> Vec<RoleId> {
    const MOST: usize = 3;
    let place = match action {
        Action::Resource(action) => Some(action.namespace.as_str()).filter(|namespace| !namespace.is_empty()),
        Action::Url { .. } => None,
    };
    let policy = access.policy();
    let can_be_bound = |namespace: Option<&str>| namespace.is_none() || namespace == place;
    let is_internal = |id: RoleId, name: &str| access.role_object(id).is_none() && name.starts_with("system:");
    let fitting = policy.roles().filter(|(id, role)| {
        can_be_bound(role.namespace.as_deref())
            && !is_internal(*id, &role.name)
            && policy.rules_of(*id).any(|rule| rule.rule.allows(action))
    });
    let mut fitting: Vec<_> = fitting.map(|(id, _)| (width(access, id), id)).collect();
    fitting.sort();
    fitting.into_iter().map(|(_, id)| id).take(MOST).collect()
}

/// How much a role allows, roughly: everything last.
fn width(access: &Access, role: RoleId) -> (usize, usize) {
    let rules: Vec<_> = access.policy().rules_of(role).map(|rule| rule.rule).collect();
    let stars = rules.iter().flat_map(|rule| rule.verbs.iter().chain(&rule.resources)).filter(|entry| *entry == "*");
    (stars.count(), rules.iter().map(|rule| rule.verbs.len() * rule.resources.len()).sum())
}
