//! Who gets what, as a graph: workloads → ServiceAccounts → groups → bindings → roles → the roles that these take in.
//!
//! What something names is in the graph even where it is in no file: the dangling end is what a reader looks for. The
//! order in which nodes and edges are added never shows.

mod identity;
mod narrow;
mod node;

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

pub use identity::{Identity, WorkloadKind};
pub use narrow::Selection;
pub use node::{Edge, EdgeKind, Node, State};

/// The things of a read set, and how they belong together.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    inner: DiGraph<Node, EdgeKind>,
    places: BTreeMap<Identity, NodeIndex>,
    /// The edges once more, to find out fast whether one is there: thousands may begin at one node.
    known: BTreeSet<(NodeIndex, NodeIndex, EdgeKind)>,
}

impl Graph {
    /// Adds a thing, or what is newly known about it: what is known better wins. Its namespace comes with it, as
    /// missing until it is added itself.
    pub fn add(&mut self, identity: Identity, state: State) {
        let place = self.place(identity);
        if let Some(node) = self.inner.node_weight_mut(place) {
            node.state = node.state.max(state);
        }
    }

    /// Adds what a reader should know about a thing.
    pub fn note(&mut self, identity: Identity, note: impl Into<String>) {
        let place = self.place(identity);
        if let Some(node) = self.inner.node_weight_mut(place) {
            node.notes.insert(note.into());
        }
    }

    /// Says how two things belong together. An end that was not added stays missing until it is.
    pub fn connect(&mut self, from: Identity, kind: EdgeKind, to: Identity) {
        let (from, to) = (self.place(from), self.place(to));
        self.link(from, kind, to);
    }

    /// All nodes, in the order of their identities.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.places.values().filter_map(|&place| self.inner.node_weight(place))
    }

    /// All edges, in the order of their ends.
    pub fn edges(&self) -> Vec<Edge<'_>> {
        let ends = |edge: petgraph::graph::EdgeReference<'_, EdgeKind>| {
            let from = self.inner.node_weight(edge.source())?;
            let to = self.inner.node_weight(edge.target())?;
            Some((from, to, *edge.weight()))
        };
        let mut edges: Vec<_> = self
            .inner
            .edge_references()
            .filter_map(ends)
            .map(|(from, to, kind)| Edge { from: &from.identity, to: &to.identity, kind })
            .collect();
        edges.sort_unstable();
        edges
    }

    /// What is known about a thing, where the graph has it.
    pub fn node(&self, identity: &Identity) -> Option<&Node> {
        self.inner.node_weight(*self.places.get(identity)?)
    }

    /// How many nodes there are, namespaces included.
    pub fn len(&self) -> usize {
        self.inner.node_count()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.inner.node_count() == 0
    }

    fn link(&mut self, from: NodeIndex, kind: EdgeKind, to: NodeIndex) {
        if self.known.insert((from, to, kind)) {
            self.inner.add_edge(from, to, kind);
        }
    }

    /// The place of a thing, which is added where it is new.
    fn place(&mut self, identity: Identity) -> NodeIndex {
        if let Some(&place) = self.places.get(&identity) {
            return place;
        }
        if let Some(namespace) = identity.namespace() {
            self.place(Identity::Namespace(namespace.to_owned()));
        }
        let state = if identity.has_object() { State::Missing } else { State::Found };
        let place = self.inner.add_node(Node { identity: identity.clone(), state, notes: BTreeSet::new() });
        self.places.insert(identity, place);
        place
    }
}

#[cfg(test)]
mod tests;
