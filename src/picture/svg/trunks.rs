//! Where edges run that go far up or down: those of one box share a line, as branches share a trunk.

use std::collections::{BTreeMap, BTreeSet};

use super::order::real;
use super::place::Plan;
use super::sketch::{Route, Sketch};

/// Edges that go farther up or down than this would be too steep as curves.
const FAR: f64 = 130.0;
/// The part of the room between columns that trunks stay away from, on either side.
const RIM: f64 = 0.28;

/// How far to the right the trunk of each step of an edge is. Steps that do not go far have none.
pub(super) type Trunks = BTreeMap<(usize, usize), f64>;

/// The trunks of all edges.
pub(super) fn trunks(sketch: &Sketch<'_>, plan: &Plan) -> Trunks {
    let mut trunks = Trunks::new();
    for column in 0..sketch.columns.len() {
        let far: BTreeSet<_> =
            sketch.routes.iter().flat_map(Route::steps).filter(|&step| is_far(sketch, column, step)).collect();
        let mut hubs: Vec<_> = far.iter().map(|&step| hub(sketch, step)).collect();
        hubs.sort_by(|&a, &b| sketch.y(a).total_cmp(&sketch.y(b)).then(a.cmp(&b)));
        hubs.dedup();
        let (left, right) = (plan.band(column).right, plan.band(column + 1).left);
        for step in far {
            let number = hubs.iter().position(|&known| known == hub(sketch, step)).unwrap_or_default();
            let part = RIM + (1.0 - 2.0 * RIM) * (real(number) + 0.5) / real(hubs.len().max(1));
            trunks.insert(step, left + (right - left) * part);
        }
    }
    trunks
}

fn is_far(sketch: &Sketch<'_>, column: usize, (from, to): (usize, usize)) -> bool {
    let forward = sketch.column(from) == column && sketch.column(to) == column + 1;
    forward && (sketch.y(from) - sketch.y(to)).abs() > FAR
}

/// The end of a step whose trunk it shares: the one with more edges.
fn hub(sketch: &Sketch<'_>, (from, to): (usize, usize)) -> usize {
    let leaving = sketch.slots.get(from).map_or(0, |slot| slot.after.len());
    let arriving = sketch.slots.get(to).map_or(0, |slot| slot.before.len());
    if leaving > arriving { from } else { to }
}
