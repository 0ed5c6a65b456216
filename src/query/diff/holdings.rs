//! Who holds what, by the bindings that name them.

use std::collections::BTreeMap;

use super::contents::{Content, Contents};
use crate::query::{Access, Who};
use crate::rbac::{BindingId, RoleId};

/// Where a binding counts: its namespace, or `None` for the whole cluster.
pub(super) type Scope<'a> = Option<&'a str>;

/// A role that somebody holds in one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) content: Content,
    /// Whether definitions of the binding or of the role differ.
    pub(super) is_conditional: bool,
    pub(super) binding: BindingId,
    pub(super) role: RoleId,
}

/// What somebody holds in one place, whatever hands it out: in order, and nothing twice.
pub(super) type HeldSet = Vec<(Content, bool)>;

/// What somebody holds, by place.
#[derive(Clone, Debug, Default)]
pub(super) struct Holder<'a> {
    scopes: BTreeMap<Scope<'a>, Vec<Held>>,
}

/// Who holds what on one side.
#[derive(Debug)]
pub(super) struct Holdings<'a> {
    pub(super) access: &'a Access,
    by_who: BTreeMap<Who, Holder<'a>>,
    nothing: Holder<'a>,
}

impl<'a> Holdings<'a> {
    pub(super) fn new(access: &'a Access, contents: &mut Contents<'a>) -> Self {
        let policy = access.policy();
        let mut of_role: BTreeMap<RoleId, Content> = BTreeMap::new();
        let mut by_who: BTreeMap<Who, Holder<'a>> = BTreeMap::new();
        // A binding in a namespace without a name counts nowhere.
        let counting = policy.bindings().filter(|(_, binding)| binding.namespace.as_deref() != Some(""));
        for (id, binding) in counting {
            let scope = binding.namespace.as_deref();
            let roles = policy.roles_of(id).iter().map(|&role| Held {
                content: *of_role.entry(role).or_insert_with(|| contents.of(policy, role)),
                is_conditional: policy.is_conditional(id),
                binding: id,
                role,
            });
            let held: Vec<_> = roles.collect();
            for who in Who::all_of_binding(binding) {
                by_who.entry(who).or_default().add(scope, &held);
            }
        }
        Self { access, by_who, nothing: Holder::default() }
    }

    /// All who are named by a binding.
    pub(super) fn everybody(&self) -> impl Iterator<Item = &Who> {
        self.by_who.keys()
    }

    /// Whether a binding names somebody.
    pub(super) fn names(&self, who: &Who) -> bool {
        self.by_who.contains_key(who)
    }

    /// What somebody holds.
    pub(super) fn of(&self, who: &Who) -> &Holder<'a> {
        self.by_who.get(who).unwrap_or(&self.nothing)
    }
}

impl<'a> Holder<'a> {
    /// Takes in what a binding hands out, which may name somebody twice.
    fn add(&mut self, scope: Scope<'a>, held: &[Held]) {
        let here = self.scopes.entry(scope).or_default();
        let last = here.last().map(|last| last.binding);
        if last.is_none() || last != held.first().map(|held| held.binding) {
            here.extend(held);
        }
    }

    /// The places, the whole cluster first.
    pub(super) fn scopes(&self) -> impl Iterator<Item = Scope<'a>> {
        self.scopes.keys().copied()
    }

    /// What is held in one place, with what hands it out.
    pub(super) fn held<'h>(&'h self, scope: Scope<'h>) -> &'h [Held] {
        self.scopes.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// What is held in one place.
    pub(super) fn set(&self, scope: Scope<'_>) -> HeldSet {
        let mut set: HeldSet = self.held(scope).iter().map(|held| (held.content, held.is_conditional)).collect();
        set.sort();
        set.dedup();
        set
    }
}
