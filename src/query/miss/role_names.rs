//! Roles by their names, to say what a binding may have meant that hands out one which is not there.

use std::collections::{BTreeMap, BTreeSet};

use super::super::access::Access;
use super::super::alike::is_alike;
use crate::diagnostic::ObjectName;
use crate::manifest::{Kind, KnownObject};
use crate::rbac::{Binding, Key, RoleKind};

/// The names of all roles.
pub(super) struct RoleNames<'a> {
    /// Why roles of the read set cannot be applied.
    useless: BTreeMap<Key<'a>, String>,
    /// By namespace: those of ClusterRoles by none.
    by_namespace: BTreeMap<Option<&'a str>, BTreeSet<&'a str>>,
    /// The namespaces in which there is a role, by its name.
    by_name: BTreeMap<&'a str, BTreeSet<Option<&'a str>>>,
}

impl<'a> RoleNames<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        let mut names =
            Self { useless: useless_roles(access), by_namespace: BTreeMap::new(), by_name: BTreeMap::new() };
        for (_, role) in access.policy().roles() {
            let (namespace, name) = role.key();
            names.by_namespace.entry(namespace).or_default().insert(name);
            names.by_name.entry(name).or_default().insert(namespace);
        }
        names
    }

    /// Why a binding hands out nothing, whose role is not there.
    pub(super) fn why_missing(&self, binding: &Binding) -> String {
        let (kind, name) = (binding.role.kind.name(), binding.role.name.as_str());
        let Some(key) = binding.role_key() else {
            return match &binding.role.kind {
                RoleKind::Role => "a ClusterRoleBinding hands out ClusterRoles, never a Role".to_owned(),
                _ if kind.is_empty() => "its `roleRef` says no kind".to_owned(),
                _ => format!("it hands out a `{kind}`, which is no role that it could hand out"),
            };
        };
        if name.is_empty() {
            return "its `roleRef` names no role".to_owned();
        }
        if let Some(why) = self.useless.get(&key) {
            return why.clone();
        }
        let namespace = key.0.map(|namespace| format!(" in namespace `{namespace}`")).unwrap_or_default();
        format!("there is no {kind} `{name}`{namespace}{}", self.elsewhere(name))
    }

    /// Where there is a role of the same name instead.
    fn elsewhere(&self, name: &str) -> String {
        const MOST: usize = 3;
        let same = self.by_name.get(name).into_iter().flatten().take(MOST);
        let same: Vec<_> = same
            .map(|namespace| match namespace {
                Some(namespace) => format!("a Role of this name in namespace `{namespace}`"),
                None => "a ClusterRole of this name".to_owned(),
            })
            .collect();
        if same.is_empty() { String::new() } else { format!("; there is {}", same.join(", ")) }
    }

    /// The role that was probably meant by a binding whose role is not there. This looks at all names.
    pub(super) fn meant(&self, binding: &Binding) -> Option<&'a str> {
        let (namespace, name) = binding.role_key()?;
        if self.by_name.contains_key(name) || self.useless.contains_key(&(namespace, name)) {
            return None;
        }
        let names = self.by_namespace.get(&namespace)?.iter().copied();
        names.filter(|other| is_alike(other, name)).min_by_key(|other| strsim::osa_distance(other, name))
    }
}

/// Why roles of the read set cannot be applied: they could not be decoded, or the API server refuses them.
fn useless_roles(access: &Access) -> BTreeMap<Key<'_>, String> {
    let is_role = |object: &&KnownObject| [Kind::Role.name(), Kind::ClusterRole.name()].contains(&object.name.kind);
    let roles = access.read_set().objects.iter().filter(is_role).filter_map(|object| {
        let ObjectName { kind, namespace, name, .. } = &object.name;
        let why = match &object.refusal {
            Some(refusal) => format!("the API server refuses its {kind} `{name}`: {}", refusal.message),
            None if object.decodes => return None,
            None => format!("its {kind} `{name}` could not be read"),
        };
        Some(((namespace.as_deref(), name.as_str()), why))
    });
    roles.collect()
}
