//! A list in which what is looked up by a key lies side by side.

use std::cmp::Ordering;

/// Things in the order of a key, and of those with the same key in the order in which they came. It takes no more memory
/// than a list of them.
#[derive(Clone, Debug)]
pub struct Sorted<T>(Vec<T>);

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Sorted<T> {
    /// Puts things in order.
    pub fn new(things: impl IntoIterator<Item = T>, compare: impl Fn(&T, &T) -> Ordering) -> Self {
        let mut things: Vec<_> = things.into_iter().collect();
        things.sort_by(compare);
        things.shrink_to_fit();
        Self(things)
    }

    /// All that have the key that is looked for. `compare` says where a thing lies, seen from it, and has to go by the
    /// order in which they were put.
    pub fn equal(&self, compare: impl Fn(&T) -> Ordering) -> &[T] {
        let start = self.0.partition_point(|thing| compare(thing) == Ordering::Less);
        let rest = self.0.get(start..).unwrap_or_default();
        let count = rest.partition_point(|thing| compare(thing) == Ordering::Equal);
        rest.get(..count).unwrap_or_default()
    }

    /// The things by key: all that have the same one together.
    pub fn groups<'t>(&'t self, is_same: impl Fn(&T, &T) -> bool + 't) -> impl Iterator<Item = &'t [T]> {
        self.0.chunk_by(is_same)
    }
}
