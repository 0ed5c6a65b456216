//! The least that has to go so that nothing is reached any more.
//!
//! Whatever way is left, something that it takes has to go: so all choices of what to take of the shortest one are tried,
//! first one removal, then two, and so on. Where that would take too long, what most of the shortest ways take goes first.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::search::{Kind, Terms, forward, ways_to};
use super::technique::Certainty;
use super::web::{Node, Support, Web};
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

/// No more states than these are looked at before what is found need not be the smallest.
const MOST_LOOKS: usize = 500_000;
/// No more states than these are looked at before nothing is told.
const MOST_GREEDY_LOOKS: usize = 20 * MOST_LOOKS;
/// No more removals than this are tried in all combinations.
const MOST_EXACT: usize = 4;
/// No more removals than this are told.
const MOST_REMOVALS: usize = 200;

/// Who goes to where, and what may be taken from them.
pub(super) struct Question<'q> {
    pub(super) web: &'q Web,
    pub(super) from: &'q [Node],
    pub(super) to: Node,
    pub(super) certainty: Certainty,
    /// Whether it is there to be taken out: what Kubernetes brings is not.
    pub(super) can_go: &'q dyn Fn(&Removal) -> bool,
    /// How many states have been looked at.
    pub(super) looks: Cell<usize>,
}

/// What is left of a way: what can go of it; `None` where there is no way.
type Chances = Option<Vec<Removal>>;

impl Question<'_> {
    /// The least that has to go; `None` where nothing does, or where nothing helps.
    pub(super) fn cut(&self) -> Option<Cut> {
        let mut gone = BTreeSet::new();
        self.chances(&gone).filter(|chances| !chances.is_empty())?;
        for depth in 1..=MOST_EXACT {
            match self.exact(depth, &mut gone) {
                Search::Found => return Some(Cut { removals: gone.into_iter().collect(), is_smallest: true }),
                Search::None => {}
                Search::Exhausted => break,
            }
        }
        // What is shared by many is a rule at times, and at times a binding.
        let cuts = [true, false].map(|rules_first| self.greedy(rules_first));
        cuts.into_iter().flatten().min_by_key(|cut| cut.removals.len())
    }

    /// Tries all that can go of the shortest way that is left.
    fn exact(&self, depth: usize, gone: &mut BTreeSet<Removal>) -> Search {
        if self.looks.get() > MOST_LOOKS {
            return Search::Exhausted;
        }
        let Some(chances) = self.chances(gone) else { return Search::Found };
        if depth == 0 {
            return Search::None;
        }
        for removal in chances {
            gone.insert(removal);
            match self.exact(depth - 1, gone) {
                Search::None => gone.remove(&removal),
                ended => return ended,
            };
        }
        Search::None
    }

    /// Takes away what the shortest way takes that is left, one after the other, and then puts back what is not needed.
    fn greedy(&self, rules_first: bool) -> Option<Cut> {
        let mut gone = BTreeSet::new();
        while let Some(chances) = self.chances(&gone) {
            if gone.len() >= MOST_REMOVALS || self.looks.get() > MOST_GREEDY_LOOKS {
                return None;
            }
            gone.insert(self.busiest(&chances, &gone, rules_first)?);
        }
        for removal in gone.clone() {
            gone.remove(&removal);
            if self.chances(&gone).is_some() {
                gone.insert(removal);
            }
        }
        Some(Cut { removals: gone.into_iter().collect(), is_smallest: false })
    }

    /// Of what can go, what helps most of those who go there: without it, the fewest do.
    fn busiest(&self, chances: &[Removal], gone: &BTreeSet<Removal>, rules_first: bool) -> Option<Removal> {
        let mut left: BTreeMap<(usize, bool, usize), Removal> = BTreeMap::new();
        for (position, &removal) in chances.iter().enumerate() {
            let is_gone = |support: &Support| support.removals().any(|it| it == removal || gone.contains(&it));
            let terms = Terms { certainty: self.certainty, is_gone: &is_gone, kind: Kind::Any };
            let distances = super::search::backward(self.web, self.to, terms);
            self.looks.set(self.looks.get() + distances.nodes().count());
            let going = self.from.iter().filter(|node| distances.is_reached(**node)).count();
            let is_later = matches!(removal, Removal::Rule(_)) != rules_first;
            left.insert((going, is_later, position), removal);
        }
        left.into_values().next()
    }

    /// What can go of the shortest way that is left, what is nearest to its beginning first; `None` where there is none.
    fn chances(&self, gone: &BTreeSet<Removal>) -> Chances {
        let is_gone = |support: &Support| support.removals().any(|removal| gone.contains(&removal));
        let terms = Terms { certainty: self.certainty, is_gone: &is_gone, kind: Kind::Any };
        let distances = forward(self.web, self.from, terms);
        self.looks.set(self.looks.get() + distances.nodes().count());
        if !distances.is_reached(self.to) {
            return None;
        }
        let ways = ways_to(self.web, &distances, self.to);
        let supports = ways.iter().filter_map(|way| way.used(&is_gone)).flatten();
        let mut chances = Vec::new();
        for removal in supports.flat_map(Support::removals).filter(|removal| (self.can_go)(removal)) {
            if !chances.contains(&removal) {
                chances.push(removal);
            }
        }
        Some(chances)
    }
}

/// What came of trying.
enum Search {
    Found,
    None,
    Exhausted,
}
