//! Which slot of a column stands above which, so that few edges cross.

use super::sketch::Sketch;

/// After so many sweeps, hardly anything changes.
const SWEEPS: usize = 12;

/// Puts slots beside what they are connected with, sweeping from column to column and back, and keeps the best order
/// that was seen. Lanes stay together, in their order.
pub(super) fn untangle(sketch: &mut Sketch<'_>) {
    let mut best = (crossings(sketch), sketch.order.clone());
    let mut places = vec![0.0; sketch.slots.len()];
    for column in 0..sketch.order.len() {
        note_places(sketch, column, &mut places);
    }
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        for step in 0..sketch.order.len() {
            let column = if forward { step } else { sketch.order.len() - 1 - step };
            sort_column(sketch, column, forward, &places);
            note_places(sketch, column, &mut places);
        }
        let crossings = crossings(sketch);
        if crossings < best.0 {
            best = (crossings, sketch.order.clone());
        }
    }
    sketch.order = best.1;
}

/// Writes down how far down each slot of a column stands: the whole part is the lane, and the rest the place in it.
fn note_places(sketch: &Sketch<'_>, column: usize, places: &mut [f64]) {
    for lane in sketch.stretches(column) {
        let height = real(lane.len());
        for (row, &slot) in lane.iter().enumerate() {
            if let Some(place) = places.get_mut(slot) {
                *place = real(sketch.lane(slot)) + (real(row) + 0.5) / height;
            }
        }
    }
}

/// Sorts a column by where the neighbours on one side of it stand.
fn sort_column(sketch: &mut Sketch<'_>, column: usize, forward: bool, places: &[f64]) {
    let place = |slot: usize| places.get(slot).copied().unwrap_or_default();
    let key = |slot: usize| {
        let lane = real(sketch.lane(slot));
        let Some(here) = sketch.slots.get(slot) else { return lane };
        let neighbours = if forward { &here.before } else { &here.after };
        if neighbours.is_empty() {
            return place(slot);
        }
        // Another lane pulls to the rim, however far away it is.
        let pulls = neighbours.iter().map(|&neighbour| place(neighbour).clamp(lane - 0.5, lane + 1.5));
        pulls.sum::<f64>() / real(neighbours.len())
    };
    let Some(order) = sketch.order.get(column) else { return };
    let mut keyed: Vec<_> = order.iter().map(|&slot| (sketch.lane(slot), key(slot), slot)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    if let Some(order) = sketch.order.get_mut(column) {
        *order = keyed.into_iter().map(|(_, _, slot)| slot).collect();
    }
}

/// How many pairs of edges cross between the columns.
fn crossings(sketch: &Sketch<'_>) -> usize {
    let mut rows = vec![0; sketch.slots.len()];
    for (row, &slot) in sketch.order.iter().flat_map(|column| column.iter().enumerate()) {
        if let Some(noted) = rows.get_mut(slot) {
            *noted = row;
        }
    }
    let row = |slot: usize| rows.get(slot).copied().unwrap_or_default();
    let between = |column: &Vec<usize>| {
        let ends = column.iter().filter_map(|&slot| sketch.slots.get(slot)).flat_map(|slot| {
            let mut ends: Vec<_> = slot.after.iter().map(|&next| row(next)).collect();
            ends.sort_unstable();
            ends
        });
        inversions(ends, sketch.slots.len())
    };
    sketch.order.iter().map(between).sum()
}

/// How many pairs of numbers below a limit stand the wrong way round. Sums over ranges that grow by powers of two (a
/// Fenwick tree) count them without looking at each pair.
fn inversions(numbers: impl Iterator<Item = usize>, limit: usize) -> usize {
    let mut sums = vec![0_usize; limit + 1];
    let mut inversions = 0;
    for (seen, number) in numbers.enumerate() {
        let mut not_larger = 0;
        let mut at = number + 1;
        while at > 0 {
            not_larger += sums.get(at).copied().unwrap_or_default();
            at &= at - 1;
        }
        inversions += seen - not_larger;
        at = number + 1;
        while let Some(sum) = sums.get_mut(at) {
            *sum += 1;
            at += at & at.wrapping_neg();
        }
    }
    inversions
}

/// A count as a length.
pub(super) fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_pairs_the_wrong_way_round() {
        for (numbers, expected) in
            [(vec![], 0), (vec![0, 1, 2], 0), (vec![2, 1, 0], 3), (vec![1, 1, 0, 2], 2), (vec![3, 0, 3, 0], 3)]
        {
            assert_eq!(inversions(numbers.iter().copied(), 4), expected, "{numbers:?}");
        }
    }
}
