//! The roles and bindings of a cluster: those that every cluster has, and those that are applied to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::{EcoString, eco_format};

use crate::manifest::{Facts, KnownObject};
use crate::rbac::{Binding, Key, Role};

/// Where a role or a binding comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// From the default policy of Kubernetes.
    BuiltIn,
    /// From the object at this position in the read set.
    Object(usize),
    /// From the object at this position in the read set, which is applied to one of the default policy.
    OverBuiltIn(usize),
}

impl Origin {
    /// The position in the read set of the object that it comes from.
    pub(super) fn position(self) -> Option<usize> {
        match self {
            Self::BuiltIn => None,
            Self::Object(position) | Self::OverBuiltIn(position) => Some(position),
        }
    }
}

/// All roles, by what they are known by, with their origins.
///
/// What is applied to a role of the default policy leaves its labels and its `aggregationRule` as they are, unless it has
/// its own.
pub(super) fn roles(default: Vec<Role>, objects: &[KnownObject]) -> (Vec<Arc<Role>>, Vec<Origin>) {
    let own = applied(objects, |facts| match facts {
        Facts::Role(facts) => Some(facts.role.clone()),
        _ => None,
    });
    merged(default, own, |role, default| {
        let mut labels: BTreeMap<_, _> = default.labels.iter().cloned().collect();
        labels.extend(role.labels.drain(..));
        role.labels = labels.into_iter().collect();
        if role.aggregation.is_none() {
            role.aggregation.clone_from(&default.aggregation);
        }
    })
}

/// All bindings, by what they are known by, with their origins.
pub(super) fn bindings(default: Vec<Binding>, objects: &[KnownObject]) -> (Vec<Arc<Binding>>, Vec<Origin>) {
    let own = applied(objects, |facts| match facts {
        Facts::Binding(facts) => Some(facts.binding.clone()),
        _ => None,
    });
    merged(default, own, |_, _| {})
}

/// Something that is known by a namespace, where it has one, and a name.
trait Named: Clone {
    fn key(&self) -> Key<'_>;
    fn name(&mut self) -> &mut EcoString;
}

impl Named for Role {
    fn key(&self) -> Key<'_> {
        Self::key(self)
    }

    fn name(&mut self) -> &mut EcoString {
        &mut self.name
    }
}

impl Named for Binding {
    fn key(&self) -> Key<'_> {
        Self::key(self)
    }

    fn name(&mut self) -> &mut EcoString {
        &mut self.name
    }
}

/// The definitions in objects that the API server takes, with the positions of the objects. Those whose names it makes
/// up get names that no other object can have: each of them is another object.
fn applied<T: Named>(objects: &[KnownObject], definition: impl Fn(&Facts) -> Option<Arc<T>>) -> Vec<(Arc<T>, usize)> {
    let mut generated = 0;
    let mut applied = Vec::new();
    for (position, object) in objects.iter().enumerate().filter(|(_, object)| object.refusal.is_none()) {
        let Some(mut definition) = definition(&object.facts) else { continue };
        if object.is_generated {
            generated += 1;
            let name = Arc::make_mut(&mut definition).name();
            *name = eco_format!("{name}/{generated}");
        }
        applied.push((definition, position));
    }
    applied
}

/// The default policy with what is applied over it.
fn merged<T: Named>(
    default: Vec<T>,
    own: Vec<(Arc<T>, usize)>,
    apply_over: impl Fn(&mut T, &T),
) -> (Vec<Arc<T>>, Vec<Origin>) {
    let mut own = own;
    own.sort_by(|(one, _), (other, _)| one.key().cmp(&other.key()));
    let is_replaced = |it: &T| own.binary_search_by(|(other, _)| other.key().cmp(&it.key())).is_ok();
    let (replaced, kept): (Vec<_>, Vec<_>) = default.into_iter().partition(is_replaced);
    let mut all: Vec<_> = kept.into_iter().map(|it| (Arc::new(it), Origin::BuiltIn)).collect();
    for (mut it, position) in own {
        let origin = match replaced.iter().find(|default| default.key() == it.key()) {
            Some(default) => {
                apply_over(Arc::make_mut(&mut it), default);
                Origin::OverBuiltIn(position)
            }
            None => Origin::Object(position),
        };
        all.push((it, origin));
    }
    all.sort_by(|(one, _), (other, _)| one.key().cmp(&other.key()));
    all.into_iter().unzip()
}
