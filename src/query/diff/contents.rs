//! What roles come to, whatever they are called and in whatever order they say it: roles that say the same are one.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::piece::{Certainty, Name, Object, Piece, Pieces, Resource};
use crate::catalog::Catalog;
use crate::query::permissions::{WITHOUT_NAME, is_large, is_namespaces, why_idle};
use crate::rbac::{ALL, Policy, RoleId, Rule};

/// The number of something that roles come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Content(usize);

/// Where a role counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground<'a> {
    /// In the whole cluster.
    Cluster,
    /// In some namespace, no matter which.
    Namespace,
    /// In this namespace, where it matters which.
    Particular(&'a str),
}

/// The resources that there are, on both sides: a definition is known even where it comes or goes with what is compared.
pub(super) type Catalogs<'a> = [&'a Catalog; 2];

/// The rules of a role, each with whether it depends on one of several differing definitions.
type Rules<'a> = Vec<(&'a Rule, bool)>;

/// All that roles come to.
#[derive(Debug, Default)]
pub(super) struct Contents<'a> {
    numbers: BTreeMap<Rules<'a>, Content>,
    rules: Vec<Rules<'a>>,
    pieces: BTreeMap<(Content, Ground<'a>), Rc<Pieces<'a>>>,
}

impl<'a> Contents<'a> {
    /// What a role comes to.
    pub(super) fn of(&mut self, policy: &'a Policy, role: RoleId) -> Content {
        let mut rules: Rules<'a> = policy.rules_of(role).map(|rule| (rule.rule, rule.is_conditional)).collect();
        rules.sort();
        rules.dedup();
        let next = Content(self.rules.len());
        let content = *self.numbers.entry(rules.clone()).or_insert(next);
        if content == next {
            self.rules.push(rules);
        }
        content
    }

    /// Its single permissions, where it counts.
    pub(super) fn pieces(&mut self, content: Content, ground: Ground<'a>, catalogs: Catalogs<'_>) -> Rc<Pieces<'a>> {
        if let Some(pieces) = self.pieces.get(&(content, ground)) {
            return Rc::clone(pieces);
        }
        let mut pieces = Pieces::default();
        for (rule, is_conditional) in self.rules(content).iter().filter(|(rule, _)| !is_large(rule)) {
            let mut taker = Taker { ground, catalogs, certainty: Certainty::of(*is_conditional), pieces: &mut pieces };
            taker.take(rule);
        }
        let pieces = Rc::new(pieces);
        self.pieces.insert((content, ground), Rc::clone(&pieces));
        pieces
    }

    /// The rules that are too large to be taken apart.
    pub(super) fn large(&self, content: Content) -> impl Iterator<Item = &'a Rule> {
        self.rules(content).iter().map(|(rule, _)| *rule).filter(|rule| is_large(rule))
    }

    /// Whether what it comes to in a namespace depends on what the namespace is called.
    pub(super) fn names_namespaces(&self, content: Content) -> bool {
        self.rules(content).iter().any(|(rule, _)| {
            let of_core = rule.api_groups.iter().any(|group| group.is_empty() || group == ALL);
            let plural = |entry: &String| Resource::new("", entry).plural.to_owned();
            let is_meant = |entry: &String| ["namespaces", ALL].contains(&&*plural(entry));
            !rule.resource_names.is_empty() && of_core && rule.resources.iter().any(is_meant)
        })
    }

    fn rules(&self, content: Content) -> &[(&'a Rule, bool)] {
        self.rules.get(content.0).map_or(&[], Vec::as_slice)
    }
}

/// Takes rules apart.
struct Taker<'a, 'p> {
    ground: Ground<'a>,
    catalogs: Catalogs<'p>,
    certainty: Certainty,
    pieces: &'p mut Pieces<'a>,
}

impl<'a> Taker<'a, '_> {
    fn take(&mut self, rule: &'a Rule) {
        for group in &rule.api_groups {
            for entry in &rule.resources {
                self.take_resource(rule, group, entry);
            }
        }
        if self.ground == Ground::Cluster {
            for url in &rule.non_resource_urls {
                self.take_object(rule, Object::Url(url), |_| true);
            }
        }
    }

    fn take_resource(&mut self, rule: &'a Rule, group: &'a str, entry: &'a str) {
        let resource = Resource::new(group, entry);
        let namespace = match self.ground {
            Ground::Cluster => None,
            Ground::Namespace => Some(""),
            Ground::Particular(namespace) => Some(namespace),
        };
        match self.catalogs.iter().find_map(|catalog| why_idle(catalog, group, entry, namespace)) {
            // A request for a namespace itself is made in it.
            Some(_) if namespace.is_some() && is_namespaces(group, entry) && !entry.ends_with("/*") => {
                let name = match self.ground {
                    Ground::Particular(namespace) => Name::One(namespace),
                    Ground::Cluster | Ground::Namespace => Name::Own,
                };
                if rule.resource_names.is_empty() || namespace.is_some_and(|namespace| rule.has_name(namespace)) {
                    let resource = Resource { group: "", ..resource };
                    self.take_object(rule, Object::Resource(resource, name), |verb| !WITHOUT_NAME.contains(&verb));
                }
            }
            Some(_) => {}
            None if rule.resource_names.is_empty() => {
                self.take_object(rule, Object::Resource(resource, Name::Any), |_| true);
            }
            None => {
                // A name that looks like all of them is the name of hardly anything.
                for name in rule.resource_names.iter().filter(|name| *name != ALL) {
                    self.take_object(rule, Object::Resource(resource, Name::One(name)), |_| true);
                }
            }
        }
    }

    fn take_object(&mut self, rule: &'a Rule, object: Object<'a>, is_taken: impl Fn(&str) -> bool) {
        for verb in rule.verbs.iter().filter(|verb| is_taken(verb)) {
            self.pieces.add(Piece { object, verb }, self.certainty);
        }
    }
}
