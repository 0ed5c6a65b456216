//! What is kept on the way: what one has written into a role, to which somebody is bound whom one becomes, and what one
//! holds of a technique of two requests, of which another is made as somebody else.
//!
//! A request is made as one identity, so that what is looked at with one request has to be held by one. What is kept is
//! followed through a copy of that part of the web which lies between those who have it and those to whom it is worth
//! something.

use std::collections::{BTreeMap, BTreeSet};

use super::combos::{Combo, Selected};
use super::gains::Gains;
use super::holdings::{Holding, Settled};
use super::proof::How;
use super::state::{State, Thread, Written};
use super::technique::{Certainty, Need, Technique};
use super::web::{Node, Support, Way, Web};

/// A part of a technique that somebody holds.
#[derive(Clone, Debug)]
struct Part {
    node: Node,
    takes: Vec<Vec<Support>>,
}

/// The parts of one request, by where they are held.
type Parts<'a> = BTreeMap<Option<&'a str>, Vec<Part>>;

/// A beginning or an end of a thread: where, what comes of it, and what it takes.
type Tied = (Thread, Node, Option<State>, Vec<Vec<Support>>);

/// Where parts of one technique meet in more places, those that are held in the whole cluster are looked at only where
/// both are: it would take too long otherwise.
const MOST_PLACES: usize = 64;

/// Who comes to more states than these needs no part of a technique to come to much, and it would take too long to look.
const MOST_STATES: usize = 2_000;

/// What is kept on the way, and by whom.
#[derive(Debug, Default)]
pub(super) struct Threads<'a> {
    written: BTreeMap<Written, Vec<Way>>,
    /// By the numbers of the technique and of the request.
    parts: BTreeMap<(usize, usize), Parts<'a>>,
    /// The ways that were copied, and those that begin and end with each thread.
    copied: BTreeSet<(Thread, u32)>,
    tied: BTreeSet<Tied>,
}

/// Where a thread ends, and what comes of it there.
struct End {
    way: Way,
    state: State,
}

impl<'a> Threads<'a> {
    /// Keeps that somebody can write into roles.
    pub(super) fn write(&mut self, written: Written, way: Way) {
        self.written.entry(written).or_default().push(way);
    }

    /// Keeps what somebody holds of techniques of two requests without holding all of it.
    pub(super) fn hold(&mut self, techniques: &[&'static Technique], settled: &Settled<'a>, node: Node) {
        for (&number, held) in settled {
            let Some(technique) = techniques.get(number).filter(|it| requests(it.needs).len() == 2) else { continue };
            let places = held.iter().map(|holding| holding.namespace.filter(|_| !technique.is_of_cluster()));
            for place in places.collect::<BTreeSet<_>>() {
                let all = requests(technique.needs).into_iter().map(|needs| taken(held, &needs, place));
                let (request, takes) = match all.collect::<Vec<_>>().as_slice() {
                    [Some(takes), None] => (0, takes.clone()),
                    [None, Some(takes)] => (1, takes.clone()),
                    _ => continue,
                };
                let of_request = self.parts.entry((number, request)).or_default();
                of_request.entry(place).or_default().push(Part { node, takes });
            }
        }
    }

    /// Adds to a web what comes of all that is kept, and returns the states that are new.
    pub(super) fn follow(
        &mut self,
        web: &mut Web,
        gains: &Gains<'a>,
        techniques: &[&'static Technique],
    ) -> Vec<(State, Node)> {
        let mut new = Vec::new();
        for (written, starts) in self.written.clone() {
            let holders = gains.holders(&written).into_iter();
            let ends: Vec<_> = holders
                .filter_map(|(who, state)| {
                    let from = web.find(&State::Subject(who))?;
                    Some(End { way: way(from, How::Holds, Vec::new()), state })
                })
                .collect();
            self.tie(web, &Thread::Written(written), (&starts, &ends), &mut new);
        }
        let mut narrow: BTreeMap<Node, bool> = BTreeMap::new();
        for ((number, request), parts) in self.parts.clone() {
            let others = self.parts.get(&(number, 1 - request)).cloned().unwrap_or_default();
            let Some(&technique) = techniques.get(number) else { continue };
            let places = met(&parts, &others);
            let takes_all = places.len() <= MOST_PLACES;
            for place in places {
                let there = |parts: &Parts<'a>| of_place(parts, place, takes_all);
                let starts = there(&parts).into_iter().filter(|part| is_narrow(web, part.node, &mut narrow));
                let starts: Vec<_> = starts.map(|it| way(it.node, How::Part, it.takes)).collect();
                let over = Selected { name: None, takes: Vec::new() };
                let states = gains.states(&Combo { technique, place, takes: Vec::new() }, &over, &[]);
                let ends: Vec<_> = there(&others).iter().flat_map(|part| ends(part, technique, &states)).collect();
                let thread = Thread::Part { technique: number, request, place: place.map(str::to_owned) };
                self.tie(web, &thread, (&starts, &ends), &mut new);
            }
        }
        new
    }

    /// Copies what lies between the beginnings and the ends of a thread.
    fn tie(&mut self, web: &mut Web, thread: &Thread, (starts, ends): (&[Way], &[End]), new: &mut Vec<(State, Node)>) {
        let [from, to] = [starts.iter().map(|way| way.from).collect(), ends.iter().map(|end| end.way.from).collect()]
            .map(|nodes: BTreeSet<Node>| nodes.into_iter().collect::<Vec<_>>());
        if from.is_empty() || to.is_empty() {
            return;
        }
        let between = between(web, &from, &to);
        let ways = between.iter().flat_map(|&node| web.ways_from(node));
        let ways: Vec<_> =
            ways.filter(|(_, way)| between.contains(&way.to)).map(|(number, way)| (number, way.clone())).collect();
        let with = |web: &mut Web, node: Node| {
            let state = web.state(node).cloned().unwrap_or(State::ClusterAdmin);
            web.node(State::With(Box::new(state), thread.clone())).0
        };
        for (number, way) in ways {
            if self.copied.insert((thread.clone(), number)) {
                let (from, to) = (with(web, way.from), with(web, way.to));
                web.add(Way { from, to, ..way });
            }
        }
        for start in starts.iter().filter(|way| between.contains(&way.from)) {
            if self.tied.insert((thread.clone(), start.from, None, start.takes.clone())) {
                let to = with(web, start.from);
                web.add(Way { to, ..start.clone() });
            }
        }
        for End { way, state } in ends.iter().filter(|end| between.contains(&end.way.from)) {
            if self.tied.insert((thread.clone(), way.from, Some(state.clone()), way.takes.clone())) {
                let (to, is_new) = web.node(state.clone());
                new.extend(is_new.then(|| (state.clone(), to)));
                let certainty = match way.how {
                    How::Technique(technique) => technique.certainty,
                    _ => Certainty::Certain,
                };
                let from = with(web, way.from);
                web.add(Way { from, to, certainty, ..way.clone() });
            }
        }
    }
}

/// All states on ways from some to others.
fn between(web: &Web, from: &[Node], to: &[Node]) -> BTreeSet<Node> {
    let ahead = ahead(web, from, usize::MAX);
    let ends: Vec<_> = to.iter().copied().filter(|node| ahead.contains(node)).collect();
    let next = |node| web.ways_to(node).map(|(_, way)| way.from).filter(|next| ahead.contains(next));
    spread(&ends, next, usize::MAX)
}

/// Whether somebody comes to so little that it is looked what may come of what they keep.
fn is_narrow(web: &Web, node: Node, known: &mut BTreeMap<Node, bool>) -> bool {
    *known.entry(node).or_insert_with(|| ahead(web, &[node], MOST_STATES).len() <= MOST_STATES)
}

/// All that is come to from some states, or the first of it.
fn ahead(web: &Web, from: &[Node], most: usize) -> BTreeSet<Node> {
    let is_plain = |node: &Node| !matches!(web.state(*node), Some(State::With(..)));
    let next = |node| web.ways_from(node).map(|(_, way)| way.to).filter(is_plain);
    spread(from, next, most)
}

/// All that is come to, step by step, until it is more than enough: one step may lead to everybody.
fn spread<N: Iterator<Item = Node>>(from: &[Node], next: impl Fn(Node) -> N, most: usize) -> BTreeSet<Node> {
    let mut reached: BTreeSet<Node> = from.iter().copied().collect();
    let mut waiting = from.to_vec();
    while let Some(node) = waiting.pop().filter(|_| reached.len() <= most) {
        let room = most.saturating_sub(reached.len()).saturating_add(1);
        waiting.extend(next(node).filter(|next| reached.insert(*next)).take(room));
    }
    reached
}

/// Where parts of both requests are held.
fn met<'a>(parts: &Parts<'a>, others: &Parts<'a>) -> BTreeSet<Option<&'a str>> {
    let is_met =
        |place: Option<&str>| [parts, others].iter().all(|it| it.contains_key(&place) || it.contains_key(&None));
    parts.keys().chain(others.keys()).copied().filter(|place| is_met(*place)).collect()
}

/// The parts that are held in a place, with those of the whole cluster or without.
fn of_place<'a>(parts: &Parts<'a>, place: Option<&'a str>, takes_all: bool) -> Vec<Part> {
    let of_cluster = parts.get(&None).filter(|_| takes_all && place.is_some());
    parts.get(&place).into_iter().chain(of_cluster).flatten().cloned().collect()
}

/// What comes of a part where somebody has the other.
fn ends(part: &Part, technique: &'static Technique, states: &[State]) -> Vec<End> {
    let end = |state: &State| {
        let way = way(part.node, How::Technique(technique), part.takes.clone());
        End { way, state: state.clone() }
    };
    states.iter().map(end).collect()
}

/// A way without an end.
fn way(from: Node, how: How, takes: Vec<Vec<Support>>) -> Way {
    Way { from, to: from, how, certainty: Certainty::Certain, caveat: "", takes }
}

/// The needs of each request, with their numbers.
fn requests(needs: &'static [Need]) -> Vec<Vec<(usize, &'static Need)>> {
    let mut requests: Vec<Vec<_>> = Vec::new();
    for (number, need) in needs.iter().enumerate() {
        match requests.last_mut() {
            Some(request) if need.is_same_request => request.push((number, need)),
            _ => requests.push(vec![(number, need)]),
        }
    }
    requests
}

/// What fulfils all needs of a request; `None` where nothing does one of them.
fn taken(held: &[Holding<'_>], needs: &[(usize, &Need)], place: Option<&str>) -> Option<Vec<Vec<Support>>> {
    needs.iter().map(|(number, need)| supports(held, (*number, need), place)).collect()
}

/// What fulfils a need for certain, by itself; `None` where nothing does.
fn supports(held: &[Holding<'_>], (number, need): (usize, &Need), place: Option<&str>) -> Option<Vec<Support>> {
    let counting = held.iter().filter(|it| it.need == number && it.counts(need, place));
    let plain = counting.filter(|it| it.with.is_none() && it.caveat.is_empty());
    Some(plain.map(|holding| holding.support).collect::<Vec<_>>()).filter(|any| !any.is_empty())
}
