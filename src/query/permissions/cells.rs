//! Rules taken apart into single permissions, and put together again.

use std::collections::{BTreeMap, BTreeSet};

use super::idle::{WITHOUT_NAME, is_namespaces, of_resource, of_rule};
use super::sources::Source;
use super::{Idle, ResourceRow, Scope, UrlRow, Verbs, WhyIdle};
use crate::catalog::Catalog;
use crate::rbac::{ALL, Grant, Rule};

/// What a single permission is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    group: String,
    resource: String,
    /// `None` for all objects.
    name: Option<String>,
}

/// Single permissions by where they count; `None` for the whole cluster.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    scopes: BTreeMap<Option<String>, ScopeCells>,
}

#[derive(Clone, Debug, Default)]
struct ScopeCells {
    resources: BTreeMap<Target, Verbs>,
    urls: BTreeMap<String, Verbs>,
}

impl Cells {
    /// Takes in a rule; tells what of it grants nothing.
    pub(super) fn add(&mut self, source: &Source<'_>, catalog: &Catalog) -> Vec<Idle> {
        if let Some(why) = of_rule(source.rule, source.namespace) {
            return vec![source.idle(why, Vec::new())];
        }
        let cells = self.scopes.entry(source.namespace.map(str::to_owned)).or_default();
        let mut idle: BTreeMap<WhyIdle, Vec<String>> = BTreeMap::new();
        let resources = |group| source.rule.resources.iter().map(move |resource| (group, resource));
        for (group, resource) in source.rule.api_groups.iter().flat_map(resources) {
            if let Some((why, what)) = cells.add_resource(source, group, resource, catalog) {
                idle.entry(why).or_default().push(what);
            }
        }
        if let Some(what) = stars(source.rule) {
            idle.insert(WhyIdle::StarName, what);
        }
        match source.namespace {
            None => cells.add_urls(source),
            Some(_) if source.rule.non_resource_urls.is_empty() => {}
            Some(_) => {
                idle.insert(WhyIdle::UrlInNamespace, source.rule.non_resource_urls.clone());
            }
        }
        idle.into_iter().map(|(why, what)| source.idle(why, distinct(what))).collect()
    }

    /// One grant of each binding and role, of which any permission has come.
    pub(super) fn granting(&self) -> Vec<Grant> {
        let verbs = self.scopes.values().flat_map(|scope| scope.resources.values().chain(scope.urls.values()));
        let grants = verbs.flat_map(BTreeMap::values).flatten();
        let by_role: BTreeMap<_, _> = grants.map(|grant| ((grant.binding, grant.role), *grant)).collect();
        by_role.into_values().collect()
    }

    /// Leaves out what something wider contains, and puts together what differs in names alone.
    pub(super) fn settle(self) -> Vec<Scope> {
        let of_cluster = self.scopes.get(&None).cloned().unwrap_or_default();
        let verbs = self.verbs();
        let settled = self.scopes.into_iter().map(|(namespace, same)| {
            let wider = namespace.is_some().then_some(&of_cluster);
            let is_wider = |target: &Target, verb: &str, needs_certain: bool| {
                same.contains(target, verb, needs_certain, false)
                    || wider.is_some_and(|wider| wider.contains(target, verb, needs_certain, true))
            };
            Scope { resources: rows(&same.resources, &verbs, is_wider), urls: url_rows(&same, &verbs), namespace }
        });
        settled.filter(|scope| !scope.resources.is_empty() || !scope.urls.is_empty()).collect()
    }

    /// All verbs that there are.
    fn verbs(&self) -> BTreeSet<String> {
        let verbs = self.scopes.values().flat_map(|scope| scope.resources.values().chain(scope.urls.values()));
        verbs.flat_map(BTreeMap::keys).cloned().collect()
    }
}

impl ScopeCells {
    /// Takes in what a rule says about one resource of one group; tells what of it grants nothing.
    fn add_resource(
        &mut self,
        source: &Source<'_>,
        group: &str,
        entry: &str,
        catalog: &Catalog,
    ) -> Option<(WhyIdle, String)> {
        let why = of_resource(catalog, group, entry, source.namespace);
        match (why, source.namespace) {
            (Some(WhyIdle::OfCluster), Some(own)) if is_namespaces(group, entry) => {
                self.add_namespace(source, entry, own).map(|what| (WhyIdle::OfCluster, what))
            }
            (Some(why), _) => Some((why, entry.to_owned())),
            (None, _) => {
                for verb in &source.rule.verbs {
                    self.add_permission(source, group, entry, verb);
                }
                None
            }
        }
    }

    fn add_permission(&mut self, source: &Source<'_>, group: &str, entry: &str, verb: &str) {
        let target =
            |name: Option<&String>| Target { group: group.to_owned(), resource: entry.to_owned(), name: name.cloned() };
        // A name that looks like all of them is told apart.
        let names = source.rule.resource_names.iter().filter(|name| *name != ALL).map(Some);
        let any = source.rule.resource_names.is_empty().then_some(None);
        for name in names.chain(any) {
            add(self.resources.entry(target(name)).or_default(), verb, source.grant);
        }
    }

    /// Takes in what a rule of a RoleBinding says about namespaces: it reaches its own, by name.
    fn add_namespace(&mut self, source: &Source<'_>, entry: &str, own: &str) -> Option<String> {
        if !source.rule.has_name(own) {
            return Some(entry.to_owned());
        }
        let mut without_name = Vec::new();
        for verb in &source.rule.verbs {
            if WITHOUT_NAME.contains(&verb.as_str()) {
                without_name.push(verb.as_str());
                continue;
            }
            let target = Target { group: String::new(), resource: entry.to_owned(), name: Some(own.to_owned()) };
            add(self.resources.entry(target).or_default(), verb, source.grant);
        }
        (!without_name.is_empty()).then(|| format!("{entry} ({})", without_name.join(", ")))
    }

    fn add_urls(&mut self, source: &Source<'_>) {
        for url in &source.rule.non_resource_urls {
            for verb in &source.rule.verbs {
                add(self.urls.entry(url.clone()).or_default(), verb, source.grant);
            }
        }
    }

    /// Whether a wider permission than this one is among these, or the same where that counts too.
    fn contains(&self, target: &Target, verb: &str, needs_certain: bool, or_same: bool) -> bool {
        let of_any = target.resource.split_once('/').map(|(_, subresource)| format!("*/{subresource}"));
        let resources = [Some(target.resource.as_str()), of_any.as_deref(), Some(ALL)];
        let names = [target.name.clone(), None];
        let mut wider = Vec::new();
        for group in [target.group.as_str(), ALL] {
            for resource in resources.into_iter().flatten() {
                wider.extend(names.iter().map(|name| Target {
                    group: group.to_owned(),
                    resource: resource.to_owned(),
                    name: name.clone(),
                }));
            }
        }
        wider.iter().any(|wider| {
            let Some(verbs) = self.resources.get(wider) else { return false };
            is_in(verbs, verb, needs_certain, or_same || wider != target)
        })
    }

    fn contains_url(&self, url: &str, verb: &str, needs_certain: bool) -> bool {
        let same = self.urls.get(url).into_iter().map(|verbs| (verbs, false));
        let is_wider = |(entry, _): &(&String, &Verbs)| {
            entry.ends_with(ALL) && *entry != url && {
                Rule { non_resource_urls: vec![(*entry).clone()], ..Rule::default() }.has_url(url)
            }
        };
        let wider = self.urls.iter().filter(is_wider).map(|(_, verbs)| (verbs, true));
        same.chain(wider).any(|(verbs, or_same)| is_in(verbs, verb, needs_certain, or_same))
    }
}

/// What is told of the names of a rule that look like all names; nothing where all of them do.
fn stars(rule: &Rule) -> Option<Vec<String>> {
    let is_star = |name: &String| name == ALL;
    let all = rule.resource_names.iter().all(is_star);
    let what = if all { Vec::new() } else { vec![ALL.to_owned()] };
    rule.resource_names.iter().any(is_star).then_some(what)
}

/// Whether verbs contain one, for certain where that is needed.
fn is_in(verbs: &Verbs, verb: &str, needs_certain: bool, or_same: bool) -> bool {
    let contains = |wider: &str| verbs.get(wider).is_some_and(|wider| is_certain(wider) || !needs_certain);
    (or_same && contains(verb)) || (verb != ALL && contains(ALL))
}

/// Whether a permission needs no object whose definitions differ.
fn is_certain(grants: &[Grant]) -> bool {
    grants.iter().any(|grant| !grant.is_conditional)
}

fn add(verbs: &mut Verbs, verb: &str, grant: Grant) {
    let grants = verbs.entry(verb.to_owned()).or_default();
    if !grants.contains(&grant) {
        grants.push(grant);
    }
}

fn rows(
    cells: &BTreeMap<Target, Verbs>,
    all_verbs: &BTreeSet<String>,
    is_wider: impl Fn(&Target, &str, bool) -> bool,
) -> Vec<ResourceRow> {
    let mut rows: Vec<ResourceRow> = Vec::new();
    for (target, verbs) in cells {
        let (verbs, wider) = split(verbs, all_verbs, |verb, needs_certain| is_wider(target, verb, needs_certain));
        if verbs.is_empty() {
            continue;
        }
        let Target { group, resource, name } = target.clone();
        // Those of one resource stand together.
        let mut same = rows.iter_mut().rev().take_while(|row| row.group == group && row.resource == resource);
        let same =
            same.find(|row| name.is_some() && !row.names.is_empty() && (&row.verbs, &row.wider) == (&verbs, &wider));
        match same {
            Some(row) => row.names.extend(name),
            None => rows.push(ResourceRow { group, resource, names: name.into_iter().collect(), verbs, wider }),
        }
    }
    // What is said about all groups comes first.
    rows.sort_by_key(|row| row.group != ALL);
    rows
}

fn url_rows(cells: &ScopeCells, all_verbs: &BTreeSet<String>) -> Vec<UrlRow> {
    let rows = cells.urls.iter().map(|(url, verbs)| {
        let (verbs, wider) =
            split(verbs, all_verbs, |verb, needs_certain| cells.contains_url(url, verb, needs_certain));
        UrlRow { url: url.clone(), verbs, wider }
    });
    rows.filter(|row| !row.verbs.is_empty()).collect()
}

/// Tells verbs that nothing wider allows from those that something wider allows for certain.
fn split(verbs: &Verbs, all_verbs: &BTreeSet<String>, is_wider: impl Fn(&str, bool) -> bool) -> (Verbs, Vec<String>) {
    let own = verbs.iter().filter(|(verb, grants)| !is_wider(verb, is_certain(grants)));
    let own: Verbs = own.map(|(verb, grants)| (verb.clone(), grants.clone())).collect();
    if own.is_empty() || own.contains_key(ALL) {
        return (own, Vec::new());
    }
    let wider = all_verbs.iter().filter(|verb| !own.contains_key(*verb) && is_wider(verb, true));
    let wider = wider.cloned().collect();
    (own, wider)
}

fn distinct(mut what: Vec<String>) -> Vec<String> {
    what.sort();
    what.dedup();
    what
}
