//! What is to be drawn, before it has a place: slots in columns, and the ways of edges through them.

use std::collections::BTreeMap;

use super::columns::{Column, columns};
use super::lanes::{Lane, lanes};
use crate::graph::{EdgeKind, Graph, Identity, Node};

/// From one number to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link<T> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) what: T,
}

/// Something that takes room in a column: the box of a node, or the edges of one node that pass by.
#[derive(Debug)]
pub(super) struct Slot<'a> {
    /// The node of a box.
    pub(super) node: Option<&'a Node>,
    pub(super) column: usize,
    pub(super) lane: usize,
    /// The slots of the column before that edges come from.
    pub(super) before: Vec<usize>,
    /// The slots of the column behind that edges go to.
    pub(super) after: Vec<usize>,
    /// Its middle, from the top of its lane at first, and of the picture in the end.
    pub(super) y: f64,
}

/// An edge and the slots that it goes through, from end to end.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) kind: EdgeKind,
    pub(super) slots: Vec<usize>,
}

/// The whole of it.
#[derive(Debug)]
pub(super) struct Sketch<'a> {
    pub(super) columns: Vec<Column>,
    pub(super) lanes: Vec<Lane<'a>>,
    /// First those of the nodes, in the order of the graph.
    pub(super) slots: Vec<Slot<'a>>,
    pub(super) routes: Vec<Route>,
    /// For each column its slots from top to bottom, lane after lane.
    pub(super) order: Vec<Vec<usize>>,
}

/// What a picture has boxes for: namespaces are drawn around them.
pub(super) fn boxed(graph: &Graph) -> impl Iterator<Item = &Node> {
    graph.nodes().filter(|node| !matches!(node.identity, Identity::Namespace(_)))
}

impl<'a> Sketch<'a> {
    /// A sketch in which slots stand in the order of the graph.
    pub(super) fn new(graph: &'a Graph) -> Self {
        let nodes: Vec<&Node> = boxed(graph).collect();
        let numbers: BTreeMap<&Identity, usize> =
            nodes.iter().zip(0..).map(|(node, number)| (&node.identity, number)).collect();
        let link = |edge: crate::graph::Edge<'_>| {
            Some(Link { from: *numbers.get(edge.from)?, to: *numbers.get(edge.to)?, what: edge.kind })
        };
        let links: Vec<_> = graph.edges().into_iter().filter_map(link).collect();
        let of_nodes = columns(&nodes, &links);
        let mut columns = of_nodes.clone();
        columns.sort_unstable();
        columns.dedup();
        let (lanes, lane_of_nodes) = lanes(graph, &nodes, &links);
        let slot = |((node, column), lane): ((&'a Node, Column), usize)| Slot {
            node: Some(node),
            column: columns.binary_search(&column).unwrap_or_default(),
            lane,
            before: Vec::new(),
            after: Vec::new(),
            y: 0.0,
        };
        let slots = nodes.into_iter().zip(of_nodes).zip(lane_of_nodes).map(slot).collect();
        let mut sketch = Self { order: vec![Vec::new(); columns.len()], columns, lanes, slots, routes: Vec::new() };
        sketch.route(&links);
        sketch.line_up();
        sketch
    }

    /// Finds the ways of edges.
    fn route(&mut self, links: &[Link<EdgeKind>]) {
        let mut passing = BTreeMap::new();
        for link in links {
            let between = self.column(link.from) + 1..self.column(link.to);
            let mut slots = vec![link.from];
            slots.extend(between.map(|column| self.passing(link.from, column, &mut passing)));
            slots.push(link.to);
            self.routes.push(Route { kind: link.what, slots });
        }
    }

    /// The slot in which the edges of a node pass a column. They share their way for as long as they only pass by.
    fn passing(&mut self, node: usize, column: usize, known: &mut BTreeMap<(usize, usize), usize>) -> usize {
        *known.entry((node, column)).or_insert_with(|| {
            let lane = self.lane(node);
            self.slots.push(Slot { node: None, column, lane, before: Vec::new(), after: Vec::new(), y: 0.0 });
            self.slots.len() - 1
        })
    }

    /// Tells slots of their neighbours, and columns of their slots.
    fn line_up(&mut self) {
        let steps: Vec<(usize, usize)> = self.routes.iter().flat_map(Route::steps).collect();
        for (from, to) in steps {
            if self.column(from) >= self.column(to) {
                continue;
            }
            if let Some(slot) = self.slots.get_mut(from).filter(|slot| !slot.after.contains(&to)) {
                slot.after.push(to);
            }
            if let Some(slot) = self.slots.get_mut(to).filter(|slot| !slot.before.contains(&from)) {
                slot.before.push(from);
            }
        }
        for (number, slot) in self.slots.iter().enumerate() {
            if let Some(column) = self.order.get_mut(slot.column) {
                column.push(number);
            }
        }
        for column in &mut self.order {
            column.sort_by_key(|&number| self.slots.get(number).map(|slot| slot.lane));
        }
    }

    /// The slots of a column by their lanes, both from top to bottom.
    pub(super) fn stretches(&self, column: usize) -> Vec<Vec<usize>> {
        let order = self.order.get(column).map(Vec::as_slice).unwrap_or_default();
        order.chunk_by(|&a, &b| self.lane(a) == self.lane(b)).map(<[usize]>::to_vec).collect()
    }

    /// The column of a slot.
    pub(super) fn column(&self, slot: usize) -> usize {
        self.slots.get(slot).map_or(0, |slot| slot.column)
    }

    /// The lane of a slot.
    pub(super) fn lane(&self, slot: usize) -> usize {
        self.slots.get(slot).map_or(0, |slot| slot.lane)
    }

    /// The height of a slot's middle.
    pub(super) fn y(&self, slot: usize) -> f64 {
        self.slots.get(slot).map_or(0.0, |slot| slot.y)
    }
}

impl Route {
    /// From each slot to the next.
    pub(super) fn steps(&self) -> impl Iterator<Item = (usize, usize)> {
        self.slots.iter().copied().zip(self.slots.iter().copied().skip(1))
    }

    /// From which node to which.
    pub(super) fn ends(&self) -> Option<(usize, usize)> {
        Some((*self.slots.first()?, *self.slots.last()?))
    }
}
