//! Tests of the layout.

use std::ops::Range;

use proptest::prelude::*;

use super::*;
use crate::graph::{EdgeKind, Identity, State, WorkloadKind};

/// A rectangle, as the lengths that it covers.
#[derive(Clone, Debug)]
struct Area {
    x: Range<f64>,
    y: Range<f64>,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        let meet = |a: &Range<f64>, b: &Range<f64>| a.start < b.end && b.start < a.end;
        meet(&self.x, &other.x) && meet(&self.y, &other.y)
    }

    fn contains(&self, other: &Self) -> bool {
        let contains = |a: &Range<f64>, b: &Range<f64>| a.start <= b.start && b.end <= a.end;
        contains(&self.x, &other.x) && contains(&self.y, &other.y)
    }
}

fn laid_out(graph: &Graph) -> (Sketch<'_>, place::Plan) {
    let mut sketch = Sketch::new(graph);
    order::untangle(&mut sketch);
    let heights = rows::settle(&mut sketch);
    let columns = place::bands(&sketch, place::FRAME_PADDING);
    let plan = place::place(&mut sketch, &heights, columns, 0.0);
    (sketch, plan)
}

/// The room that each slot takes: a box, or the line of what passes by.
fn areas(sketch: &Sketch<'_>, plan: &place::Plan) -> Vec<Area> {
    let area = |slot: &sketch::Slot<'_>| {
        let (band, half) = (plan.band(slot.column), rows::half(slot).max(1.0));
        Area { x: band.left..band.right, y: slot.y - half..slot.y + half }
    };
    sketch.slots.iter().map(area).collect()
}

fn check(graph: &Graph) -> Result<(), TestCaseError> {
    let (sketch, plan) = laid_out(graph);
    let areas = areas(&sketch, &plan);
    for (number, area) in areas.iter().enumerate() {
        for other in &areas[number + 1..] {
            prop_assert!(!area.meets(other), "{:?} and {:?}", area, other);
        }
    }
    let frames: Vec<_> =
        plan.frames.iter().map(|frame| Area { x: frame.left..frame.right, y: frame.top..frame.bottom }).collect();
    for (number, frame) in frames.iter().enumerate() {
        for other in &frames[number + 1..] {
            prop_assert!(!frame.meets(other), "{:?} and {:?}", frame, other);
        }
        let lane = plan.frames[number].lane;
        for (slot, area) in sketch.slots.iter().zip(&areas).filter(|(slot, _)| slot.node.is_some()) {
            let inside = if slot.lane == lane { frame.contains(area) } else { !frame.meets(area) };
            prop_assert!(inside, "{:?} and {:?}", frame, area);
        }
    }
    Ok(())
}

fn identity() -> impl Strategy<Value = Identity> {
    let namespace = prop::sample::select(vec!["a", "b", "c", "d"]);
    (0..8_u8, namespace, 0..6_u8).prop_map(|(kind, namespace, number)| {
        let name = format!("name-{number}");
        match kind {
            0 => Identity::workload(WorkloadKind::Deployment, namespace, name),
            1 => Identity::service_account(namespace, name),
            2 => Identity::User(name),
            3 => Identity::Group(name),
            4 => Identity::role_binding(namespace, name),
            5 => Identity::cluster_role_binding(name),
            6 => Identity::role(namespace, name),
            _ => Identity::cluster_role(name),
        }
    })
}

/// Any graph whatever, sensible or not.
fn graph() -> impl Strategy<Value = Graph> {
    let kind = prop::sample::select(vec![
        EdgeKind::RunsAs,
        EdgeKind::MemberOf,
        EdgeKind::BoundBy,
        EdgeKind::RefersTo,
        EdgeKind::Aggregates,
    ]);
    let edges = prop::collection::vec((identity(), kind, identity()), 0..60);
    (edges, prop::collection::vec(identity(), 0..10)).prop_map(|(edges, nodes)| {
        let mut graph = Graph::default();
        for (from, kind, to) in edges {
            graph.connect(from, kind, to);
        }
        for node in nodes {
            graph.add(node, State::Found);
        }
        graph
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn nothing_stands_upon_anything_else(graph in graph()) {
        check(&graph)?;
        let mut out = Vec::new();
        Svg.write(&graph, &mut out).unwrap();
        roxmltree::Document::parse(std::str::from_utf8(&out).unwrap()).unwrap();
    }
}

#[test]
fn a_chain_is_one_straight_line() {
    let mut graph = Graph::default();
    let chain = [
        Identity::workload(WorkloadKind::Deployment, "ns", "web"),
        Identity::service_account("ns", "web"),
        Identity::cluster_role_binding("web"),
        Identity::cluster_role("web"),
    ];
    let kinds = [EdgeKind::RunsAs, EdgeKind::BoundBy, EdgeKind::RefersTo];
    for (ends, kind) in chain.windows(2).zip(kinds) {
        graph.connect(ends[0].clone(), kind, ends[1].clone());
    }
    let (sketch, plan) = laid_out(&graph);
    assert!(sketch.slots.iter().all(|slot| (slot.y - sketch.slots[0].y).abs() < 0.1), "{sketch:?}");
    assert_eq!(sketch.columns.len(), 4, "columns without nodes are left out");
    let frame = plan.frames[0];
    assert!(frame.right < plan.band(2).left, "what belongs to the whole cluster is not in the namespace");
}

#[test]
fn namespaces_without_anything_are_outlines() {
    let mut graph = Graph::default();
    for name in ["a", "b"] {
        graph.add(Identity::Namespace(name.to_owned()), State::Found);
    }
    check(&graph).unwrap();
    let (_, plan) = laid_out(&graph);
    assert_eq!(plan.frames.len(), 2);
    assert!(plan.frames.iter().all(|frame| frame.left >= 0.0 && frame.right - frame.left > 100.0), "{plan:?}");
}

#[test]
fn roles_stand_behind_whatever_takes_them_in() {
    let mut graph = Graph::default();
    let role = |name: &str| Identity::cluster_role(name);
    graph.connect(Identity::cluster_role_binding("b"), EdgeKind::RefersTo, role("view"));
    for (from, to) in [("admin", "edit"), ("edit", "view"), ("admin", "view"), ("x", "y"), ("y", "x")] {
        graph.connect(role(from), EdgeKind::Aggregates, role(to));
    }
    let (sketch, _) = laid_out(&graph);
    let column = |name: &str| {
        let is = |slot: &&sketch::Slot<'_>| slot.node.is_some_and(|node| node.identity == role(name));
        sketch.slots.iter().find(is).unwrap().column
    };
    assert_eq!(["admin", "edit", "view"].map(column), [1, 2, 3]);
    assert_eq!(column("x"), column("y"));
}

#[test]
fn nothing_comes_from_elsewhere_and_nothing_runs() {
    let mut graph = Graph::default();
    graph.connect(Identity::User("u".to_owned()), EdgeKind::BoundBy, Identity::cluster_role_binding("b"));
    let mut out = Vec::new();
    Svg.write(&graph, &mut out).unwrap();
    let svg = String::from_utf8(out).unwrap();
    assert!(svg.contains("prefers-color-scheme: dark"));
    for word in ["<script", "href", "url(", "@import", "<image", "foreignObject", "onload"] {
        assert!(!svg.contains(word), "{word}");
    }
    assert_eq!(svg.matches("http").count(), 1, "the namespace of SVG alone");
}
