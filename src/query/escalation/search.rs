//! Ways through the web: the surest, and of those the shortest.

use std::collections::{HashMap, VecDeque};

use super::proof::How;
use super::state::State;
use super::technique::Certainty;
use super::web::{Node, Support, Way, Web};

/// Which ways may be taken.
#[derive(Clone, Copy)]
pub(super) struct Terms<'s> {
    /// Nothing less sure than this.
    pub(super) certainty: Certainty,
    /// What is taken to be gone.
    pub(super) is_gone: &'s dyn Fn(&Support) -> bool,
    /// Whether no namespace is picked of all of them.
    pub(super) is_local: bool,
}

/// Nothing is gone.
pub(super) fn nothing(_: &Support) -> bool {
    false
}

impl Terms<'_> {
    /// All that is as sure as this.
    pub(super) fn of(certainty: Certainty) -> Self {
        Self { certainty, is_gone: &nothing, is_local: false }
    }

    /// The same, where no namespace is picked of all of them.
    pub(super) fn local(certainty: Certainty) -> Self {
        Self { is_local: true, ..Self::of(certainty) }
    }

    fn may_take(&self, web: &Web, way: &Way) -> bool {
        way.certainty <= self.certainty
            && way.certainty() <= self.certainty
            && way.used(self.is_gone).is_some()
            && !(self.is_local && matches!(way.how, How::OneOf) && web.state(way.from).is_some_and(State::is_of_all))
    }
}

/// How far each state is, and by which way one comes to it or on from it.
#[derive(Debug, Default)]
pub(super) struct Distances {
    reached: HashMap<Node, (u32, Option<u32>), foldhash::fast::RandomState>,
    /// The states that are reached, in the order in which they were come to.
    order: Vec<Node>,
}

impl Distances {
    pub(super) fn is_reached(&self, node: Node) -> bool {
        self.reached.contains_key(&node)
    }

    pub(super) fn distance(&self, node: Node) -> u32 {
        self.reached.get(&node).map_or(u32::MAX, |(distance, _)| *distance)
    }

    fn way(&self, node: Node) -> Option<u32> {
        self.reached.get(&node).and_then(|(_, way)| *way)
    }

    fn reach(&mut self, node: Node, distance: u32, way: Option<u32>) {
        if self.reached.insert(node, (distance, way)).is_none() {
            self.order.push(node);
        }
    }

    /// The states that are reached.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> {
        self.order.iter().copied()
    }
}

/// In which direction is searched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

fn search(web: &Web, from: &[Node], terms: Terms<'_>, direction: Direction) -> Distances {
    let mut distances = Distances::default();
    let mut waiting: VecDeque<(Node, u32)> = VecDeque::new();
    for &node in from {
        if !distances.is_reached(node) {
            distances.reach(node, 0, None);
            waiting.push_back((node, 0));
        }
    }
    while let Some((node, distance)) = waiting.pop_front() {
        if distance > distances.distance(node) {
            continue;
        }
        let mut take = |(number, way): (u32, &Way)| {
            let next = if direction == Direction::Forward { way.to } else { way.from };
            let total = distance + way.length();
            if distances.distance(next) <= total || !terms.may_take(web, way) {
                return;
            }
            distances.reach(next, total, Some(number));
            match way.length() {
                0 => waiting.push_front((next, total)),
                _ => waiting.push_back((next, total)),
            }
        };
        match direction {
            Direction::Forward => web.ways_from(node).for_each(&mut take),
            Direction::Backward => web.ways_to(node).for_each(&mut take),
        }
    }
    distances
}

/// All that can be reached from some states.
pub(super) fn forward(web: &Web, from: &[Node], terms: Terms<'_>) -> Distances {
    search(web, from, terms, Direction::Forward)
}

/// All from where a state can be reached.
pub(super) fn backward(web: &Web, to: Node, terms: Terms<'_>) -> Distances {
    search(web, &[to], terms, Direction::Backward)
}

/// The ways that lead to a state, the first one first, of a search forward.
pub(super) fn ways_to<'w>(web: &'w Web, distances: &Distances, to: Node) -> Vec<&'w Way> {
    let mut ways = Vec::new();
    let mut node = to;
    while let Some(way) = distances.way(node).and_then(|number| web.way(number)) {
        ways.push(way);
        node = way.from;
    }
    ways.reverse();
    ways
}

/// The ways that lead on from a state, of a search backward.
pub(super) fn ways_on<'w>(web: &'w Web, distances: &Distances, from: Node) -> Vec<&'w Way> {
    let mut ways = Vec::new();
    let mut node = from;
    while let Some(way) = distances.way(node).and_then(|number| web.way(number)) {
        ways.push(way);
        node = way.to;
    }
    ways
}

/// Whether nothing has to be done to go by a way.
pub(super) fn is_held(way: &Way) -> bool {
    matches!(way.how, How::Member | How::Holds)
}
