//! The fields of a mapping as Kubernetes sees them: merge keys applied, of equal keys the last.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Form, Kind, NodeRef};
use crate::yaml::keys;

/// One field of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The key as it is written.
    pub key: NodeRef<'a>,
    /// The value, an alias followed to its target.
    pub value: NodeRef<'a>,
}

impl<'a> NodeRef<'a> {
    /// The fields of a mapping; none for anything else.
    ///
    /// Merge keys are applied where they stand, as Kubernetes does: they override what stands before them, and what
    /// stands behind them overrides them.
    pub fn fields(self) -> impl Iterator<Item = Entry<'a>> {
        let this = self.resolved();
        let (written, effective) = match this.node().kind {
            Kind::Mapping => (Some(this.written_entries()), None),
            Kind::IrregularMapping => (None, Some(this.effective_entries())),
            _ => (None, None),
        };
        written.into_iter().flatten().chain(effective.into_iter().flatten())
    }

    /// The field of this name; `None` where there is none, or no mapping.
    pub fn get(self, name: &str) -> Option<Entry<'a>> {
        self.fields().find(|entry| entry.key.names(name))
    }

    /// The name of the field whose key this is, as Kubernetes converts it: `on` is `true` and `010` is `8`.
    pub fn key_name(self) -> Cow<'a, str> {
        let this = self.resolved();
        match this.node().kind {
            Kind::Str => Cow::Borrowed(this.text()),
            _ => keys::name(this.value()),
        }
    }

    pub(in crate::yaml) fn names(self, name: &str) -> bool {
        let this = self.resolved();
        if this.node().kind == Kind::Str { this.text() == name } else { this.key_name() == name }
    }

    pub(super) fn written_entries(self) -> impl Iterator<Item = Entry<'a>> {
        let mut children = self.children();
        std::iter::from_fn(move || Some(Entry { key: children.next()?, value: children.next()?.resolved() }))
    }

    pub(in crate::yaml) fn is_merge_key(self) -> bool {
        self.node().form == Form::Merge
    }

    fn effective_entries(self) -> Vec<Entry<'a>> {
        let mut places: HashMap<Cow<'a, str>, usize> = HashMap::new();
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut todo: Vec<Step<'a>> = vec![Step::Mapping(self)];
        while let Some(step) = todo.pop() {
            match step {
                Step::Mapping(mapping) => {
                    let mut steps: Vec<_> = mapping.written_entries().flat_map(steps_of).collect();
                    steps.reverse();
                    todo.append(&mut steps);
                }
                Step::Entry(entry) => {
                    let place = *places.entry(entry.key.key_name()).or_insert(entries.len());
                    match entries.get_mut(place) {
                        Some(earlier) => *earlier = entry,
                        None => entries.push(entry),
                    }
                }
            }
        }
        entries
    }
}

enum Step<'a> {
    Entry(Entry<'a>),
    /// A mapping that is merged in here.
    Mapping(NodeRef<'a>),
}

/// A field is one step; a merge key is the mappings that it names, of which the first has the last word.
fn steps_of(entry: Entry<'_>) -> Vec<Step<'_>> {
    if !entry.key.is_merge_key() {
        return vec![Step::Entry(entry)];
    }
    let mut mappings: Vec<_> = entry.value.items().map(Step::Mapping).collect();
    if mappings.is_empty() && entry.value.is_mapping() {
        mappings.push(Step::Mapping(entry.value));
    }
    mappings.reverse();
    mappings
}

impl NodeRef<'_> {
    /// Whether the node is a mapping, an alias followed.
    pub fn is_mapping(self) -> bool {
        super::is_mapping(self.resolved().node().kind)
    }

    /// Whether the node is a list, an alias followed.
    pub fn is_sequence(self) -> bool {
        self.resolved().node().kind == Kind::Sequence
    }
}
