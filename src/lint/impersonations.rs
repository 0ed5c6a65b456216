//! Who holds which halves of constrained impersonations, over all that was read.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::ImpersonationHalf;
use crate::query::{Access, Who};
use crate::rbac::{ALL, Binding, Key, Policy, Role, RoleId, Rule};

/// Some halves of impersonations.
#[derive(Clone, Debug, Default)]
pub(super) struct Halves<'a> {
    some: BTreeSet<ImpersonationHalf<'a>>,
    /// Whether they are all there, by a `*`.
    all: bool,
}

/// Who holds which halves of constrained impersonations.
#[derive(Clone, Debug, Default)]
pub(super) struct Impersonations<'a> {
    by_subject: BTreeMap<Who, Halves<'a>>,
    /// What all groups hold together: which users are in them is not known.
    of_groups: BTreeSet<ImpersonationHalf<'a>>,
    /// What all subjects hold together: any of them may be in some group.
    of_all: BTreeSet<ImpersonationHalf<'a>>,
    /// To whom the bindings of each role with halves hand it out.
    holders: BTreeMap<Key<'a>, BTreeSet<Who>>,
}

impl<'a> Halves<'a> {
    /// The halves in some rules.
    pub(super) fn of(rules: impl IntoIterator<Item = &'a Rule>) -> Self {
        let mut halves = Self::default();
        for verb in rules.into_iter().flat_map(|rule| &rule.verbs) {
            halves.all |= verb == ALL;
            halves.some.extend(ImpersonationHalf::of(verb));
        }
        halves
    }

    /// Whether a half is among them.
    pub(super) fn has(&self, half: ImpersonationHalf<'_>) -> bool {
        self.all || self.some.contains(&half)
    }

    fn add(&mut self, other: &Self) {
        self.all |= other.all;
        self.some.extend(&other.some);
    }

    fn is_empty(&self) -> bool {
        !self.all && self.some.is_empty()
    }
}

impl<'a> Impersonations<'a> {
    /// Looks through all bindings once.
    pub(super) fn new(access: &'a Access) -> Self {
        let policy = access.policy();
        let of_role = |id: RoleId| Halves::of(policy.rules_of(id).map(|rule| rule.rule));
        let by_role: BTreeMap<_, _> = policy.roles().map(|(id, _)| (id, of_role(id))).collect();
        let mut held = Self::default();
        for (id, binding) in policy.bindings() {
            let roles = policy.roles_of(id).iter().filter_map(|role| Some((*role, by_role.get(role)?)));
            for (role, halves) in roles.filter(|(_, halves)| !halves.is_empty()) {
                held.hand_out(policy, binding, (role, halves));
            }
        }
        held
    }

    fn hand_out(&mut self, policy: &'a Policy, binding: &Binding, (role, halves): (RoleId, &Halves<'a>)) {
        let written_in: BTreeSet<_> = policy.rules_of(role).map(|rule| rule.place.role).collect();
        let keys: Vec<_> = written_in.into_iter().filter_map(|role| policy.role(role)).map(Role::key).collect();
        for who in Who::all_of_binding(binding) {
            self.of_all.extend(&halves.some);
            if matches!(who, Who::Group(_)) {
                self.of_groups.extend(&halves.some);
            }
            for key in &keys {
                self.holders.entry(*key).or_default().insert(who.clone());
            }
            self.by_subject.entry(who).or_default().add(halves);
        }
    }

    /// Whether nobody who holds a role holds this half as well, by that role or another. `None` where nobody holds it.
    pub(super) fn is_out_of_reach(&self, role: Key<'_>, half: ImpersonationHalf<'_>) -> Option<bool> {
        let holders = self.holders.get(&role)?;
        Some(!holders.iter().any(|who| self.has(who, half)))
    }

    fn has(&self, who: &Who, half: ImpersonationHalf<'_>) -> bool {
        let own = |who: &Who| self.by_subject.get(who).is_some_and(|halves| halves.has(half));
        let of_groups = || who.identity().groups.into_iter().any(|group| own(&Who::Group(group)));
        own(who)
            || match who {
                Who::ServiceAccount { .. } => of_groups(),
                Who::User(_) => self.of_groups.contains(&half),
                Who::Group(_) => self.of_all.contains(&half),
            }
    }
}
