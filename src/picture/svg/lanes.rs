//! Which nodes stand together: those of one namespace in a box, and what belongs to the whole cluster beside the
//! namespaces that use it.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::sketch::Link;
use crate::graph::{EdgeKind, Graph, Identity, Node};

/// A stretch of the picture in which nodes stand together, above and below other such stretches.
#[derive(Debug)]
pub(super) struct Lane<'a> {
    /// The namespace of a box; `None` for a part of what belongs to the whole cluster.
    pub(super) namespace: Option<&'a Node>,
}

/// The lanes from top to bottom, and the lane of each node. Namespaces come in the order of their names.
pub(super) fn lanes<'a>(graph: &'a Graph, nodes: &[&'a Node], links: &[Link<EdgeKind>]) -> (Vec<Lane<'a>>, Vec<usize>) {
    let namespaces: Vec<&Node> = graph.nodes().filter(|node| matches!(node.identity, Identity::Namespace(_))).collect();
    let numbers: BTreeMap<&str, usize> =
        namespaces.iter().zip(0..).map(|(node, number)| (node.identity.name(), number)).collect();
    let boxes: Vec<Option<usize>> = nodes.iter().map(|node| numbers.get(node.identity.namespace()?).copied()).collect();
    let parts = parts(&boxes, links);

    let mut keys: Vec<Key> = namespaces.iter().zip(0..).map(|(_, number)| Key::Namespace(number)).collect();
    keys.extend(parts.iter().map(|part| part.key));
    keys.sort_unstable();
    let lane_of = |key: Key| keys.binary_search(&key).unwrap_or_default();
    let part_of: BTreeMap<usize, Key> =
        parts.iter().flat_map(|part| part.nodes.iter().map(|&node| (node, part.key))).collect();
    let of_nodes = boxes.iter().zip(0..).map(|(number, node)| match number {
        Some(number) => lane_of(Key::Namespace(*number)),
        None => part_of.get(&node).map_or(0, |&key| lane_of(key)),
    });
    let of_nodes = of_nodes.collect();
    let lane = |key: &Key| match key {
        Key::Namespace(number) => Lane { namespace: namespaces.get(*number).copied() },
        _ => Lane { namespace: None },
    };
    (keys.iter().map(lane).collect(), of_nodes)
}

/// Where a lane stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// The namespace of this number.
    Namespace(usize),
    /// Behind the namespace of the first number; the second is that of its first node.
    Beside(usize, usize),
    /// Behind all namespaces, because it has nothing to do with any of them.
    Apart(usize),
    /// Behind all that is connected with anything.
    Alone(usize),
}

impl Key {
    fn rank(self) -> (u8, usize, u8, usize) {
        match self {
            Self::Namespace(number) => (0, number, 0, 0),
            Self::Beside(number, node) => (0, number, 1, node),
            Self::Apart(node) => (1, 0, 0, node),
            Self::Alone(node) => (2, 0, 0, node),
        }
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Some of what belongs to the whole cluster.
struct Part {
    key: Key,
    nodes: Vec<usize>,
}

/// What belongs to the whole cluster, in parts that are connected without the help of a namespace.
fn parts(boxes: &[Option<usize>], links: &[Link<EdgeKind>]) -> Vec<Part> {
    let box_of = |node: usize| boxes.get(node).copied().flatten();
    let mut connected = UnionFind::<usize>::new(boxes.len());
    for link in links.iter().filter(|link| box_of(link.from).is_none() && box_of(link.to).is_none()) {
        connected.union(link.from, link.to);
    }
    let mut neighbours: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for link in links {
        for (end, other) in [(link.from, link.to), (link.to, link.from)] {
            if let Some(number) = box_of(other).filter(|_| box_of(end).is_none()) {
                neighbours.entry(connected.find(end)).or_default().push(number);
            }
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, _) in boxes.iter().enumerate().filter(|(_, number)| number.is_none()) {
        parts.entry(connected.find(node)).or_default().push(node);
    }
    let part = |(root, nodes): (usize, Vec<usize>)| {
        let first = nodes.first().copied().unwrap_or_default();
        let mut beside = neighbours.remove(&root).unwrap_or_default();
        beside.sort_unstable();
        let key = match beside.get(beside.len().saturating_sub(1) / 2) {
            Some(&number) => Key::Beside(number, first),
            None if nodes.len() > 1 => Key::Apart(first),
            None => Key::Alone(first),
        };
        Part { key, nodes }
    };
    parts.into_iter().map(part).collect()
}
