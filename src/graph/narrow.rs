//! The part of a graph that a question is about.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef as _;

use super::{EdgeKind, Graph, Identity};

/// What a smaller graph should be about. Where several things are asked for, it is what belongs to all of them: a
/// subject and a role leave the ways from the one to the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// All that this subject or workload gets, and how: what runs as it, its groups, bindings and roles; who is in it
    /// where it is a group. Other subjects of the same bindings are left out.
    pub subject: Option<Identity>,
    /// What is in this namespace, all that it gets, and whom its bindings name.
    pub namespace: Option<String>,
    /// Whoever gets this role, and how.
    pub role: Option<Identity>,
    /// Instead of that, whatever is at most so many edges away, in whichever direction.
    pub depth: Option<usize>,
}

type Places = BTreeSet<NodeIndex>;

impl Graph {
    /// The part that a selection is about. It is empty where the graph does not have what the selection names, and the
    /// whole where it names nothing.
    #[must_use]
    pub fn narrow(&self, selection: &Selection) -> Self {
        let Selection { subject, namespace, role, depth } = selection;
        let depth = *depth;
        let mut kept: Option<Places> = None;
        let mut keep = |places: Places| {
            kept = Some(kept.take().map_or_else(|| places.clone(), |kept| &kept & &places));
        };
        if let Some(subject) = subject {
            let start = self.places_of(subject);
            keep(depth.map_or_else(|| self.around_subject(&start), |depth| self.within(&start, depth)));
        }
        if let Some(role) = role {
            let start = self.places_of(role);
            keep(depth.map_or_else(|| self.around_role(&start), |depth| self.within(&start, depth)));
        }
        if let Some(namespace) = namespace {
            let start = self.places_in(namespace);
            keep(depth.map_or_else(|| self.around_namespace(&start), |depth| self.within(&start, depth)));
        }
        kept.map_or_else(|| self.clone(), |kept| self.only(&kept))
    }

    fn places_of(&self, identity: &Identity) -> Places {
        self.places.get(identity).copied().into_iter().collect()
    }

    /// The namespace itself, and what is in it.
    fn places_in(&self, namespace: &str) -> Places {
        let is_in = |identity: &Identity| match identity {
            Identity::Namespace(name) => name == namespace,
            other => other.namespace() == Some(namespace),
        };
        self.places.iter().filter(|(identity, _)| is_in(identity)).map(|(_, &place)| place).collect()
    }

    fn around_subject(&self, start: &Places) -> Places {
        let is_it = |kind| matches!(kind, EdgeKind::RunsAs | EdgeKind::MemberOf);
        &self.reached(start, Direction::Outgoing, |_| true) | &self.reached(start, Direction::Incoming, is_it)
    }

    fn around_role(&self, start: &Places) -> Places {
        let taken_in = self.reached(start, Direction::Outgoing, |kind| kind == EdgeKind::Aggregates);
        &self.reached(start, Direction::Incoming, |_| true) | &taken_in
    }

    fn around_namespace(&self, start: &Places) -> Places {
        let named =
            start.iter().flat_map(|&place| self.next(place, Direction::Incoming, |kind| kind == EdgeKind::BoundBy));
        let named: Places = named.collect();
        &self.reached(start, Direction::Outgoing, |_| true) | &named
    }

    /// All that can be reached in one direction along some kinds of edges, the start included.
    fn reached(&self, start: &Places, direction: Direction, along: fn(EdgeKind) -> bool) -> Places {
        let mut reached = start.clone();
        let mut waiting: Vec<_> = start.iter().copied().collect();
        while let Some(place) = waiting.pop() {
            waiting.extend(self.next(place, direction, along).filter(|&next| reached.insert(next)));
        }
        reached
    }

    /// All that is at most so many edges away.
    fn within(&self, start: &Places, depth: usize) -> Places {
        let mut reached = start.clone();
        let mut rim = start.clone();
        for _ in 0..depth {
            let neighbours: Places = rim.iter().flat_map(|&place| self.inner.neighbors_undirected(place)).collect();
            rim = &neighbours - &reached;
            if rim.is_empty() {
                break;
            }
            reached.extend(&rim);
        }
        reached
    }

    fn next(
        &self,
        place: NodeIndex,
        direction: Direction,
        along: fn(EdgeKind) -> bool,
    ) -> impl Iterator<Item = NodeIndex> {
        self.inner.edges_directed(place, direction).filter(move |edge| along(*edge.weight())).map(move |edge| {
            match direction {
                Direction::Outgoing => edge.target(),
                Direction::Incoming => edge.source(),
            }
        })
    }

    /// The graph of these nodes, of their namespaces, and of the edges among them.
    fn only(&self, kept: &Places) -> Self {
        let namespaces = kept.iter().filter_map(|&place| {
            let namespace = self.inner.node_weight(place)?.identity.namespace()?;
            self.places.get(&Identity::Namespace(namespace.to_owned())).copied()
        });
        let kept = kept | &namespaces.collect();
        let mut only = Self::default();
        for node in kept.iter().filter_map(|&place| self.inner.node_weight(place)) {
            let place = only.inner.add_node(node.clone());
            only.places.insert(node.identity.clone(), place);
        }
        for edge in self.edges() {
            if let (Some(&from), Some(&to)) = (only.places.get(edge.from), only.places.get(edge.to)) {
                only.link(from, edge.kind, to);
            }
        }
        only
    }
}
