//! Goes over the findings of a file and what covers them, side by side.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::find::Found;
use super::{Effect, Target};
use crate::diagnostic::{Category, Finding};
use crate::lint::sink::Quiet;

/// What a suppression names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Rule(&'static str),
    Category(Category),
    All,
}

impl Key {
    fn of(target: Target) -> Self {
        match target {
            Target::Rule(rule) => Self::Rule(rule.id),
            Target::Category(category) => Self::Category(category),
            Target::All => Self::All,
        }
    }
}

/// A name of a suppression, and the bytes that it covers.
#[derive(Clone, Copy)]
struct Covering {
    start: u32,
    end: u32,
    key: Key,
    /// Which suppression it is of, and which of its names it is.
    index: (usize, usize),
}

/// Where something is found, be it told or not.
#[derive(Clone, Copy)]
struct Place {
    start: u32,
    rule: &'static str,
    category: Category,
    /// The index of the finding, where it is told.
    finding: Option<usize>,
}

/// Says which findings are not to be told, by their index, and notes what each suppression was good for. All are in the
/// order of their places. Of several that name a finding, the narrowest one counts: the rule before its category, and
/// then what begins last.
pub(super) fn sweep(found: &mut [Found], findings: &[Finding], quiet: &[Quiet]) -> Vec<usize> {
    let mut to_come = coverings(found).into_iter().peekable();
    let mut open: BTreeMap<Key, Vec<Covering>> = BTreeMap::new();
    let mut suppressed = Vec::new();
    for place in places(findings, quiet) {
        while let Some(covering) = to_come.next_if(|covering| covering.start <= place.start) {
            open.entry(covering.key).or_default().push(covering);
        }
        let keys = [Key::Rule(place.rule), Key::Category(place.category), Key::All];
        let Some((suppression, name)) = keys.into_iter().find_map(|key| covering(open.get_mut(&key)?, place.start))
        else {
            continue;
        };
        suppressed.extend(place.finding);
        if let Some(name) = found.get_mut(suppression).and_then(|found| found.it.names.get_mut(name)) {
            name.effect = Effect::Some;
        }
    }
    suppressed
}

/// The one that covers a place and began last. Those that have ended there are over for all that follows.
fn covering(open: &mut Vec<Covering>, place: u32) -> Option<(usize, usize)> {
    while let Some(last) = open.last() {
        if place < last.end {
            return Some(last.index);
        }
        open.pop();
    }
    None
}

fn coverings(found: &[Found]) -> Vec<Covering> {
    let mut coverings = Vec::new();
    for (suppression, found) in found.iter().enumerate() {
        let Some(cover) = found.cover else { continue };
        for (name, named) in found.it.names.iter().enumerate() {
            let Some(target) = named.target else { continue };
            let index = (suppression, name);
            coverings.push(Covering { start: cover.start, end: cover.end, key: Key::of(target), index });
        }
    }
    // Of those that begin together, the shortest comes last and is looked at first, as is the first of equal ones.
    coverings.sort_by_key(|it| (it.start, Reverse((it.end, it.index))));
    coverings
}

fn places(findings: &[Finding], quiet: &[Quiet]) -> Vec<Place> {
    let told = findings.iter().enumerate().map(|(index, finding)| Place {
        start: finding.span.start,
        rule: finding.rule,
        category: finding.category,
        finding: Some(index),
    });
    let quiet = quiet.iter().map(|quiet| Place {
        start: quiet.span.start,
        rule: quiet.rule.id,
        category: quiet.rule.category,
        finding: None,
    });
    let mut places: Vec<_> = told.chain(quiet).collect();
    places.sort_by_key(|place| place.start);
    places
}
