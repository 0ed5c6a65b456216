//! The rules of a role as they are written: every entry with its place, and what is known of the resources that it names.

use super::InSet;
use crate::catalog::{ApiResource, Catalog, Origin};
use crate::manifest::{RoleFacts, RulePlaces};
use crate::rbac::{ALL, Role, Rule};
use crate::source::Span;
use crate::yaml::excerpt;

/// A rule of a role as it is written.
#[derive(Clone, Copy)]
pub(super) struct WrittenRule<'a> {
    /// The role that has it.
    pub(super) role: &'a Role,
    pub(super) rule: &'a Rule,
    places: &'a RulePlaces,
    pub(super) catalog: &'a Catalog,
}

/// An entry of one of a rule's lists.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) text: &'a str,
    pub(super) place: Span,
}

/// The rules of a role.
pub(super) fn rules<'a>(role: &InSet<'a, RoleFacts>) -> impl Iterator<Item = WrittenRule<'a>> {
    let (catalog, facts) = (role.access.catalog(), role.facts);
    let rules = facts.role.rules.iter().zip(&facts.rules);
    rules.map(move |(rule, places)| WrittenRule { role: &facts.role, rule, places, catalog })
}

impl<'a> WrittenRule<'a> {
    pub(super) fn verbs(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        entries(&self.rule.verbs, self.places.verbs())
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        entries(&self.rule.api_groups, self.places.api_groups())
    }

    pub(super) fn resources(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        entries(&self.rule.resources, self.places.resources())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        entries(&self.rule.resource_names, self.places.resource_names())
    }

    pub(super) fn urls(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        entries(&self.rule.non_resource_urls, self.places.non_resource_urls())
    }

    /// The groups that the rule names, where there is none of which something is unknown: all of them are of Kubernetes
    /// itself, or have a CustomResourceDefinition that was read. Those that can be no group count for nothing.
    pub(super) fn known_groups(&self) -> Option<Vec<&'a str>> {
        let groups: Vec<_> =
            self.rule.api_groups.iter().map(String::as_str).filter(|group| may_be_group(group)).collect();
        let is_known = |group: &&str| *group != ALL && self.catalog.knows_group(group);
        let judged = self.catalog.version().has_facts() && !groups.is_empty() && groups.iter().all(is_known);
        judged.then_some(groups)
    }

    /// These groups, where all of them are of Kubernetes itself: of no other is every resource known.
    pub(super) fn built_in_groups(&self) -> Option<Vec<&'a str>> {
        let catalog = self.catalog;
        let is_built_in =
            |group: &&str| catalog.resources().any(|known| known.group == *group && known.origin != Origin::Custom);
        self.known_groups().filter(|groups| groups.iter().all(is_built_in))
    }

    /// What is known of a resource in the groups of the rule.
    pub(super) fn find(&self, groups: &[&str], plural: &str) -> Vec<&'a ApiResource> {
        groups.iter().filter_map(|group| self.catalog.find(group, plural)).collect()
    }

    /// Whether the role has all verbs of the rule on a resource of a group, by whichever of its rules.
    pub(super) fn is_granted_in(&self, group: &str, resource: &str, subresource: &str) -> bool {
        let fits = |rule: &&Rule| rule.has_group(group) && rule.has_resource(resource, subresource);
        self.rule.verbs.iter().all(|verb| self.role.rules().filter(fits).any(|rule| rule.has_verb(verb)))
    }
}

/// The entries of a list that are written out: not those that somebody fills in later.
fn entries<'a, P: Iterator<Item = Span> + 'a>(
    texts: &'a [String],
    places: P,
) -> impl Iterator<Item = Entry<'a>> + use<'a, P> {
    let entries = texts.iter().zip(places).map(|(text, place)| Entry { text, place });
    entries.filter(|entry| !is_placeholder(entry.text))
}

impl<'a> Entry<'a> {
    /// The entry as a resource, and the subresource behind its first slash.
    pub(super) fn resource(&self) -> (&'a str, Option<&'a str>) {
        match self.text.split_once('/') {
            Some((resource, subresource)) => (resource, Some(subresource)),
            None => (self.text, None),
        }
    }

    /// The entry for a message.
    pub(super) fn shown(&self) -> String {
        excerpt(self.text).into_owned()
    }
}

/// Whether a text is filled in later, by some other tool.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.contains(['{', '}', '$', '<', '>'])
}

/// Whether there can be an API group of this name, or it stands for all groups.
pub(super) fn may_be_group(group: &str) -> bool {
    let is_version = ["v1", "core", "api"].contains(&group);
    group.is_empty() || group == ALL || (!is_version && crate::rbac::names::is_subdomain(group))
}

/// A resource's group for a message.
pub(super) fn group_shown(group: &str) -> String {
    if group.is_empty() { "the core group `\"\"`".to_owned() } else { format!("`{}`", excerpt(group)) }
}

/// Some groups for a message.
pub(super) fn groups_shown(groups: &[&str]) -> String {
    let shown: Vec<_> = groups.iter().map(|group| group_shown(group)).collect();
    match shown.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => shown.concat(),
    }
}
