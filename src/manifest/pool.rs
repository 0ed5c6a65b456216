//! The rules of all roles, those that say the same kept once.

use std::collections::HashSet;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;

use crate::rbac::Rule;

/// As many threads can look up a rule at the same time, at best.
const SHARDS: usize = 16;

/// The rules of a read set, each of them once: a large cluster says the same again and again.
#[derive(Debug, Default)]
pub(super) struct Pool {
    shards: [Mutex<HashSet<Arc<Rule>, RandomState>>; SHARDS],
    hasher: RandomState,
}

impl Pool {
    /// The one rule that says what this one says, to the letter.
    pub(super) fn rule(&self, rule: Rule) -> Arc<Rule> {
        // The upper bits: the set goes by the lower ones.
        let shard = usize::try_from(self.hasher.hash_one(&rule) >> 60).unwrap_or(0) % SHARDS;
        let Some(shard) = self.shards.get(shard) else { return Arc::new(rule) };
        // Whoever panicked while it had the lock has left a set as it should be.
        let mut known = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&rule) {
            return Arc::clone(known);
        }
        let shared = Arc::new(rule);
        known.insert(Arc::clone(&shared));
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_say_the_same_are_one() {
        let pool = Pool::default();
        let rule = |verb: &str| pool.rule(Rule { verbs: vec![verb.to_owned()], ..Rule::default() });
        assert!(Arc::ptr_eq(&rule("get"), &rule("get")));
        assert_ne!(rule("get"), rule("list"));
    }
}
