//! Which bindings name whom.

use std::collections::HashMap;
use std::ops::Range;

use super::layout::Layout;
use super::policy::{BindingId, HandedOut, RoleId};
use super::request::user_of_service_account;
use super::symbols::{Symbol, Symbols};
use super::{Binding, Identity, Subject};

/// A user or a group by the number of its name. A ServiceAccount is the user of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Whom {
    User(Symbol),
    Group(Symbol),
}

impl Whom {
    /// Whom a subject of a binding in a namespace, or without one, means; `None` where it is nobody.
    fn new(subject: &Subject, namespace: Option<&str>, symbols: &mut Symbols) -> Option<Self> {
        match subject {
            Subject::User(name) => Some(Self::User(symbols.intern(name))),
            Subject::Group(name) => Some(Self::Group(symbols.intern(name))),
            Subject::ServiceAccount { .. } => {
                let (namespace, name) = subject.service_account(namespace)?;
                Some(Self::User(symbols.intern(&user_of_service_account(namespace, name))))
            }
            Subject::Other { .. } => None,
        }
    }
}

/// One role that a binding hands out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) role: RoleId,
    /// Whether definitions of the binding or of the role differ.
    pub(super) is_conditional: bool,
}

/// What one user or group gets in one namespace, or everywhere: where that lies in the lists of the index.
#[derive(Clone, Debug)]
struct Scope {
    /// The number of the namespace; `None` for what bindings of the cluster give.
    namespace: Option<Symbol>,
    bindings: Range<u32>,
    /// The roles with rules about resources.
    on_resources: Range<u32>,
    /// The roles with rules about URLs.
    on_urls: Range<u32>,
}

/// The bindings of a policy by whom they name. All lists lie end to end: most of them have one entry.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// The scopes of each user and group: first that of the cluster, then those of namespaces by their numbers.
    whom: HashMap<Whom, Range<u32>, foldhash::fast::RandomState>,
    scopes: Vec<Scope>,
    bindings: Vec<BindingId>,
    on_resources: Vec<Use>,
    on_urls: Vec<Use>,
}

impl Index {
    /// The index of bindings with what each of them hands out.
    pub(super) fn new<'b>(
        bindings: impl Iterator<Item = (BindingId, &'b Binding, &'b HandedOut)>,
        layout: &Layout,
        symbols: &mut Symbols,
    ) -> Self {
        let mut named = Vec::new();
        for (id, binding, handed_out) in bindings {
            let namespace = binding.namespace.as_deref().map(|namespace| symbols.intern(namespace));
            let whom = binding.subjects.iter();
            let whom = whom.filter_map(|subject| Whom::new(subject, binding.namespace.as_deref(), symbols));
            named.extend(whom.map(|whom| (whom, namespace, id, handed_out)));
        }
        // Stable: the bindings of a scope stay in the order in which they came.
        named.sort_by_key(|&(whom, namespace, ..)| (whom, namespace));
        named.dedup_by_key(|&mut (whom, namespace, id, _)| (whom, namespace, id));
        let mut index = Self::default();
        for of_one in named.chunk_by(|(one, ..), (other, ..)| one == other) {
            let start = length(&index.scopes);
            for scope in of_one.chunk_by(|(_, one, ..), (_, other, ..)| one == other) {
                index.add(scope.iter().map(|&(_, namespace, id, handed_out)| (namespace, id, handed_out)), layout);
            }
            let scopes = start..length(&index.scopes);
            index.whom.extend(of_one.first().map(|&(whom, ..)| (whom, scopes)));
        }
        index
    }

    /// Adds a scope: the bindings that name somebody in a namespace, or in the cluster.
    fn add<'b>(&mut self, named: impl Iterator<Item = (Option<Symbol>, BindingId, &'b HandedOut)>, layout: &Layout) {
        let starts = (length(&self.bindings), length(&self.on_resources), length(&self.on_urls));
        let mut of = None;
        for (namespace, id, handed_out) in named {
            of = namespace;
            self.bindings.push(id);
            let uses = handed_out.roles.iter().map(|&role| Use { role, is_conditional: handed_out.is_conditional });
            self.on_resources.extend(uses.clone().filter(|it| !layout.on_resources(it.role).is_empty()));
            self.on_urls.extend(uses.filter(|it| !layout.on_urls(it.role).is_empty()));
        }
        self.scopes.push(Scope {
            namespace: of,
            bindings: starts.0..length(&self.bindings),
            on_resources: starts.1..length(&self.on_resources),
            on_urls: starts.2..length(&self.on_urls),
        });
    }

    /// The roles with rules about resources that somebody has in a namespace, or without one.
    pub(super) fn on_resources(&self, identity: &Identity, place: Place<'_>) -> Vec<&[Use]> {
        let lists = self.scopes(identity, place).map(|scope| part(&self.on_resources, &scope.on_resources));
        lists.filter(|uses| !uses.is_empty()).collect()
    }

    /// The roles with rules about URLs that somebody has.
    pub(super) fn on_urls(&self, identity: &Identity, symbols: &Symbols) -> Vec<&[Use]> {
        let place = Place { namespace: None, symbols };
        let lists = self.scopes(identity, place).map(|scope| part(&self.on_urls, &scope.on_urls));
        lists.filter(|uses| !uses.is_empty()).collect()
    }

    /// The bindings that name somebody in a namespace, or without one; some of them twice where they name both the user
    /// and a group.
    pub(super) fn bindings(&self, identity: &Identity, place: Place<'_>) -> Vec<BindingId> {
        self.scopes(identity, place).flat_map(|scope| part(&self.bindings, &scope.bindings)).copied().collect()
    }

    /// The bindings that name somebody in any namespace.
    pub(super) fn bindings_anywhere(&self, identity: &Identity, symbols: &Symbols) -> Vec<BindingId> {
        let scopes = self.find(identity, symbols).flatten();
        scopes.flat_map(|scope| part(&self.bindings, &scope.bindings)).copied().collect()
    }

    /// What somebody gets from the cluster, and in the namespace where there is one.
    fn scopes(&self, identity: &Identity, place: Place<'_>) -> impl Iterator<Item = &Scope> {
        self.find(identity, place.symbols).flat_map(move |scopes| {
            let find = |namespace: Option<Symbol>| {
                let at = scopes.binary_search_by_key(&namespace, |scope| scope.namespace).ok()?;
                scopes.get(at)
            };
            [find(None), place.namespace.and_then(|namespace| find(Some(namespace)))].into_iter().flatten()
        })
    }

    /// What a user and its groups get: the scopes of each that is named at all.
    fn find(&self, identity: &Identity, symbols: &Symbols) -> impl Iterator<Item = &[Scope]> {
        let known = |name: &str| Some(symbols.find(name)).filter(|symbol| *symbol != Symbol::UNKNOWN);
        let user = known(&identity.user).map(Whom::User);
        let groups = identity.groups.iter().filter_map(move |group| known(group)).map(Whom::Group);
        let scopes = user.into_iter().chain(groups).filter_map(|whom| self.whom.get(&whom));
        scopes.map(|range| part(&self.scopes, range))
    }
}

/// A part of a list.
fn part<'l, T>(list: &'l [T], range: &Range<u32>) -> &'l [T] {
    list.get(range.start as usize..range.end as usize).unwrap_or_default()
}

fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// Where something is asked.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    /// `None` where there is no namespace.
    pub(super) namespace: Option<Symbol>,
    pub(super) symbols: &'s Symbols,
}
