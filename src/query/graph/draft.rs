//! A graph that is being put together.

use std::collections::{BTreeMap, BTreeSet};

use super::about::About;
use crate::graph::{EdgeKind, Graph, Identity, State};
use crate::query::known::ALWAYS_THERE;
use crate::query::{Access, Who};
use crate::rbac::{Binding, Key, MASTERS, Subject};

/// A graph that is being put together.
pub(super) struct Draft<'a> {
    pub(super) access: &'a Access,
    pub(super) graph: Graph,
    /// The subjects that the read set or the question names.
    pub(super) named: BTreeSet<Identity>,
    /// The role that the question is about.
    pub(super) role: Option<Identity>,
    /// How many definitions the read set has of each thing.
    definitions: BTreeMap<Identity, usize>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(access: &'a Access, about: &About) -> Self {
        let named = about.subject.as_ref().map(Identity::from).into_iter().collect();
        let definitions = BTreeMap::new();
        Self { access, graph: Graph::default(), named, role: about.role.clone(), definitions }
    }

    /// Adds something that the read set has.
    pub(super) fn define(&mut self, identity: Identity, decodes: bool) {
        *self.definitions.entry(identity.clone()).or_default() += 1;
        self.graph.add(identity, if decodes { State::Found } else { State::Unreadable });
    }

    /// Says that the definitions of a thing differ.
    pub(super) fn differs(&mut self, identity: Identity) {
        let count = self.definitions.get(&identity).copied().unwrap_or_default();
        self.graph.note(identity, format!("defined {count} times, not the same"));
    }

    /// Adds an edge, and what is known of its ends by their names.
    pub(super) fn connect(&mut self, from: Identity, kind: EdgeKind, to: Identity) {
        for end in [&from, &to] {
            self.graph.add(end.clone(), state(self.access, end));
            if matches!(end, Identity::Group(name) if name == MASTERS) {
                self.graph.note(end.clone(), "may do everything, whatever RBAC says");
            }
        }
        self.graph.connect(from, kind, to);
    }

    /// The finished graph.
    pub(super) fn finish(self) -> Graph {
        let mut graph = self.graph;
        for namespace in ALWAYS_THERE {
            let namespace = Identity::Namespace(namespace.to_owned());
            if graph.node(&namespace).is_some() {
                graph.add(namespace, State::BuiltIn);
            }
        }
        graph
    }
}

/// How well something is known that is only named.
pub(super) fn state(access: &Access, identity: &Identity) -> State {
    let is_there = match identity {
        Identity::ServiceAccount { namespace, name } => access.known().has_account(namespace, name),
        Identity::Namespace(name) => ALWAYS_THERE.contains(&name.as_str()),
        Identity::User(_) | Identity::Group(_) | Identity::Gain { .. } => return State::Found,
        Identity::Workload { .. } | Identity::Binding { .. } | Identity::Role { .. } => false,
    };
    // What is there without a file is so on every cluster: the `default` account of a namespace.
    if is_there { State::BuiltIn } else { State::Missing }
}

/// The subject of a binding; `None` for one that is nobody.
pub(super) fn subject(subject: &Subject, binding: &Binding) -> Option<Identity> {
    Who::of_binding(subject, binding.namespace.as_deref()).as_ref().map(Identity::from)
}

pub(super) fn role((namespace, name): Key<'_>) -> Identity {
    Identity::Role { namespace: namespace.map(str::to_owned), name: name.to_owned() }
}

pub(super) fn binding((namespace, name): Key<'_>) -> Identity {
    Identity::Binding { namespace: namespace.map(str::to_owned), name: name.to_owned() }
}
