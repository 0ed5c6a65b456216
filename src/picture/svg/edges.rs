//! The lines of edges.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::order::real;
use super::place::{Band, Plan};
use super::rows::BOX;
use super::sketch::{Route, Sketch};
use super::xml::{Px, escaped};
use crate::graph::{EdgeKind, Identity, Node, State};

/// How far apart edges begin and end that share a box.
const PORT_GAP: f64 = 5.0;
/// How far an edge swings out that comes back to its own column.
const SWING: f64 = 30.0;

/// How far from the middle of its ends each step of an edge begins and ends.
type Ports = BTreeMap<(usize, usize), (f64, f64)>;

/// All edges.
pub(super) fn edges(sketch: &Sketch<'_>, plan: &Plan) -> String {
    let ports = ports(sketch);
    let mut drawn = String::new();
    for route in &sketch.routes {
        let Some((from, to)) = route.ends() else { continue };
        let nodes = [from, to].map(|end| sketch.slots.get(end).and_then(|slot| slot.node));
        let [Some(from), Some(to)] = nodes else { continue };
        let title = format!("{} {} {}", from.identity, route.kind.verb(), to.identity);
        // Writing to a string cannot fail.
        let _ = writeln!(
            drawn,
            "<path class=\"edge {}\" d=\"{}\"><title>{}</title></path>",
            class(route.kind, from, to),
            line(sketch, plan, &ports, route),
            escaped(&title),
        );
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

/// The line of an edge, with the head of an arrow at its end.
fn line(sketch: &Sketch<'_>, plan: &Plan, ports: &Ports, route: &Route) -> String {
    let mut line = String::new();
    for (number, (from, to)) in route.steps().enumerate() {
        let (start, end) = ports.get(&(from, to)).copied().unwrap_or_default();
        let (start, end) = (sketch.y(from) + start, sketch.y(to) + end);
        let (left, right) = (plan.band(sketch.column(from)), plan.band(sketch.column(to)));
        if sketch.column(from) >= sketch.column(to) {
            return back(left, right, start, end);
        }
        if number == 0 {
            let _ = write!(line, "M{} {}", Px(left.right), Px(start));
        } else {
            // Straight through the column that it passes.
            let _ = write!(line, "H{}", Px(left.right));
        }
        let bend = (right.left - left.right) / 2.0;
        let (first, second) = (Px(left.right + bend), Px(right.left - bend));
        let _ = write!(line, "C{first} {0} {second} {1} {2} {1}", Px(start), Px(end), Px(right.left));
    }
    line + "m-5 -3.5l5 3.5l-5 3.5"
}

/// A line that leaves on the right and comes back from there.
fn back(from: Band, to: Band, start: f64, end: f64) -> String {
    let (start, end) = if start == end { (start - 9.0, end + 9.0) } else { (start, end) };
    let out = from.right.max(to.right) + SWING;
    let line = format!("M{} {}C{out} {1} {out} {2} {3} {2}", Px(from.right), Px(start), Px(end), Px(to.right), out = Px(out));
    line + "m5 -3.5l-5 3.5l5 3.5"
}
