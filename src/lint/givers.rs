//! Which bindings give their subjects nothing that another binding does not give them already.
//!
//! One binding by itself has to give all of it: the same role, or one that contains it, in the same namespace or in the
//! whole cluster. Both stand beside each other: elsewhere, the other may be of another cluster, or of an application that
//! comes and goes by itself.
//!
//! Where somebody has more than [`MOST_ROLES`] roles in one place, only bindings of the same role are compared, and of
//! each role only the first [`MOST_BINDINGS`]: so it takes no longer than there are bindings.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::needless_rules::allow_all;
use super::references::{is_beside, is_placed, is_settled};
use crate::query::{Access, Who};
use crate::rbac::{ALL, Binding, BindingId, Key, Role, RoleId, Rule};
use crate::source::Span;

/// How many roles of a subject are compared with each other.
const MOST_ROLES: usize = 32;

/// How many bindings by which a subject has one role are compared with another binding.
const MOST_BINDINGS: usize = 16;

/// To whom something is given, and where: in a namespace, or in the whole cluster.
type Given<'a> = (Who, Option<&'a str>);

/// What gives a binding's subjects all that it gives them itself.
#[derive(Debug)]
pub(super) struct Giver {
    /// The other binding.
    pub(super) binding: BindingId,
    /// Whether it hands out the same role.
    pub(super) is_same_role: bool,
}

/// The bindings that can be done without, each with those that give the same.
#[derive(Debug, Default)]
pub(super) struct Givers {
    needless: BTreeMap<Span, Vec<Giver>>,
}

impl Givers {
    /// Looks through all bindings once.
    pub(super) fn new(access: &Access) -> Self {
        let mut search = Search { access, given: BTreeMap::new(), contained: BTreeMap::new() };
        let policy = access.policy();
        let mut bindings: Vec<_> = policy.bindings().filter(|(id, _)| stays(access, *id)).collect();
        bindings.sort_by_key(|(id, _)| rank(access, *id));
        for (id, binding) in &bindings {
            search.add(*id, binding);
        }
        let mut needless = BTreeMap::new();
        for (id, binding) in bindings {
            if let Some(givers) = search.givers(id, binding)
                && let Some(object) = access.binding_object(id)
            {
                needless.insert(object.span, givers);
            }
        }
        Self { needless }
    }

    /// What gives all that the binding at this place gives; `None` where it is not needless.
    pub(super) fn instead_of(&self, binding: Span) -> Option<&[Giver]> {
        self.needless.get(&binding).map(Vec::as_slice)
    }
}

/// Whether it is known what a binding gives, and where. One with a name that is made up is there for a while only.
fn stays(access: &Access, id: BindingId) -> bool {
    let is_of_cluster = access.policy().binding(id).is_some_and(|binding| binding.namespace.is_none());
    let stays = access.binding_object(id).is_none_or(|object| {
        let stays = if is_of_cluster { is_settled(access, object) } else { is_placed(access, object) };
        stays && !object.is_generated
    });
    stays && !access.policy().is_conditional(id)
}

/// Which of several bindings that give the same is the one to stay, the least first: one that every cluster has, else the
/// one of most subjects, else the one that stands first. So there is always one that stays.
fn rank(access: &Access, id: BindingId) -> (bool, Reverse<usize>, Option<Span>, BindingId) {
    let object = access.binding_object(id);
    let subjects = access.policy().binding(id).map_or(0, |binding| binding.subjects.len());
    (object.is_some(), Reverse(subjects), object.map(|object| object.span), id)
}

struct Search<'a> {
    access: &'a Access,
    /// The bindings by which somebody has a role somewhere, those first that are to stay.
    given: BTreeMap<Given<'a>, BTreeMap<Key<'a>, Vec<BindingId>>>,
    /// Whether one role contains another: all of it, or what it allows in a namespace.
    contained: BTreeMap<(RoleId, RoleId, bool), bool>,
}

impl<'a> Search<'a> {
    fn add(&mut self, id: BindingId, binding: &'a Binding) {
        let Some(key) = binding.role_key() else { return };
        for who in Who::all_of_binding(binding) {
            let roles = self.given.entry((who, binding.namespace.as_deref())).or_default();
            let bindings = roles.entry(key).or_default();
            if bindings.len() < MOST_BINDINGS {
                bindings.push(id);
            }
        }
    }

    /// What gives each subject of a binding all that it gives; `None` where some subject would lose something.
    fn givers(&mut self, id: BindingId, binding: &Binding) -> Option<Vec<Giver>> {
        let mut givers: Vec<Giver> = Vec::new();
        for who in Who::all_of_binding(binding) {
            let giver = self.giver(id, binding, &who)?;
            if givers.iter().all(|known| known.binding != giver.binding) {
                givers.push(giver);
            }
        }
        (!givers.is_empty()).then_some(givers)
    }

    fn giver(&mut self, id: BindingId, binding: &Binding, who: &Who) -> Option<Giver> {
        let key = binding.role_key()?;
        let own = binding.namespace.as_deref();
        let scopes: &[Option<&str>] = if own.is_some() { &[None, own] } else { &[None] };
        let mut others = Vec::new();
        let given = scopes.iter().filter_map(|scope| Some((*scope, self.given.get(&(who.clone(), *scope))?)));
        for (scope, roles) in given {
            let is_wider = scope != own;
            let mut same = roles.get(&key).into_iter().flatten().copied();
            let same = same.find(|other| self.is_beside(*other, id) && (is_wider || self.outranks(*other, id)));
            if let Some(binding) = same {
                return Some(Giver { binding, is_same_role: true });
            }
            if roles.len() <= MOST_ROLES {
                let of_others = roles.iter().filter(|(role, _)| **role != key).flat_map(|(_, bindings)| bindings);
                others.extend(of_others.map(|other| (is_wider, *other)));
            }
        }
        let gives_all =
            |(is_wider, other): &(bool, BindingId)| self.is_beside(*other, id) && self.gives_all(*other, id, *is_wider);
        let (_, binding) = others.into_iter().find(gives_all)?;
        Some(Giver { binding, is_same_role: false })
    }

    fn outranks(&self, one: BindingId, other: BindingId) -> bool {
        rank(self.access, one) < rank(self.access, other)
    }

    /// Whether both bindings are there together: every cluster has those of Kubernetes.
    fn is_beside(&self, one: BindingId, other: BindingId) -> bool {
        let objects = (self.access.binding_object(one), self.access.binding_object(other));
        one != other
            && match objects {
                (Some(one), Some(other)) => is_beside(self.access, one, other),
                _ => true,
            }
    }

    /// Whether a binding gives all that another gives, and is not itself the one that can be done without.
    fn gives_all(&mut self, one: BindingId, other: BindingId, is_wider: bool) -> bool {
        let policy = self.access.policy();
        let (&[role], &[wanted]) = (policy.roles_of(one), policy.roles_of(other)) else { return false };
        let in_namespace = policy.binding(other).is_some_and(|binding| binding.namespace.is_some());
        self.contains(role, wanted, in_namespace)
            && (is_wider || self.outranks(one, other) || !self.contains(wanted, role, in_namespace))
    }

    fn contains(&mut self, role: RoleId, wanted: RoleId, in_namespace: bool) -> bool {
        let access = self.access;
        let work_out = || contains(access, role, wanted, in_namespace);
        *self.contained.entry((role, wanted, in_namespace)).or_insert_with(work_out)
    }
}

/// Whether a role contains all that another allows.
fn contains(access: &Access, role: RoleId, wanted: RoleId, in_namespace: bool) -> bool {
    let policy = access.policy();
    // A RoleBinding hands out no URLs.
    let counts = |rule: &&Rule| !in_namespace || rule.non_resource_urls.is_empty();
    let rules: Vec<_> = policy.rules_of(role).filter(|rule| !rule.is_conditional).map(|rule| rule.rule).collect();
    let others: Vec<_> = policy.rules_of(wanted).map(|rule| rule.rule).filter(counts).collect();
    let stays_contained = || rules.iter().any(|rule| is_everything(rule)) || takes_in(access, role, wanted);
    let grows = policy.role(wanted).is_some_and(|wanted| wanted.aggregation.is_some());
    !others.is_empty() && (!grows || stays_contained()) && allow_all(&rules, &others)
}

fn is_everything(rule: &Rule) -> bool {
    [&rule.verbs, &rule.api_groups, &rule.resources].iter().all(|list| list.iter().any(|entry| entry == ALL))
        && rule.resource_names.is_empty()
}

/// Whether a role takes in whatever another takes in, by way of others or not.
fn takes_in(access: &Access, role: RoleId, wanted: RoleId) -> bool {
    let policy = access.policy();
    let takers: Vec<_> = policy.roles().filter(|(_, role)| role.aggregation.is_some()).collect();
    let (mut seen, mut todo) = (BTreeSet::from([wanted]), vec![wanted]);
    while let Some(taken_in) = todo.pop().and_then(|id| policy.role(id)) {
        let by = takers.iter().filter(|(_, taker): &&(RoleId, &Role)| taker.takes_in(taken_in)).map(|(id, _)| *id);
        todo.extend(by.filter(|id| seen.insert(*id)));
    }
    seen.contains(&role)
}
