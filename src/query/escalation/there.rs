//! Which objects there are of the kinds that are read.

use std::collections::BTreeSet;

use crate::manifest::{Kind, KnownObject};
use crate::query::Access;

/// The objects that were read, by kind, name and namespace.
#[derive(Debug)]
pub(super) struct There<'a>(BTreeSet<(&'static str, &'a str, Option<&'a str>)>);

impl<'a> There<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        let name = |object: &'a KnownObject| {
            let kind = Kind::ALL.into_iter().find(|kind| kind.name() == object.name.kind)?;
            Some((kind.name(), object.name.name.as_str(), object.name.namespace.as_deref()))
        };
        Self(access.read_set().objects.iter().filter_map(name).collect())
    }

    /// Whether there is an object of any of these kinds and names, in a namespace or in any. A StatefulSet has pods that
    /// are called like it, with a number at the end.
    pub(super) fn any(&self, kinds: &[Kind], names: &[String], namespace: Option<&str>) -> bool {
        let is_there = |kind: Kind, name: &str| {
            let from = (kind.name(), name, None);
            let found = self.0.range(from..).take_while(|it| (it.0, it.1) == (kind.name(), name));
            found.into_iter().any(|it| namespace.is_none() || it.2.is_none() || it.2 == namespace)
        };
        let of_set = |name: &str| name.rsplit_once('-').is_some_and(|(set, _)| is_there(Kind::StatefulSet, set));
        let has = |kind: Kind, name: &str| is_there(kind, name) || (kind == Kind::Pod && of_set(name));
        kinds.iter().any(|kind| names.iter().any(|name| has(*kind, name)))
    }
}
