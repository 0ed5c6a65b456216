//! Which bindings name whom.

use std::collections::HashMap;

use super::layout::Layout;
use super::policy::{BindingId, HandedOut, RoleId};
use super::request::user_of_service_account;
use super::symbols::{Symbol, Symbols};
use super::{Binding, Identity, Subject};

/// A user or a group by the number of its name. A ServiceAccount is the user of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// What one user or group gets in one namespace, or everywhere.
#[derive(Clone, Debug, Default)]
struct Scope {
    bindings: Vec<BindingId>,
    /// The roles with rules about resources.
    on_resources: Vec<Use>,
    /// The roles with rules about URLs.
    on_urls: Vec<Use>,
}

/// The bindings that name one user or group.
#[derive(Clone, Debug, Default)]
struct Uses {
    /// Those of the cluster.
    of_cluster: Scope,
    /// Those of namespaces, by the number of the namespace.
    of_namespaces: Vec<(Symbol, Scope)>,
}

impl Uses {
    /// Those of one namespace.
    fn of_namespace(&self, namespace: Symbol) -> Option<&Scope> {
        let place = self.of_namespaces.binary_search_by_key(&namespace, |(known, _)| *known).ok()?;
        self.of_namespaces.get(place).map(|(_, scope)| scope)
    }

    fn scope(&mut self, namespace: Option<Symbol>) -> &mut Scope {
        let Some(namespace) = namespace else { return &mut self.of_cluster };
        let place = self.of_namespaces.binary_search_by_key(&namespace, |(known, _)| *known);
        let place = place.unwrap_or_else(|place| {
            self.of_namespaces.insert(place, (namespace, Scope::default()));
            place
        });
        self.of_namespaces.get_mut(place).map_or(&mut self.of_cluster, |(_, scope)| scope)
    }
}

/// The bindings of a policy by whom they name.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    uses: HashMap<Whom, Uses, foldhash::fast::RandomState>,
}

impl Index {
    /// Takes in one binding with what it hands out.
    pub(super) fn add(
        &mut self,
        (id, binding): (BindingId, &Binding),
        handed_out: &HandedOut,
        layout: &Layout,
        symbols: &mut Symbols,
    ) {
        let uses = handed_out.roles.iter().map(|&role| Use { role, is_conditional: handed_out.is_conditional });
        let uses: Vec<_> = uses.collect();
        let namespace = binding.namespace.as_deref().map(|namespace| symbols.intern(namespace));
        for subject in &binding.subjects {
            let Some(whom) = Whom::new(subject, binding.namespace.as_deref(), symbols) else { continue };
            let scope = self.uses.entry(whom).or_default().scope(namespace);
            if scope.bindings.last() == Some(&id) {
                continue;
            }
            scope.bindings.push(id);
            scope.on_resources.extend(uses.iter().filter(|it| !layout.on_resources(it.role).is_empty()));
            scope.on_urls.extend(uses.iter().filter(|it| !layout.on_urls(it.role).is_empty()));
        }
    }

    /// The roles with rules about resources that somebody has in a namespace, or without one.
    pub(super) fn on_resources(&self, identity: &Identity, place: Place<'_>) -> Vec<&[Use]> {
        let lists = self.scopes(identity, place).map(|scope| scope.on_resources.as_slice());
        lists.filter(|uses| !uses.is_empty()).collect()
    }

    /// The roles with rules about URLs that somebody has.
    pub(super) fn on_urls(&self, identity: &Identity, symbols: &Symbols) -> Vec<&[Use]> {
        let place = Place { namespace: None, symbols };
        let lists = self.scopes(identity, place).map(|scope| scope.on_urls.as_slice());
        lists.filter(|uses| !uses.is_empty()).collect()
    }

    /// The bindings that name somebody in a namespace, or without one; some of them twice where they name both the user
    /// and a group.
    pub(super) fn bindings(&self, identity: &Identity, place: Place<'_>) -> Vec<BindingId> {
        self.scopes(identity, place).flat_map(|scope| &scope.bindings).copied().collect()
    }

    /// The bindings that name somebody in any namespace.
    pub(super) fn bindings_anywhere(&self, identity: &Identity, symbols: &Symbols) -> Vec<BindingId> {
        let scopes = self.find(identity, symbols).flat_map(|uses| {
            std::iter::once(&uses.of_cluster).chain(uses.of_namespaces.iter().map(|(_, scope)| scope))
        });
        scopes.flat_map(|scope| &scope.bindings).copied().collect()
    }

    fn scopes(&self, identity: &Identity, place: Place<'_>) -> impl Iterator<Item = &Scope> {
        self.find(identity, place.symbols).flat_map(move |uses| {
            let of_namespace = place.namespace.and_then(|namespace| uses.of_namespace(namespace));
            std::iter::once(&uses.of_cluster).chain(of_namespace)
        })
    }

    /// What a user and its groups get: an entry for each that is named at all.
    fn find(&self, identity: &Identity, symbols: &Symbols) -> impl Iterator<Item = &Uses> {
        let known = |name: &str| Some(symbols.find(name)).filter(|symbol| *symbol != Symbol::UNKNOWN);
        let user = known(&identity.user).map(Whom::User);
        let groups = identity.groups.iter().filter_map(move |group| known(group)).map(Whom::Group);
        user.into_iter().chain(groups).filter_map(|whom| self.uses.get(&whom))
    }
}

/// Where something is asked.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    /// `None` where there is no namespace.
    pub(super) namespace: Option<Symbol>,
    pub(super) symbols: &'s Symbols,
}
