//! Which bindings hand out a role: itself, or within a role that takes it in by aggregation.

use std::collections::{BTreeMap, BTreeSet};

use super::{Access, Sorted};
use crate::rbac::{BindingId, Key, Role};

/// A binding that hands out a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleUse<'a> {
    /// The binding.
    pub binding: BindingId,
    /// The ClusterRole that the binding names, where that is not the role itself but one that takes it in.
    pub taker: Option<&'a str>,
}

/// Who hands out the roles of the read set, and who takes them in.
#[derive(Clone, Debug, Default)]
pub struct RoleUses<'a> {
    /// The bindings that name a role, whether there is such a role or not.
    bindings: Sorted<(Key<'a>, BindingId)>,
    /// The ClusterRoles that take in one of the read set that has rules, by way of others or not.
    takers: BTreeMap<Key<'a>, BTreeSet<&'a str>>,
}

impl<'a> RoleUses<'a> {
    /// Looks through all roles and bindings once.
    pub fn new(access: &'a Access) -> Self {
        let policy = access.policy();
        let naming = policy.all_bindings().filter_map(|(id, binding)| Some((binding.role_key()?, id)));
        let mut uses = Self { bindings: Sorted::new(naming, Ord::cmp), takers: BTreeMap::new() };
        for (id, taker) in policy.roles().filter(|(_, role)| role.aggregation.is_some()) {
            let taken_in: BTreeSet<_> = policy.rules_of(id).map(|rule| rule.place.role).collect();
            let own = taken_in.into_iter().filter(|taken_in| access.role_object(*taken_in).is_some());
            for key in own.filter_map(|role| policy.role(role)).map(Role::key).filter(|key| *key != taker.key()) {
                uses.takers.entry(key).or_default().insert(&taker.name);
            }
        }
        uses
    }

    /// The bindings that hand out a role, those that name it first.
    pub fn of<'b>(&'b self, role: Key<'b>) -> impl Iterator<Item = RoleUse<'b>> {
        let naming = |key: Key<'b>| self.bindings.equal(move |(named, _)| named.cmp(&key)).iter().map(|(_, id)| *id);
        let direct = naming(role).map(|binding| RoleUse { binding, taker: None });
        let taken_in = self
            .takers(role)
            .flat_map(move |taker| naming((None, taker)).map(move |binding| RoleUse { binding, taker: Some(taker) }));
        direct.chain(taken_in)
    }

    /// The ClusterRoles that take in a role of the read set, by way of others or not, by name.
    pub fn takers<'b>(&'b self, role: Key<'b>) -> impl Iterator<Item = &'b str> {
        self.takers.get(&role).into_iter().flatten().copied()
    }
}
