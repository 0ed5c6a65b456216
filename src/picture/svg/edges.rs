//! The lines of edges.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::order::real;
use super::place::{Band, CAPTION_SIZE, DEED_GAP, Plan};
use super::px::Px;
use super::rows::BOX;
use super::sketch::{Route, Sketch};
use super::text::elided;
use super::trunks::{Trunks, trunks};
use crate::graph::{EdgeKind, Identity, Node, State};
use crate::report::xml;

/// How far apart edges begin and end that share a box.
const PORT_GAP: f64 = 5.0;
/// How far an edge swings out that comes back to its own column.
const SWING: f64 = 30.0;
/// How round the corners of a line are that runs along a trunk.
const CORNER: f64 = 16.0;

/// What is done to come to each box.
type Labels = BTreeMap<usize, BTreeSet<&'static str>>;

/// How far from the middle of its ends each step of an edge begins and ends.
type Ports = BTreeMap<(usize, usize), (f64, f64)>;

/// All edges.
pub(super) fn edges(sketch: &Sketch<'_>, plan: &Plan) -> String {
    let lines = Lines { sketch, plan, ports: ports(sketch), trunks: trunks(sketch, plan) };
    let mut drawn = String::new();
    let mut labels = Labels::new();
    for route in &sketch.routes {
        let Some((from, to)) = route.ends() else { continue };
        let nodes = [from, to].map(|end| sketch.slots.get(end).and_then(|slot| slot.node));
        let [Some(from), Some(to)] = nodes else { continue };
        let title = format!("{} {} {}", from.identity, route.kind.verb(), to.identity);
        // Writing to a string cannot fail.
        let _ = writeln!(
            drawn,
            "<g class=\"edge {}\"><title>{}</title>{}</g>",
            class(route.kind, from, to),
            xml(&title),
            lines.line(route),
        );
        if let (EdgeKind::ComesTo(how), Some(&to)) = (route.kind, route.slots.last()) {
            labels.entry(to).or_default().insert(how);
        }
    }
    for (to, words) in labels {
        lines.label(to, &words, &mut drawn);
    }
    drawn
}

/// What an edge looks like: what it hands out in one namespace or in the whole cluster is not the same.
fn class(kind: EdgeKind, from: &Node, to: &Node) -> &'static str {
    if from.state == State::Missing || to.state == State::Missing {
        return "dangling";
    }
    let wide = |binding: &Node| matches!(binding.identity, Identity::Binding { namespace: None, .. });
    match kind {
        EdgeKind::RunsAs => "runs",
        EdgeKind::MemberOf => "member",
        EdgeKind::BoundBy if wide(to) => "wide",
        EdgeKind::RefersTo if wide(from) => "wide",
        EdgeKind::BoundBy | EdgeKind::RefersTo => "within",
        EdgeKind::Aggregates => "takes",
        EdgeKind::ComesTo(_) => "comes",
    }
}

/// Spreads the edges of each box over its sides, in the order of where they lead.
fn ports(sketch: &Sketch<'_>) -> Ports {
    let mut ports = Ports::new();
    for (number, slot) in sketch.slots.iter().enumerate().filter(|(_, slot)| slot.node.is_some()) {
        for (neighbour, offset) in spread(sketch, &slot.after) {
            ports.entry((number, neighbour)).or_default().0 = offset;
        }
        for (neighbour, offset) in spread(sketch, &slot.before) {
            ports.entry((neighbour, number)).or_default().1 = offset;
        }
    }
    ports
}

fn spread(sketch: &Sketch<'_>, neighbours: &[usize]) -> Vec<(usize, f64)> {
    let mut neighbours = neighbours.to_vec();
    neighbours.sort_by(|&a, &b| sketch.y(a).total_cmp(&sketch.y(b)));
    let gap = PORT_GAP.min((BOX - 12.0) / real(neighbours.len().max(1)));
    let first = -gap * real(neighbours.len().saturating_sub(1)) / 2.0;
    neighbours.into_iter().enumerate().map(|(number, neighbour)| (neighbour, first + gap * real(number))).collect()
}

/// All that decides where edges run.
struct Lines<'s> {
    sketch: &'s Sketch<'s>,
    plan: &'s Plan,
    ports: Ports,
    trunks: Trunks,
}

impl Lines<'_> {
    /// The line of an edge, and the head of an arrow at its end.
    fn line(&self, route: &Route) -> String {
        let mut line = String::new();
        let mut end = 0.0;
        for (number, (from, to)) in route.steps().enumerate() {
            let (leaving, arriving) = self.ports.get(&(from, to)).copied().unwrap_or_default();
            let start = self.sketch.y(from) + leaving;
            end = self.sketch.y(to) + arriving;
            let (left, right) = (self.band(from), self.band(to));
            if self.sketch.column(from) >= self.sketch.column(to) {
                return back(left, right, start, end);
            }
            // Straight through the column that it only passes.
            let first =
                if number == 0 { format!("M{} {}", Px(left.right), Px(start)) } else { format!("H{}", Px(left.right)) };
            line += &first;
            line += &match self.trunks.get(&(from, to)) {
                Some(&trunk) => along(trunk, left.right, right.left, start, end),
                None => curve(f64::midpoint(left.right, right.left), right.left, start, end),
            };
        }
        let right = route.slots.last().map_or(0.0, |&to| self.band(to).left);
        format!("<path d=\"{line}\"/><path class=\"head\" d=\"M{} {}l5 3.5l-5 3.5\"/>", Px(right - 5.0), Px(end - 3.5))
    }

    /// What is done to come to a box, before it and above the lines.
    fn label(&self, to: usize, words: &BTreeSet<&str>, drawn: &mut String) {
        let x = Px(self.band(to).left - 9.0);
        for (number, words) in words.iter().rev().enumerate() {
            let y = Px(self.sketch.y(to) - 8.0 - 11.0 * real(number));
            let words = xml(&elided(words, CAPTION_SIZE, DEED_GAP - 20.0));
            // Writing to a string cannot fail.
            let _ = writeln!(drawn, "<text class=\"deed\" text-anchor=\"end\" x=\"{x}\" y=\"{y}\">{words}</text>");
        }
    }

    fn band(&self, slot: usize) -> Band {
        self.plan.band(self.sketch.column(slot))
    }
}

/// A curve that begins and ends level.
fn curve(middle: f64, right: f64, start: f64, end: f64) -> String {
    format!("C{middle} {} {middle} {end} {} {end}", Px(start), Px(right), middle = Px(middle), end = Px(end))
}

/// A line that turns up or down to a trunk, and from there to its end.
fn along(trunk: f64, left: f64, right: f64, start: f64, end: f64) -> String {
    let turn = |room: f64| room.min(CORNER);
    let (first, second) = (turn(trunk - left), turn(right - trunk));
    let down = (end - start).signum();
    format!(
        "H{}Q{trunk} {start} {trunk} {}V{}Q{trunk} {end} {} {end}H{}",
        Px(trunk - first),
        Px(start + down * first),
        Px(end - down * second),
        Px(trunk + second),
        Px(right),
        trunk = Px(trunk),
        start = Px(start),
        end = Px(end),
    )
}

/// A line that leaves on the right and comes back from there.
fn back(from: Band, to: Band, start: f64, end: f64) -> String {
    let (start, end) = if (start - end).abs() < 1.0 { (start - 9.0, end + 9.0) } else { (start, end) };
    let (left, right, out) = (Px(from.right), Px(to.right), Px(from.right.max(to.right) + SWING));
    let line = format!("M{left} {start}C{out} {start} {out} {end} {right} {end}", start = Px(start), end = Px(end));
    format!("<path d=\"{line}\"/><path class=\"head\" d=\"M{} {}l-5 3.5l5 3.5\"/>", Px(to.right + 5.0), Px(end - 3.5))
}
