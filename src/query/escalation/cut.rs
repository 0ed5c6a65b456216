//! The least that has to go so that nothing is reached any more.
//!
//! Whatever way is left, something that it takes has to go. Something is found that is enough, by what most of the shortest
//! ways take; ways that have nothing in common say how much has to go at least; then all choices of what to take of the
//! shortest way that is left are tried, what is nearest to its beginning first. What somebody on the way holds outright, such
//! as an administrator, is meant to be held: it goes only where nothing else helps.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::search::{Distances, Kind, Terms, backward, is_held, nearest, ways_on};
use super::technique::Certainty;
use super::web::{Node, Support, Way, Web};
use crate::rbac::{BindingId, RulePlace};

/// Something that can be taken out of the manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Removal {
    /// A rule of a role.
    Rule(RulePlace),
    /// A binding.
    Binding(BindingId),
}

/// What has to go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// All of these.
    pub removals: Vec<Removal>,
    /// Whether it is known that no smaller set would do.
    pub is_smallest: bool,
}

/// No more states than these are looked at to find out whether fewer would do.
const MOST_LOOKS: usize = 100_000;
/// No more states than these are looked at to find what is enough.
const MOST_LOOKS_FOR_ANY: usize = 1_000_000;
/// Where more than these would have to go, nothing is told: nobody would take them out one by one.
const MOST_REMOVALS: usize = 500;
/// Where more than these have to go, it is not looked whether fewer would do.
const MOST_TRIED: usize = 64;

/// Who goes to where.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    pub(super) from: BTreeSet<Node>,
    pub(super) to: Node,
}

/// Who goes to where, and what may be taken from them.
pub(super) struct Question<'q> {
    pub(super) web: &'q Web,
    pub(super) errands: Vec<Errand>,
    pub(super) certainty: Certainty,
    /// Which ways are left out.
    pub(super) kind: Kind,
    /// Whether it is there to be taken out: what Kubernetes brings is not.
    pub(super) can_go: &'q dyn Fn(&Removal) -> bool,
    /// Whether all that can go may go, or only what is not held outright by somebody on the way.
    pub(super) takes_all: bool,
    /// How many states have been looked at.
    pub(super) looks: Cell<usize>,
}

type Gone = BTreeSet<Removal>;

impl Question<'_> {
    /// The least that has to go; `None` where nothing does, where nothing helps, or where it is too much.
    pub(super) fn cut(self) -> Option<Cut> {
        self.least().or_else(|| Self { takes_all: true, looks: Cell::new(0), ..self }.least())
    }

    fn least(&self) -> Option<Cut> {
        // What is shared by many is a rule at times, and at times a binding.
        let cuts = [true, false].map(|rules_first| self.enough(rules_first));
        let enough = cuts.into_iter().flatten().min_by_key(BTreeSet::len).filter(|gone| !gone.is_empty())?;
        if enough.len() > MOST_TRIED {
            return Some(Cut { removals: enough.into_iter().collect(), is_smallest: false });
        }
        self.looks.set(0);
        let mut gone = Gone::new();
        for count in self.apart()..=enough.len() {
            match self.exact(count, &mut gone) {
                Search::Found => return Some(Cut { removals: gone.into_iter().collect(), is_smallest: true }),
                Search::None => {}
                Search::Exhausted => {
                    let is_smallest = count == enough.len();
                    return Some(Cut { removals: enough.into_iter().collect(), is_smallest });
                }
            }
        }
        Some(Cut { removals: enough.into_iter().collect(), is_smallest: true })
    }

    /// What is enough to go, with nothing in it that could stay: of everybody's shortest way what most of them take, and
    /// so on with the ways that are left. `None` where nothing helps, or where it is too much.
    fn enough(&self, rules_first: bool) -> Option<Gone> {
        let mut gone = Gone::new();
        loop {
            let ways = self.everybodys(&gone)?;
            if ways.is_empty() {
                break;
            }
            gone.extend(hit(&ways, rules_first));
            if gone.len() > MOST_REMOVALS || self.looks.get() > MOST_LOOKS_FOR_ANY {
                return None;
            }
        }
        Some(if gone.len() <= MOST_TRIED { self.needed(gone) } else { gone })
    }

    /// What is needed of what is enough.
    fn needed(&self, mut gone: Gone) -> Gone {
        for removal in gone.clone() {
            gone.remove(&removal);
            if self.chances(&gone).is_some() {
                gone.insert(removal);
            }
        }
        gone
    }

    /// What can go of everybody's shortest way; `None` where nothing can of one of them.
    fn everybodys(&self, gone: &Gone) -> Option<Vec<Vec<Removal>>> {
        let is_gone = |support: &Support| !gone.is_empty() && support.removals().any(|removal| gone.contains(&removal));
        let mut all = Vec::new();
        for errand in &self.errands {
            let distances = backward(self.web, errand.to, self.terms(&is_gone));
            self.look(&distances);
            for &node in errand.from.iter().filter(|node| distances.is_reached(**node)) {
                let way = self.removals(errand, &ways_on(self.web, &distances, node), &is_gone);
                all.push(Some(way).filter(|way| !way.is_empty())?);
            }
        }
        Some(all)
    }

    fn terms<'t>(&self, is_gone: &'t dyn Fn(&Support) -> bool) -> Terms<'t> {
        Terms { certainty: self.certainty, is_gone, kind: self.kind }
    }

    fn look(&self, distances: &Distances) {
        self.looks.set(self.looks.get() + distances.nodes().count());
    }

    /// How many ways there are of which no two have anything in common that can go: so many have to go at least.
    fn apart(&self) -> usize {
        let mut gone = Gone::new();
        let mut count = 0;
        while let Some(chances) = self.chances(&gone).filter(|chances| !chances.is_empty()) {
            gone.extend(chances);
            count += 1;
        }
        count
    }

    /// Tries all that can go of the shortest way that is left.
    fn exact(&self, count: usize, gone: &mut Gone) -> Search {
        if self.looks.get() > MOST_LOOKS {
            return Search::Exhausted;
        }
        let Some(chances) = self.chances(gone) else { return Search::Found };
        if count == 0 {
            return Search::None;
        }
        for removal in chances {
            gone.insert(removal);
            match self.exact(count - 1, gone) {
                Search::None => gone.remove(&removal),
                ended => return ended,
            };
        }
        Search::None
    }

    /// What can go of the shortest way that is left, what is nearest to its beginning first; `None` where there is none.
    fn chances(&self, gone: &Gone) -> Option<Vec<Removal>> {
        let is_gone = |support: &Support| !gone.is_empty() && support.removals().any(|removal| gone.contains(&removal));
        self.errands.iter().find_map(|errand| {
            let (from, distances) = nearest(self.web, errand.to, self.terms(&is_gone), &errand.from)?;
            self.look(&distances);
            Some(self.removals(errand, &ways_on(self.web, &distances, from), &is_gone))
        })
    }

    fn removals(&self, errand: &Errand, ways: &[&Way], is_gone: &dyn Fn(&Support) -> bool) -> Vec<Removal> {
        let may_take = |way: &&&Way| self.takes_all || !is_held(way) || errand.from.contains(&way.from);
        let supports = ways.iter().filter(may_take).filter_map(|way| way.used(is_gone)).flatten();
        let mut removals = Vec::new();
        for removal in supports.flat_map(Support::removals).filter(|removal| (self.can_go)(removal)) {
            if !removals.contains(&removal) {
                removals.push(removal);
            }
        }
        removals
    }
}

/// Something of each way, what is in most of them first.
fn hit(ways: &[Vec<Removal>], rules_first: bool) -> Gone {
    let mut taking: BTreeMap<Removal, BTreeSet<usize>> = BTreeMap::new();
    for (number, way) in ways.iter().enumerate() {
        for removal in way {
            taking.entry(*removal).or_default().insert(number);
        }
    }
    let weight =
        |removal: Removal, count: usize| (count, matches!(removal, Removal::Rule(_)) == rules_first, Reverse(removal));
    let mut waiting: BinaryHeap<_> = taking.iter().map(|(removal, ways)| weight(*removal, ways.len())).collect();
    let mut gone = Gone::new();
    while let Some((count, _, Reverse(removal))) = waiting.pop() {
        let left = taking.get(&removal).map_or(0, BTreeSet::len);
        if left < count {
            // Some of its ways are hit by now.
            waiting.extend((left > 0).then(|| weight(removal, left)));
            continue;
        }
        gone.insert(removal);
        let hit = taking.remove(&removal).unwrap_or_default().into_iter();
        let others = hit.flat_map(|number| ways.get(number).into_iter().flatten().map(move |other| (number, other)));
        for (number, other) in others {
            if let Some(taking) = taking.get_mut(other) {
                taking.remove(&number);
            }
        }
    }
    gone
}

/// What came of trying.
enum Search {
    Found,
    None,
    Exhausted,
}
