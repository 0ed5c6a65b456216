//! Where the parts of a rule stand.

use std::ops::Range;

use crate::source::{FileId, Span};
use crate::yaml::tree::NodeRef;

/// Where the parts of a rule stand: each list has as many places as the rule has entries.
///
/// A cluster has many rules, and every rule has several entries: of all places only the offsets are kept, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePlaces {
    /// The whole rule.
    pub whole: Span,
    /// Where the entries of all lists begin and end.
    entries: Box<[(u32, u32)]>,
    /// How many entries there are up to the end of each list.
    ends: [u32; LISTS.len()],
}

/// The lists of a rule, in the order in which their entries are kept.
const LISTS: [&str; 5] = ["verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs"];

impl RulePlaces {
    pub(super) fn new(rule: NodeRef<'_>) -> Self {
        let mut entries = Vec::new();
        let ends = LISTS.map(|field| {
            let list = rule.get(field).into_iter().flat_map(|entry| entry.value.items());
            entries.extend(list.map(NodeRef::span).map(|Span { start, end, .. }| (start, end)));
            u32::try_from(entries.len()).unwrap_or(u32::MAX)
        });
        Self { whole: rule.span(), entries: entries.into(), ends }
    }

    /// The entries of `verbs`.
    pub fn verbs(&self) -> impl Iterator<Item = Span> + use<'_> {
        self.list(0)
    }

    /// The entries of `apiGroups`.
    pub fn api_groups(&self) -> impl Iterator<Item = Span> + use<'_> {
        self.list(1)
    }

    /// The entries of `resources`.
    pub fn resources(&self) -> impl Iterator<Item = Span> + use<'_> {
        self.list(2)
    }

    /// The entries of `resourceNames`.
    pub fn resource_names(&self) -> impl Iterator<Item = Span> + use<'_> {
        self.list(3)
    }

    /// The entries of `nonResourceURLs`.
    pub fn non_resource_urls(&self) -> impl Iterator<Item = Span> + use<'_> {
        self.list(4)
    }

    fn list(&self, list: usize) -> impl Iterator<Item = Span> + use<'_> {
        let file = self.whole.file;
        self.entries.get(self.range(list)).unwrap_or_default().iter().map(move |&offsets| span(file, offsets))
    }

    fn range(&self, list: usize) -> Range<usize> {
        let end = |list: usize| self.ends.get(list).map_or(0, |&end| end as usize);
        list.checked_sub(1).map_or(0, end)..end(list)
    }
}

fn span(file: FileId, (start, end): (u32, u32)) -> Span {
    Span { file, start, end }
}
