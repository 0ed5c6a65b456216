//! What is another after the same files were read again.

use std::collections::{BTreeMap, BTreeSet};

use super::access::Access;
use super::unread::Unread;
use crate::diagnostic::ObjectName;
use crate::manifest::{Facts, KnownObject};

/// What is another than it was. Objects are the same by their names, and unchanged where they say the same about access,
/// in whatever file or line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The objects that were not there.
    pub added: Vec<ObjectName>,
    /// The objects that are no longer there.
    pub removed: Vec<ObjectName>,
    /// The objects that say something else, or are defined more or less often.
    pub changed: Vec<ObjectName>,
    /// What could be read, or was not there.
    pub unread: Vec<Unread>,
}

impl Changes {
    /// What has changed from one state to another.
    pub fn between(before: &Access, after: &Access) -> Self {
        let (old, new) = (by_name(before), by_name(after));
        let only_in = |these: &ByName<'_>, those: &ByName<'_>| {
            these.keys().filter(|name| !those.contains_key(*name)).map(|name| (*name).clone()).collect()
        };
        let changed = new.iter().filter(|(name, now)| old.get(*name).is_some_and(|then| !say_the_same(then, now)));
        let known: BTreeSet<_> = before.unread().iter().map(|unread| identity(before, unread)).collect();
        let unread = after.unread().iter().filter(|unread| !known.contains(&identity(after, unread)));
        Self {
            added: only_in(&new, &old),
            removed: only_in(&old, &new),
            changed: changed.map(|(name, _)| (*name).clone()).collect(),
            unread: unread.cloned().collect(),
        }
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// All definitions of every object.
type ByName<'a> = BTreeMap<&'a ObjectName, Vec<&'a KnownObject>>;

fn by_name(access: &Access) -> ByName<'_> {
    let mut by_name = ByName::new();
    for object in &access.read_set().objects {
        by_name.entry(&object.name).or_default().push(object);
    }
    by_name
}

/// Whether each definition has its like, in whatever order.
fn say_the_same(these: &[&KnownObject], those: &[&KnownObject]) -> bool {
    let mut left = those.to_vec();
    let all_found = these.iter().all(|one| match left.iter().position(|other| says_the_same(one, other)) {
        Some(position) => {
            left.swap_remove(position);
            true
        }
        None => false,
    });
    all_found && left.is_empty()
}

fn says_the_same(one: &KnownObject, other: &KnownObject) -> bool {
    let facts = match (&one.facts, &other.facts) {
        (Facts::Nothing, Facts::Nothing) | (Facts::Account(_), Facts::Account(_)) => true,
        (Facts::Role(one), Facts::Role(other)) => one.role == other.role,
        (Facts::Binding(one), Facts::Binding(other)) => one.binding == other.binding,
        (Facts::Workload(one), Facts::Workload(other)) => one.service_account == other.service_account,
        (Facts::CustomResources(one), Facts::CustomResources(other)) => one == other,
        (Facts::Namespace(one), Facts::Namespace(other)) => one == other,
        _ => false,
    };
    facts && one.decodes == other.decodes
}

/// By what two readings of the same trouble are known, whatever stands above it.
fn identity<'a>(access: &'a Access, unread: &'a Unread) -> (&'a str, &'a str, Option<&'a ObjectName>) {
    (access.sources().path(unread.span.file), &unread.reason, unread.object.as_ref())
}
