//! Ways through the web: those that depend on least, and of those the shortest.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

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
    /// Which ways are left out in any case.
    pub(super) kind: Kind,
}

/// Which ways are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// None.
    Any,
    /// Those that pick a namespace of all of them.
    Local,
    /// Those by which something is done.
    Held,
}

/// Nothing is gone.
pub(super) fn nothing(_: &Support) -> bool {
    false
}

impl Terms<'_> {
    /// All that is as sure as this or surer.
    pub(super) fn of(certainty: Certainty) -> Self {
        Self { certainty, is_gone: &nothing, kind: Kind::Any }
    }

    /// The same, where no namespace is picked of all of them.
    pub(super) fn local(certainty: Certainty) -> Self {
        Self { kind: Kind::Local, ..Self::of(certainty) }
    }

    /// What is had without anything being done.
    pub(super) fn held() -> Self {
        Self { kind: Kind::Held, ..Self::of(Certainty::Conditional) }
    }

    fn may_take(&self, web: &Web, way: &Way) -> bool {
        way.certainty <= self.certainty
            && way.is_there(self.is_gone)
            && match self.kind {
                Kind::Any => true,
                Kind::Local => way.how != How::OneOf || !web.state(way.from).is_some_and(State::is_of_all),
                Kind::Held => is_held(way),
            }
    }
}

/// How far something is: how much of the way depends on something, the gravest first, and how many things are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Distance {
    by_environment: u16,
    by_definition: u16,
    by_admission: u16,
    length: u16,
}

impl Distance {
    /// As far as this, and by one way more.
    fn and(mut self, way: &Way) -> Self {
        match way.certainty {
            Certainty::Certain => {}
            Certainty::Admission => self.by_admission = self.by_admission.saturating_add(1),
            Certainty::Conditional => self.by_definition = self.by_definition.saturating_add(1),
            Certainty::Environment => self.by_environment = self.by_environment.saturating_add(1),
        }
        self.length = self.length.saturating_add(way.length());
        self
    }

    /// How sure it is to get there.
    pub(super) fn certainty(self) -> Certainty {
        match self {
            Self { by_environment: 1.., .. } => Certainty::Environment,
            Self { by_definition: 1.., .. } => Certainty::Conditional,
            Self { by_admission: 1.., .. } => Certainty::Admission,
            Self { .. } => Certainty::Certain,
        }
    }
}

/// How far each state is, and by which way one comes to it or on from it.
#[derive(Debug, Default)]
pub(super) struct Distances {
    reached: HashMap<Node, (Distance, Option<u32>), foldhash::fast::RandomState>,
    /// The states that are reached, in the order in which they were come to.
    order: Vec<Node>,
}

impl Distances {
    pub(super) fn is_reached(&self, node: Node) -> bool {
        self.reached.contains_key(&node)
    }

    pub(super) fn distance(&self, node: Node) -> Option<Distance> {
        self.reached.get(&node).map(|(distance, _)| *distance)
    }

    fn way(&self, node: Node) -> Option<u32> {
        self.reached.get(&node).and_then(|(_, way)| *way)
    }

    fn reach(&mut self, node: Node, distance: Distance, way: Option<u32>) {
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

fn search(
    web: &Web,
    from: &[Node],
    (terms, direction): (Terms<'_>, Direction),
    is_enough: &dyn Fn(Node) -> bool,
) -> Distances {
    let mut distances = Distances::default();
    let mut waiting = BinaryHeap::new();
    for &node in from {
        distances.reach(node, Distance::default(), None);
        waiting.push(Reverse((Distance::default(), 0, node)));
    }
    while let Some(Reverse((distance, _, node))) = waiting.pop() {
        if distances.distance(node).is_some_and(|known| known < distance) {
            continue;
        }
        if is_enough(node) {
            break;
        }
        let mut take = |(number, way): (u32, &Way)| {
            let next = if direction == Direction::Forward { way.to } else { way.from };
            let total = distance.and(way);
            let is_nearer = distances.distance(next).is_none_or(|known| total < known);
            if is_nearer && terms.may_take(web, way) {
                // Of what is equally far, what was come to first goes on first.
                let turn = distances.order.len();
                distances.reach(next, total, Some(number));
                waiting.push(Reverse((total, turn, next)));
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
    search(web, from, (terms, Direction::Forward), &|_| false)
}

/// All from where a state can be reached.
pub(super) fn backward(web: &Web, to: Node, terms: Terms<'_>) -> Distances {
    search(web, &[to], (terms, Direction::Backward), &|_| false)
}

/// The nearest of some states from where a state can be reached, with all that is nearer.
pub(super) fn nearest(web: &Web, to: Node, terms: Terms<'_>, from: &BTreeSet<Node>) -> Option<(Node, Distances)> {
    let nearest = Cell::new(None);
    let is_enough = |node: Node| {
        let is_one = from.contains(&node);
        nearest.set(is_one.then_some(node));
        is_one
    };
    let distances = search(web, &[to], (terms, Direction::Backward), &is_enough);
    Some((nearest.get()?, distances))
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
