//! Ways through the web: the surest, and of those the shortest.

use std::collections::VecDeque;

use super::proof::How;
use super::technique::Certainty;
use super::web::{Node, Support, Way, Web};

/// Which ways may be taken.
#[derive(Clone, Copy)]
pub(super) struct Terms<'s> {
    /// Nothing less sure than this.
    pub(super) certainty: Certainty,
    /// What is taken to be gone.
    pub(super) is_gone: &'s dyn Fn(&Support) -> bool,
}

/// Nothing is gone.
pub(super) fn nothing(_: &Support) -> bool {
    false
}

impl Terms<'_> {
    /// All that is as sure as this.
    pub(super) fn of(certainty: Certainty) -> Self {
        Self { certainty, is_gone: &nothing }
    }

    fn may_take(&self, way: &Way) -> bool {
        way.certainty <= self.certainty && way.certainty() <= self.certainty && way.used(self.is_gone).is_some()
    }
}

/// How far each state is, and by which way one comes to it or on from it.
#[derive(Debug)]
pub(super) struct Distances {
    distances: Vec<u32>,
    ways: Vec<u32>,
}

const FAR: u32 = u32::MAX;

impl Distances {
    fn new(count: usize) -> Self {
        Self { distances: vec![FAR; count], ways: vec![FAR; count] }
    }

    pub(super) fn is_reached(&self, node: Node) -> bool {
        self.distance(node) != FAR
    }

    pub(super) fn distance(&self, node: Node) -> u32 {
        self.distances.get(node as usize).copied().unwrap_or(FAR)
    }

    fn way(&self, node: Node) -> Option<u32> {
        self.ways.get(node as usize).copied().filter(|way| *way != FAR)
    }

    fn shorten(&mut self, node: Node, distance: u32, way: u32) -> bool {
        if self.distance(node) <= distance {
            return false;
        }
        if let (Some(known), Some(by)) = (self.distances.get_mut(node as usize), self.ways.get_mut(node as usize)) {
            *known = distance;
            *by = way;
        }
        true
    }
}

/// In which direction is searched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

fn search(web: &Web, from: &[Node], terms: Terms<'_>, direction: Direction) -> Distances {
    let mut distances = Distances::new(web.len());
    let mut waiting: VecDeque<(Node, u32)> = VecDeque::new();
    for &node in from {
        if distances.shorten(node, 0, FAR) {
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
            if distances.distance(next) <= total || !terms.may_take(way) {
                return;
            }
            distances.shorten(next, total, number);
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
