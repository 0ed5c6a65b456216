//! Which bindings name whom.

use std::collections::HashMap;

use super::policy::BindingId;
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
            Subject::ServiceAccount { namespace: own, name } => {
                let namespace = own.as_deref().or(namespace)?;
                Some(Self::User(symbols.intern(&user_of_service_account(namespace, name))))
            }
            Subject::Other { .. } => None,
        }
    }
}

/// The bindings that name one user or group.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    /// Those of the cluster.
    pub(super) of_cluster: Vec<BindingId>,
    /// Those of namespaces, by the number of the namespace.
    of_namespaces: Vec<(Symbol, Vec<BindingId>)>,
}

impl Uses {
    /// Those of one namespace.
    pub(super) fn of_namespace(&self, namespace: Symbol) -> &[BindingId] {
        let place = self.of_namespaces.binary_search_by_key(&namespace, |(known, _)| *known);
        place.ok().and_then(|place| self.of_namespaces.get(place)).map_or(&[], |(_, bindings)| bindings)
    }

    /// All of them.
    pub(super) fn everywhere(&self) -> impl Iterator<Item = BindingId> {
        self.of_cluster.iter().chain(self.of_namespaces.iter().flat_map(|(_, bindings)| bindings)).copied()
    }

    fn list(&mut self, namespace: Option<Symbol>) -> &mut Vec<BindingId> {
        let Some(namespace) = namespace else { return &mut self.of_cluster };
        let place = self.of_namespaces.binary_search_by_key(&namespace, |(known, _)| *known);
        let place = place.unwrap_or_else(|place| {
            self.of_namespaces.insert(place, (namespace, Vec::new()));
            place
        });
        self.of_namespaces.get_mut(place).map_or(&mut self.of_cluster, |(_, bindings)| bindings)
    }
}

/// The bindings of a policy by whom they name.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    uses: HashMap<Whom, Uses, foldhash::fast::RandomState>,
}

impl Index {
    /// Takes in one binding.
    pub(super) fn add(&mut self, id: BindingId, binding: &Binding, symbols: &mut Symbols) {
        let namespace = binding.namespace.as_deref().map(|namespace| symbols.intern(namespace));
        for subject in &binding.subjects {
            let Some(whom) = Whom::new(subject, binding.namespace.as_deref(), symbols) else { continue };
            let list = self.uses.entry(whom).or_default().list(namespace);
            if list.last() != Some(&id) {
                list.push(id);
            }
        }
    }

    /// The bindings that name a user or one of its groups: a list for each that is named at all.
    pub(super) fn find(&self, identity: &Identity, symbols: &Symbols) -> Vec<&Uses> {
        let groups = identity.groups.iter().map(|group| Whom::Group(symbols.find(group)));
        std::iter::once(Whom::User(symbols.find(&identity.user)))
            .chain(groups)
            .filter_map(|whom| self.uses.get(&whom))
            .collect()
    }
}
