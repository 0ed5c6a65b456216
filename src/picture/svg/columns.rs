//! Which column each node stands in: columns follow the way of permissions, from left to right.

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use super::sketch::Link;
use crate::graph::{EdgeKind, Identity, Node};

/// What a column holds, in the order of the columns. A role that others take in stands behind them, however many there
/// are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Workloads,
    Subjects,
    Groups,
    Bindings,
    Roles,
    /// Roles that are taken in, with how many steps it takes.
    TakenIn(usize),
    /// What one comes to by what is done, with how many steps it takes.
    Step(usize),
}

impl Column {
    /// The words above it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Workloads => "Workloads",
            Self::Subjects => "Subjects",
            Self::Groups => "Groups",
            Self::Bindings => "Bindings",
            Self::Roles => "Roles",
            Self::TakenIn(1) => "Aggregated roles",
            Self::Step(0) => "Who begins",
            Self::Step(1) => "What comes of it",
            // The columns behind are more of the same.
            Self::TakenIn(_) | Self::Step(_) => "",
        }
    }
}

/// The column of each node.
pub(super) fn columns(nodes: &[&Node], links: &[Link<EdgeKind>]) -> Vec<Column> {
    let is_deed = |link: &Link<EdgeKind>| matches!(link.what, EdgeKind::ComesTo(_));
    if links.iter().any(is_deed) {
        let steps = steps(nodes.len(), links, |kind| matches!(kind, EdgeKind::ComesTo(_) | EdgeKind::MemberOf));
        let column = |(node, steps): (&&Node, usize)| match node.identity {
            Identity::Namespace(_) | Identity::Workload { .. } => Column::Workloads,
            _ => Column::Step(steps),
        };
        return nodes.iter().zip(steps).map(column).collect();
    }
    let steps = steps(nodes.len(), links, |kind| kind == EdgeKind::Aggregates);
    let column = |(node, steps): (&&Node, usize)| match node.identity {
        Identity::Namespace(_) | Identity::Workload { .. } => Column::Workloads,
        Identity::ServiceAccount { .. } | Identity::User(_) => Column::Subjects,
        Identity::Group(_) => Column::Groups,
        Identity::Binding { .. } => Column::Bindings,
        Identity::Role { .. } if steps == 0 => Column::Roles,
        Identity::Role { .. } => Column::TakenIn(steps),
        Identity::Gain { .. } => Column::Step(steps),
    };
    nodes.iter().zip(steps).map(column).collect()
}

/// How many steps of some kinds lead to each node at most. What leads to each other stands side by side.
fn steps(nodes: usize, links: &[Link<EdgeKind>], along: fn(EdgeKind) -> bool) -> Vec<usize> {
    let mut taking_in = DiGraph::<(), ()>::new();
    let places: Vec<_> = (0..nodes).map(|_| taking_in.add_node(())).collect();
    for link in links.iter().filter(|link| along(link.what)) {
        if let (Some(&from), Some(&to)) = (places.get(link.from), places.get(link.to)) {
            taking_in.add_edge(from, to, ());
        }
    }
    let mut steps = vec![0; nodes];
    // The components come in reverse: whatever takes in something, after it.
    for component in tarjan_scc(&taking_in).into_iter().rev() {
        let own = component.iter().filter_map(|place| steps.get(place.index())).copied().max().unwrap_or(0);
        for &place in &component {
            if let Some(step) = steps.get_mut(place.index()) {
                *step = own;
            }
        }
        for next in component.iter().flat_map(|&place| taking_in.neighbors(place)) {
            if let Some(step) = steps.get_mut(next.index()).filter(|_| !component.contains(&next)) {
                *step = (*step).max(own + 1);
            }
        }
    }
    steps
}
