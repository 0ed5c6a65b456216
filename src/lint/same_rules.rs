//! Roles with the same rules as others.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::manifest::{Facts, KnownObject, RoleFacts};
use crate::query::Access;
use crate::rbac::{InOrder, Role, Rule};

/// Roles by what their rules say: of one namespace, or of the cluster.
#[derive(Debug, Default)]
pub(super) struct SameRules<'a> {
    /// By a hash, so that not all rules have to be kept in order.
    roles: BTreeMap<(Option<&'a str>, u64), Vec<Found<'a>>>,
}

/// A role that was read.
type Found<'a> = (&'a KnownObject, &'a RoleFacts);

impl<'a> SameRules<'a> {
    /// Looks through all roles once.
    pub(super) fn new(access: &'a Access) -> Self {
        let mut same = Self::default();
        for object in access.read_set().objects.iter().filter(|object| object.refusal.is_none()) {
            if let Facts::Role(facts) = &object.facts
                && !facts.role.rules.is_empty()
            {
                let key = (facts.role.namespace.as_deref(), hash(&facts.role));
                same.roles.entry(key).or_default().push((object, facts));
            }
        }
        same
    }

    /// The roles with the same rules as one, in the order in which they were read; itself among them.
    pub(super) fn with<'b>(&'b self, role: &'b Role) -> impl Iterator<Item = Found<'a>> + 'b {
        let rules = in_order(role);
        let alike = self.roles.get(&(role.namespace.as_deref(), hash(role))).into_iter().flatten().copied();
        alike.filter(move |(_, other)| in_order(&other.role) == rules)
    }
}

fn hash(role: &Role) -> u64 {
    let mut hasher = DefaultHasher::new();
    in_order(role).hash(&mut hasher);
    hasher.finish()
}

fn in_order(role: &Role) -> Vec<InOrder<'_>> {
    let mut rules: Vec<_> = role.rules().map(Rule::in_order).collect();
    rules.sort();
    rules.dedup();
    rules
}
