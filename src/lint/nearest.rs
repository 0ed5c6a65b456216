//! Which definition of a role each binding means, of several: every one belongs to the bindings that stand nearest.

use std::collections::HashMap;

use super::references::shared_path;
use crate::manifest::{Facts, KnownObject, RoleFacts};
use crate::query::{Access, RoleUses};
use crate::rbac::{BindingId, Key};

/// How near the nearest definition of a role that has several stands to each binding that hands it out.
#[derive(Debug, Default)]
pub(super) struct Nearest<'a> {
    nearness: HashMap<(Key<'a>, BindingId), usize>,
}

impl<'a> Nearest<'a> {
    /// Looks through the objects that share their kind, namespace and name with others, by group.
    pub(super) fn new<'g>(
        access: &'a Access,
        uses: &RoleUses<'a>,
        repeated: impl Iterator<Item = &'g [&'a KnownObject]>,
    ) -> Self
    where
        'a: 'g,
    {
        let mut nearest = Self::default();
        for definitions in repeated {
            let Some(Facts::Role(facts)) = definitions.first().map(|first| &first.facts) else { continue };
            let key = facts.role.key();
            nearest.nearness.extend(uses.of(key).filter_map(|one| {
                let binding = access.binding_object(one.binding)?;
                let nearness = definitions.iter().map(|definition| shared_path(access, definition, binding));
                Some(((key, one.binding), nearness.max()?))
            }));
        }
        nearest
    }

    /// Whether a binding that hands out a role means this definition of it.
    pub(super) fn is_meant(&self, access: &Access, role: (&KnownObject, &RoleFacts), binding: BindingId) -> bool {
        let (object, facts) = role;
        let Some(nearest) = self.nearness.get(&(facts.role.key(), binding)) else { return true };
        access.binding_object(binding).is_none_or(|binding| shared_path(access, object, binding) == *nearest)
    }
}
