//! Where lanes and columns stand in the picture.

use super::order::real;
use super::sketch::{Sketch, Slot};
use super::text::width;
use crate::graph::EdgeKind;
use crate::picture::look::{caption, name};

/// The size of the text of names.
pub(super) const NAME_SIZE: f64 = 12.0;
/// The size of the text below names.
pub(super) const CAPTION_SIZE: f64 = 10.0;
/// The room in a box that is not for text.
pub(super) const BOX_PADDING: f64 = 24.0;
/// Names that are wider are cut.
const WIDEST_BOX: f64 = 290.0;
const NARROWEST_BOX: f64 = 120.0;
/// The room between a namespace's outline and its boxes.
pub(super) const FRAME_PADDING: f64 = 12.0;
/// The room for a namespace's name.
pub(super) const FRAME_HEADER: f64 = 26.0;
const LANE_GAP: f64 = 16.0;
/// The room between columns: a least, and more for every edge that goes through it.
const COLUMN_GAP: f64 = 64.0;
const WIDEST_COLUMN_GAP: f64 = 150.0;
/// The room between columns where what is done stands beside the edges.
pub(super) const DEED_GAP: f64 = 220.0;
const ROOM_PER_EDGE: f64 = 0.7;

/// A stretch of the width.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Band {
    pub(super) left: f64,
    pub(super) right: f64,
}

/// The outline of a namespace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) lane: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// Where everything is.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) columns: Vec<Band>,
    pub(super) frames: Vec<Frame>,
    pub(super) bottom: f64,
}

impl Plan {
    /// Where a column stands.
    pub(super) fn band(&self, column: usize) -> Band {
        self.columns.get(column).copied().unwrap_or_default()
    }
}

/// Gives every slot its place below a height, and every lane its own.
pub(super) fn place(sketch: &mut Sketch<'_>, heights: &[f64], columns: Vec<Band>, top: f64) -> Plan {
    let members = members(sketch);
    let mut skyline = vec![top; columns.len()];
    let mut plan = Plan { columns, frames: Vec::new(), bottom: top };
    for ((lane, slots), &height) in members.iter().enumerate().zip(heights) {
        let namespace = sketch.lanes.get(lane).is_some_and(|lane| lane.namespace.is_some());
        let (first, last) = extent(sketch, slots, false);
        let header = if namespace { FRAME_HEADER } else { 0.0 };
        let footer = if namespace { FRAME_PADDING } else { 0.0 };
        let free = skyline.iter().skip(first).take(last + 1 - first).copied().fold(top, f64::max);
        let wish = if namespace { None } else { wish(sketch, lane, slots) };
        let start = free.max(wish.unwrap_or(free)) + header;
        for &slot in slots {
            if let Some(slot) = sketch.slots.get_mut(slot) {
                slot.y = (slot.y + start).round();
            }
        }
        let bottom = (start + height).ceil() + footer;
        skyline.iter_mut().skip(first).take(last + 1 - first).for_each(|line| *line = bottom + LANE_GAP);
        plan.bottom = plan.bottom.max(bottom);
        if namespace {
            let (first, last) = extent(sketch, slots, true);
            let (first, last) = (plan.band(first), plan.band(last));
            let (left, right) = (first.left - FRAME_PADDING, last.right + FRAME_PADDING);
            plan.frames.push(Frame { lane, left, right, top: start - header, bottom });
        }
    }
    plan
}

/// The slots of each lane.
fn members(sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); sketch.lanes.len()];
    for (number, slot) in sketch.slots.iter().enumerate() {
        if let Some(members) = members.get_mut(slot.lane) {
            members.push(number);
        }
    }
    members
}

/// The first and the last column of some slots, or of those among them that are boxes.
fn extent(sketch: &Sketch<'_>, slots: &[usize], only_boxes: bool) -> (usize, usize) {
    let slots = slots.iter().filter_map(|&slot| sketch.slots.get(slot));
    let columns: Vec<_> = slots.filter(|slot| slot.node.is_some() || !only_boxes).map(|slot| slot.column).collect();
    (columns.iter().min().copied().unwrap_or_default(), columns.iter().max().copied().unwrap_or_default())
}

/// The top that brings a lane beside what is placed already and connected with it.
fn wish(sketch: &Sketch<'_>, lane: usize, slots: &[usize]) -> Option<f64> {
    let pulls = |slot: &usize| {
        let slot = sketch.slots.get(*slot)?;
        let placed = |neighbour: &&usize| sketch.lane(**neighbour) < lane;
        let pull = move |neighbour: &usize| sketch.y(*neighbour) - slot.y;
        Some(slot.before.iter().chain(&slot.after).filter(placed).map(pull).collect::<Vec<_>>())
    };
    let pulls: Vec<f64> = slots.iter().filter_map(pulls).flatten().collect();
    (!pulls.is_empty()).then(|| pulls.iter().sum::<f64>() / real(pulls.len()))
}

/// The columns, each as wide as its boxes need, with room between them for the edges.
pub(super) fn bands(sketch: &Sketch<'_>, left: f64) -> Vec<Band> {
    let mut bands = Vec::with_capacity(sketch.columns.len());
    let mut left = left;
    let comes = sketch.routes.iter().any(|route| matches!(route.kind, EdgeKind::ComesTo(_)));
    for column in &sketch.order {
        let slots = || column.iter().filter_map(|&slot| sketch.slots.get(slot));
        let widest = slots().filter_map(box_width).fold(NARROWEST_BOX, f64::max);
        let right = left + widest.min(WIDEST_BOX).ceil();
        bands.push(Band { left, right });
        let edges: usize = slots().map(|slot| slot.after.len()).sum();
        let least = if comes { DEED_GAP } else { 0.0 };
        left = right + (COLUMN_GAP + real(edges) * ROOM_PER_EDGE).min(WIDEST_COLUMN_GAP).max(least).round();
    }
    if bands.is_empty() {
        // Namespaces with nothing in them need some room too.
        bands.push(Band { left, right: left + NARROWEST_BOX });
    }
    bands
}

fn box_width(slot: &Slot<'_>) -> Option<f64> {
    let node = slot.node?;
    let text = width(name(&node.identity), NAME_SIZE).max(width(&caption(node), CAPTION_SIZE));
    Some(text + BOX_PADDING)
}
