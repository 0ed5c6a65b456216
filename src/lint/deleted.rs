//! What was there before and was deleted.

use std::collections::BTreeSet;

use ecow::EcoString;

use crate::manifest::{Kind, ReadSet};

/// The names of objects that were there before, of which some may still be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    names: BTreeSet<(&'static str, Option<EcoString>, EcoString)>,
}

impl Earlier {
    /// The objects of what was read of an earlier state.
    pub fn of(read_set: &ReadSet) -> Self {
        let kinds = [Kind::ServiceAccount, Kind::Role, Kind::ClusterRole].map(Kind::name);
        let objects = read_set.objects.iter().map(|object| &object.name);
        let named = objects.filter(|name| kinds.contains(&name.kind));
        Self { names: named.map(|name| (name.kind, name.namespace.clone(), name.name.clone())).collect() }
    }

    /// Whether an object was there.
    pub fn had(&self, kind: Kind, namespace: Option<&str>, name: &str) -> bool {
        !self.names.is_empty()
            && self.names.contains(&(kind.name(), namespace.map(EcoString::from), EcoString::from(name)))
    }
}
