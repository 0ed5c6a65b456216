//! How far down each slot stands within its lane, so that edges are straight where they can be.

use super::order::real;
use super::sketch::{Sketch, Slot};

/// The height of a box.
pub(super) const BOX: f64 = 38.0;
/// The least room between two boxes of a column.
const GAP: f64 = 10.0;
/// The least room around edges that pass by.
const PASSING_GAP: f64 = 10.0;

/// Which neighbours a slot should stand beside.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
    Both,
}

/// Half of the height that a slot takes.
pub(super) fn half(slot: &Slot<'_>) -> f64 {
    if slot.node.is_some() { BOX / 2.0 } else { 0.0 }
}

/// Gives every slot its height in its lane, and says how high the lanes are.
pub(super) fn settle(sketch: &mut Sketch<'_>) -> Vec<f64> {
    let stacked = |_: &Sketch<'_>, _: usize| (0.0, 1.0);
    for column in 0..sketch.order.len() {
        settle_column(sketch, column, &stacked);
    }
    let columns: Vec<_> = (0..sketch.order.len()).collect();
    let back: Vec<_> = columns.iter().rev().copied().collect();
    for (columns, side) in [
        (&columns, Side::Before),
        (&back, Side::After),
        (&columns, Side::Before),
        (&back, Side::After),
        (&columns, Side::Both),
        (&back, Side::Both),
    ] {
        for &column in columns {
            settle_column(sketch, column, &|sketch, slot| wish(sketch, slot, side));
        }
    }
    to_the_top(sketch)
}

/// Where a slot would like to stand, and how much it matters.
fn wish(sketch: &Sketch<'_>, number: usize, side: Side) -> (f64, f64) {
    let Some(slot) = sketch.slots.get(number) else { return (0.0, 0.0) };
    let (before, after) = match side {
        Side::Before => (slot.before.as_slice(), [].as_slice()),
        Side::After => ([].as_slice(), slot.after.as_slice()),
        Side::Both => (slot.before.as_slice(), slot.after.as_slice()),
    };
    let neighbours = before.iter().chain(after).filter(|&&neighbour| sketch.lane(neighbour) == slot.lane);
    let heights: Vec<_> = neighbours.map(|&neighbour| sketch.y(neighbour)).collect();
    if heights.is_empty() {
        return (slot.y, 0.1);
    }
    // What only passes by should go straight before all.
    let weight = if slot.node.is_some() { 1.0 } else { 4.0 };
    (heights.iter().sum::<f64>() / real(heights.len()), weight)
}

/// Brings the slots of a column as near to their wishes as their order and their sizes allow.
fn settle_column(sketch: &mut Sketch<'_>, column: usize, wish: &dyn Fn(&Sketch<'_>, usize) -> (f64, f64)) {
    for lane in sketch.stretches(column) {
        let mut offset = 0.0;
        let mut above: Option<&Slot<'_>> = None;
        let mut offsets = Vec::with_capacity(lane.len());
        for slot in lane.iter().filter_map(|&slot| sketch.slots.get(slot)) {
            offset += above.map_or(0.0, |above| distance(above, slot));
            offsets.push(offset);
            above = Some(slot);
        }
        let wishes = lane.iter().zip(&offsets).map(|(&slot, offset)| {
            let (height, weight) = wish(sketch, slot);
            (height - offset, weight)
        });
        let heights = rising(wishes);
        for ((&slot, offset), height) in lane.iter().zip(offsets).zip(heights) {
            if let Some(slot) = sketch.slots.get_mut(slot) {
                slot.y = height + offset;
            }
        }
    }
}

/// How far apart the middles of two slots have to be at least.
fn distance(above: &Slot<'_>, below: &Slot<'_>) -> f64 {
    let gap = if above.node.is_some() && below.node.is_some() { GAP } else { PASSING_GAP };
    half(above) + gap + half(below)
}

/// The rising numbers that are nearest to weighted ones (isotonic regression): neighbours that want to pass each other
/// meet at their mean.
fn rising(wishes: impl Iterator<Item = (f64, f64)>) -> Vec<f64> {
    struct Block {
        mean: f64,
        weight: f64,
        members: usize,
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (mean, weight) in wishes {
        let mut block = Block { mean, weight, members: 1 };
        while let Some(above) = blocks.pop_if(|above| above.mean > block.mean) {
            let weight = above.weight + block.weight;
            let mean = (above.mean * above.weight + block.mean * block.weight) / weight;
            block = Block { mean, weight, members: above.members + block.members };
        }
        blocks.push(block);
    }
    blocks.iter().flat_map(|block| std::iter::repeat_n(block.mean, block.members)).collect()
}

/// Moves every lane to the top, and says how high it is.
fn to_the_top(sketch: &mut Sketch<'_>) -> Vec<f64> {
    let mut extents = vec![(f64::MAX, f64::MIN); sketch.lanes.len()];
    for slot in &sketch.slots {
        if let Some((top, bottom)) = extents.get_mut(slot.lane) {
            *top = top.min(slot.y - half(slot));
            *bottom = bottom.max(slot.y + half(slot));
        }
    }
    for slot in &mut sketch.slots {
        if let Some((top, _)) = extents.get(slot.lane) {
            slot.y -= top;
        }
    }
    extents.into_iter().map(|(top, bottom)| (bottom - top).max(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wants_to_pass_each_other_meets() {
        let even = |numbers: &[f64]| rising(numbers.iter().map(|&number| (number, 1.0)));
        assert_eq!(even(&[1.0, 2.0, 3.0]), [1.0, 2.0, 3.0]);
        assert_eq!(even(&[3.0, 1.0]), [2.0, 2.0]);
        assert_eq!(even(&[4.0, 5.0, 0.0]), [3.0, 3.0, 3.0]);
        assert_eq!(rising([(2.0, 3.0), (0.0, 1.0)].into_iter()), [1.5, 1.5]);
    }
}
