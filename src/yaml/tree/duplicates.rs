//! Keys that stand twice in one mapping.

use std::collections::HashMap;

use super::{Duplicate, Kind, NodeRef};

impl<'a> NodeRef<'a> {
    /// The keys that stand twice in this mapping, in the order of the later ones; what is merged in aside.
    pub fn duplicates(self) -> impl Iterator<Item = Duplicate<'a>> {
        let this = self.resolved();
        let is_regular = this.node().kind != Kind::IrregularMapping;
        let pairs = if is_regular { Vec::new() } else { duplicate_keys(this) };
        pairs.into_iter().map(move |(first, second)| Duplicate { first: this.at(first), second: this.at(second) })
    }
}

/// Up to this many keys, comparing each with each is cheaper than hashing them.
const FEW_KEYS: usize = 12;

/// The pairs of equal keys in a mapping: each later key with the one right before it.
pub(super) fn duplicate_keys(mapping: NodeRef<'_>) -> Vec<(u32, u32)> {
    let keys: Vec<_> = mapping.written_entries().map(|entry| entry.key).filter(|key| !key.is_merge_key()).collect();
    if keys.len() > FEW_KEYS {
        let mut seen = HashMap::with_capacity(keys.len());
        return keys.iter().filter_map(|key| Some((seen.insert(key.key_name(), key.index)?, key.index))).collect();
    }
    let mut pairs = Vec::new();
    for (position, key) in keys.iter().enumerate() {
        let name = key.key_name();
        let earlier = keys.iter().take(position).rev().find(|earlier| earlier.key_name() == name);
        pairs.extend(earlier.map(|earlier| (earlier.index, key.index)));
    }
    pairs
}
