//! What rules allow of what is sought, wherever they count and whichever objects they name.
//!
//! A request is for one verb, resource, object and namespace. Whoever says that something must not be done means every one
//! of them; which there are to ask for is seen from the rules. Whether they are allowed is decided as always.

use std::collections::BTreeSet;

use super::sought::{Sought, SoughtWith, action};
use super::target::Target;
use super::whom::fits;
use crate::catalog::Catalog;
use crate::query::Access;
use crate::rbac::{
    ALL, AUTHENTICATED, Action, Binding, BindingId, Rule, SERVICE_ACCOUNTS, Subject, UNAUTHENTICATED, url_covers,
};

/// Rules of more entries than anybody reads are not taken apart to the end: so much of one is enough.
const MOST: usize = 20_000;

/// What a binding allows to do of what is sought.
pub(super) fn allowed_by(access: &Access, id: BindingId, sought: &Sought) -> BTreeSet<Action> {
    let policy = access.policy();
    let mut found = BTreeSet::new();
    let Some(binding) = policy.binding(id) else { return found };
    if sought.is_broad() && is_for_everybody(access, id, binding) {
        return found;
    }
    let rules = policy.roles_of(id).iter().flat_map(|&role| policy.rules_of(role));
    for rule in rules.map(|it| it.rule) {
        match &sought.with {
            SoughtWith::Urls(urls) if binding.namespace.is_none() => found.extend(of_urls(rule, &sought.verbs, urls)),
            SoughtWith::Urls(_) => {}
            SoughtWith::Resources { targets, names, namespaces } => {
                let spots = spots(rule, names, &places(binding, namespaces));
                let of_target = |target| of_target((rule, access.catalog()), &sought.verbs, target, &spots);
                found.extend(targets.iter().flat_map(of_target));
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// Whether it is one of the bindings by which Kubernetes lets everybody look around.
fn is_for_everybody(access: &Access, id: BindingId, binding: &Binding) -> bool {
    let is_everybody = |subject: &Subject| matches!(subject, Subject::Group(name) if [AUTHENTICATED, UNAUTHENTICATED, SERVICE_ACCOUNTS].contains(&name.as_str()));
    access.binding_object(id).is_none() && binding.subjects.iter().all(is_everybody)
}

/// The namespaces of what a binding allows; an empty one stands for all.
fn places(binding: &Binding, sought: &[String]) -> Vec<String> {
    let is_pattern = |written: &String| written.contains('*');
    match &binding.namespace {
        Some(own) if sought.is_empty() || sought.iter().any(|it| fits(it, own)) => vec![own.to_string()],
        Some(_) => Vec::new(),
        None if sought.is_empty() || sought.iter().any(is_pattern) => vec![String::new()],
        None => sought.to_vec(),
    }
}

fn of_urls(rule: &Rule, verbs: &[String], urls: &[String]) -> Vec<Action> {
    let entries = &rule.non_resource_urls;
    let pairs = urls.iter().flat_map(|url| entries.iter().map(move |entry| (url, entry)));
    let met = pairs.filter(|(url, entry)| url_covers(entry, url) || url_covers(url, entry));
    let narrower = met.map(|(url, entry)| if url_covers(entry, url) { url } else { entry });
    let paths: BTreeSet<&String> = narrower.collect();
    let verbs = verbs_of(rule, verbs);
    let actions = verbs
        .iter()
        .flat_map(|&verb| paths.iter().map(move |&path| Action::Url { verb: verb.clone(), path: path.clone() }));
    actions.take(MOST).collect()
}

/// An object, or any, in a namespace, or in all.
struct Spot {
    name: String,
    namespace: String,
}

fn spots(rule: &Rule, names: &[String], namespaces: &[String]) -> Vec<Spot> {
    let names = names_of(rule, names);
    let spot = |name: &String, namespace: &String| Spot { name: name.clone(), namespace: namespace.clone() };
    names.iter().flat_map(|name| namespaces.iter().map(move |namespace| spot(name, namespace))).collect()
}

fn of_target((rule, catalog): (&Rule, &Catalog), verbs: &[String], target: &Target, spots: &[Spot]) -> Vec<Action> {
    let (verbs, targets) = (verbs_of(rule, verbs), targets_of(rule, target, catalog));
    let kinds = verbs.iter().flat_map(|&verb| targets.iter().map(move |target| (verb, target)));
    let actions = kinds.flat_map(|(verb, target)| spots.iter().filter_map(move |spot| in_place(verb, target, spot)));
    actions.take(MOST).collect()
}

/// The verbs of a rule that are sought.
fn verbs_of<'r>(rule: &'r Rule, sought: &'r [String]) -> BTreeSet<&'r String> {
    if sought.iter().any(|verb| verb == ALL) {
        return rule.verbs.iter().collect();
    }
    sought.iter().filter(|verb| rule.has_verb(verb)).collect()
}

/// The names of a rule that are sought; an empty one stands for any.
fn names_of(rule: &Rule, sought: &[String]) -> BTreeSet<String> {
    match (rule.resource_names.is_empty(), sought.is_empty()) {
        (true, true) => BTreeSet::from([String::new()]),
        (true, false) => sought.iter().cloned().collect(),
        (false, true) => rule.resource_names.iter().cloned().collect(),
        (false, false) => sought.iter().filter(|name| rule.has_name(name)).cloned().collect(),
    }
}

/// The resources of a rule that are sought.
fn targets_of(rule: &Rule, sought: &Target, catalog: &Catalog) -> Vec<Target> {
    if !sought.is_all() {
        let is_met = rule.has_group(&sought.group) && rule.has_resource(&sought.resource, &sought.subresource);
        return if is_met { vec![sought.clone()] } else { Vec::new() };
    }
    let groups: BTreeSet<_> = if sought.group == ALL {
        rule.api_groups.iter().collect()
    } else if rule.has_group(&sought.group) {
        BTreeSet::from([&sought.group])
    } else {
        BTreeSet::new()
    };
    let entries: BTreeSet<_> = rule.resources.iter().collect();
    let pairs = groups.iter().flat_map(|group| entries.iter().map(move |entry| (group, entry)));
    let target = |(group, entry): (&&String, &&String)| {
        let (resource, subresource) = entry.split_once('/').unwrap_or((entry, ""));
        Target {
            group: (*group).clone(),
            resource: resource.to_owned(),
            subresource: subresource.to_owned(),
            is_of_cluster: catalog.find(group, resource).is_some_and(|known| !known.namespaced),
            note: None,
        }
    };
    pairs.map(target).collect()
}

/// Something that a rule allows, where its binding counts; `None` where no request for it is made there.
fn in_place(verb: &str, target: &Target, Spot { name, namespace: place }: &Spot) -> Option<Action> {
    if place.is_empty() || target.may_be_in_namespaces(verb) {
        return Some(action(verb, target, name, place));
    }
    // A namespace is in itself.
    let own = action(verb, target, place, "");
    let is_meant = target.is("", "namespaces") && (name.is_empty() || name == place);
    (is_meant && own.namespace().is_some()).then_some(own)
}
