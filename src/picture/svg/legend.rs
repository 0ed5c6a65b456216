//! What the signs of the picture mean. Only those that are in it are explained.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::px::Px;
use super::sketch::Sketch;
use super::text::width;
use crate::graph::{EdgeKind, Graph, Identity, Node, State};
use crate::picture::look::look;

const TEXT_SIZE: f64 = 10.0;
const ROW: f64 = 20.0;
const GAP: f64 = 16.0;

/// A sign and what it means.
struct Entry {
    sign: Sign,
    meaning: &'static str,
}

/// What an entry shows.
enum Sign {
    /// The mark of a kind of node.
    Mark(&'static str),
    /// A box.
    Box(&'static str),
    /// The outline of a namespace.
    Frame(&'static str),
    /// A line.
    Edge(&'static str),
}

/// The legend in rows of at most a width, and its height.
pub(super) fn legend(graph: &Graph, sketch: &Sketch<'_>, left: f64, top: f64, room: f64) -> (String, f64) {
    let nodes: Vec<&Node> = sketch.slots.iter().filter_map(|slot| slot.node).collect();
    let mut states_and_edges = states(&nodes, graph);
    states_and_edges.extend(edges(graph));
    let mut drawn = String::new();
    let mut y = top;
    for entries in [kinds(&nodes), states_and_edges] {
        let mut x = left;
        for entry in &entries {
            let taken = entry.sign.width() + width(entry.meaning, TEXT_SIZE);
            if x > left && x + taken > left + room {
                (x, y) = (left, y + ROW);
            }
            draw(entry, x, y, &mut drawn);
            x += taken + GAP;
        }
        y += if entries.is_empty() { 0.0 } else { ROW };
    }
    (drawn, y - top)
}

impl Sign {
    /// How far from a sign its meaning stands.
    fn width(&self) -> f64 {
        match self {
            Self::Mark(_) => 8.0,
            Self::Box(_) | Self::Frame(_) => 22.0,
            Self::Edge(_) => 24.0,
        }
    }
}

fn draw(entry: &Entry, x: f64, y: f64, drawn: &mut String) {
    let (left, top) = (Px(x), Px(y));
    let sign = match entry.sign {
        Sign::Mark(class) => {
            let mark = format!("x=\"{left}\" y=\"{top}\" width=\"3\" height=\"12\" rx=\"1.5\"");
            format!("<g class=\"{class}\"><rect class=\"mark\" {mark}/></g>")
        }
        Sign::Box(class) => {
            let outline = format!("x=\"{left}\" y=\"{top}\" width=\"17\" height=\"12\" rx=\"3\"");
            format!("<g class=\"{class}\"><rect class=\"box\" {outline}/></g>")
        }
        Sign::Frame(class) => {
            let outline = format!("x=\"{left}\" y=\"{top}\" width=\"17\" height=\"12\" rx=\"4\"");
            format!("<g class=\"{class}\"><rect {outline}/></g>")
        }
        Sign::Edge(class) => {
            let (line, head) =
                (format!("M{left} {}h18", Px(y + 6.0)), format!("M{} {}l5 3.5l-5 3.5", Px(x + 13.0), Px(y + 2.5)));
            format!("<g class=\"edge {class}\"><path d=\"{line}\"/><path class=\"head\" d=\"{head}\"/></g>")
        }
    };
    let (x, y, meaning) = (Px(x + entry.sign.width()), Px(y + 9.5), entry.meaning);
    // Writing to a string cannot fail.
    let _ = writeln!(drawn, "{sign}<text class=\"legend\" x=\"{x}\" y=\"{y}\">{meaning}</text>");
}

fn kinds(nodes: &[&Node]) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let entry = |node: &&Node| {
        let class = look(&node.identity).class;
        let workload = matches!(node.identity, Identity::Workload { .. });
        let meaning = if workload { "workload" } else { node.identity.kind() };
        seen.insert(class).then_some(Entry { sign: Sign::Mark(class), meaning })
    };
    nodes.iter().filter_map(entry).collect()
}

fn states(nodes: &[&Node], graph: &Graph) -> Vec<Entry> {
    let namespaces = |missing: bool| {
        let mut namespaces = graph.nodes().filter(|node| matches!(node.identity, Identity::Namespace(_)));
        namespaces.any(|node| (node.state == State::Missing) == missing)
    };
    let has = |state| nodes.iter().any(|node| node.state == state);
    let entries = [
        (namespaces(false), Sign::Frame("frame"), "namespace"),
        (namespaces(true), Sign::Frame("frame missing"), "namespace in no file"),
        (has(State::BuiltIn), Sign::Box("builtin"), "part of every cluster"),
        (has(State::Unreadable), Sign::Box("unreadable"), "unreadable"),
        (has(State::Missing), Sign::Box("missing"), "named, but in no file"),
    ];
    only_shown(entries)
}

fn edges(graph: &Graph) -> Vec<Entry> {
    let edges = graph.edges();
    let of_kind = |kind: EdgeKind| edges.iter().any(|edge| edge.kind == kind);
    let bound = |wide: bool| {
        let is_bound = |to: &Identity| matches!(to, Identity::Binding { namespace, .. } if namespace.is_none() == wide);
        edges.iter().any(|edge| is_bound(edge.to))
    };
    let entries = [
        (of_kind(EdgeKind::RunsAs), Sign::Edge("runs"), "runs as"),
        (of_kind(EdgeKind::MemberOf), Sign::Edge("member"), "is in a group"),
        (bound(false), Sign::Edge("within"), "gets in one namespace"),
        (bound(true), Sign::Edge("wide"), "gets in the whole cluster"),
        (of_kind(EdgeKind::Aggregates), Sign::Edge("takes"), "takes in the rules of"),
        (edges.iter().any(|edge| matches!(edge.kind, EdgeKind::ComesTo(_))), Sign::Edge("comes"), "comes to by"),
    ];
    only_shown(entries)
}

fn only_shown<const N: usize>(entries: [(bool, Sign, &'static str); N]) -> Vec<Entry> {
    let shown = entries.into_iter().filter(|(shown, ..)| *shown);
    shown.map(|(_, sign, meaning)| Entry { sign, meaning }).collect()
}
