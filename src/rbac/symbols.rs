//! Numbers for names, so that comparing two names takes one step.

use std::collections::HashMap;

/// The number of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Symbol(u32);

impl Symbol {
    /// The number of all names that no policy has: equal to none that it has.
    pub(super) const UNKNOWN: Self = Self(u32::MAX);

    /// The number itself, from 0 in the order in which names were first seen; `None` for an unknown name.
    pub(super) fn number(self) -> Option<u32> {
        (self != Self::UNKNOWN).then_some(self.0)
    }
}

/// The names of a policy. Names come from manifests: the hash is one that nobody can foresee.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbols {
    numbers: HashMap<Box<str>, Symbol, foldhash::fast::RandomState>,
}

impl Symbols {
    /// The number of a name, a new one where the name is new.
    pub(super) fn intern(&mut self, name: &str) -> Symbol {
        if let Some(&symbol) = self.numbers.get(name) {
            return symbol;
        }
        let symbol = Symbol(u32::try_from(self.numbers.len()).unwrap_or(u32::MAX));
        self.numbers.insert(name.into(), symbol);
        symbol
    }

    /// The number of a name, [`Symbol::UNKNOWN`] where there is none.
    pub(super) fn find(&self, name: &str) -> Symbol {
        self.numbers.get(name).copied().unwrap_or(Symbol::UNKNOWN)
    }
}
