//! Which roles bindings name, or may name once all of them are where they belong.

use std::collections::BTreeSet;

use super::references::is_placed;
use super::role_rules::is_placeholder;
use crate::manifest::{BindingFacts, Facts, KnownObject};
use crate::query::Access;
use crate::rbac::{ALL, Key, Rule};

/// The roles that bindings of the read set name.
#[derive(Debug, Default)]
pub(super) struct NamedRoles<'a> {
    /// Those that bindings name in places that stay as they are.
    settled: BTreeSet<Key<'a>>,
    /// The names of these.
    names: BTreeSet<&'a str>,
    /// The names in bindings that may yet be put into another namespace, or that lead nowhere.
    loose: BTreeSet<&'a str>,
    /// The names of roles that some role allows to bind, so that a program may do so.
    bound_later: BTreeSet<&'a str>,
    /// Whether there is a binding that names something only filled in later.
    has_placeholders: bool,
}

impl<'a> NamedRoles<'a> {
    /// Looks through all bindings once, and through the rules that are about binding.
    pub(super) fn new(access: &'a Access) -> Self {
        let mut named = Self::default();
        for object in &access.read_set().objects {
            match &object.facts {
                Facts::Binding(facts) => named.add(access, object, facts),
                Facts::Role(facts) => {
                    let names = facts.role.rules.iter().filter(|rule| is_about_binding(rule));
                    named.bound_later.extend(names.flat_map(|rule| &rule.resource_names).map(String::as_str));
                }
                _ => {}
            }
        }
        named.names = named.settled.iter().map(|(_, name)| *name).collect();
        let missing: Vec<_> = named.settled.iter().filter(|key| !access.known().has_role(**key)).copied().collect();
        for key in missing {
            named.loose.extend([Some(key.1), access.known().nearest_role(key)].into_iter().flatten());
        }
        named
    }

    fn add(&mut self, access: &'a Access, object: &'a KnownObject, facts: &'a BindingFacts) {
        let binding = &facts.binding;
        let name = binding.role.name.as_str();
        self.has_placeholders |= is_placeholder(name);
        match binding.role_key() {
            Some(key @ (None, _)) => self.settled.insert(key),
            Some(key) if is_placed(access, object) => self.settled.insert(key),
            _ => self.loose.insert(name),
        };
    }

    /// Whether nothing is known of bindings.
    pub(super) fn is_empty(&self) -> bool {
        self.settled.is_empty() && self.loose.is_empty()
    }

    /// Whether a binding names a role, or may do so.
    pub(super) fn have(&self, access: &Access, object: &KnownObject, key: Key<'_>) -> bool {
        let stays = key.0.is_none() || is_placed(access, object);
        self.has_placeholders
            || self.settled.contains(&key)
            || self.loose.contains(key.1)
            || self.bound_later.contains(key.1)
            || (!stays && self.names.contains(key.1))
    }
}

fn is_about_binding(rule: &Rule) -> bool {
    let has = |list: &[String], wanted: &[&str]| list.iter().any(|entry| wanted.contains(&entry.as_str()));
    has(&rule.verbs, &["bind", ALL]) && has(&rule.resources, &["roles", "clusterroles", ALL])
}
