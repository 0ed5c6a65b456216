//! What a rule lacks of a request.

use super::super::alike::is_alike;
use super::{Dimension, Gap};
use crate::catalog::{ApiResource, Catalog};
use crate::rbac::{ALL, Action, ResourceAction, Rule, full_resource};

/// What a rule lacks of a request; `None` where it is about something else altogether.
pub(super) fn rule_gaps(rule: &Rule, action: &Action, catalog: &Catalog) -> Option<Vec<Gap>> {
    match action {
        Action::Url { verb, path } => url_gaps(rule, verb, path),
        Action::Resource(action) => resource_gaps(rule, action, catalog),
    }
}

fn url_gaps(rule: &Rule, verb: &str, path: &str) -> Option<Vec<Gap>> {
    let mut gaps = Vec::new();
    if !rule.has_url(path) {
        let parent = |url: &&String| {
            let url = url.trim_end_matches(['*', '/']);
            let begins = |text: &str, start: &str| text.strip_prefix(start).is_some_and(|rest| rest.starts_with('/'));
            !url.is_empty() && (begins(path, url) || begins(url, path) || url == path.trim_end_matches('/'))
        };
        let near = rule.non_resource_urls.iter().find(parent)?;
        let message = format!("`{near}` does not cover `{path}`");
        gaps.push(Gap { dimension: Dimension::Url, message });
    }
    gaps.extend(verb_gap(rule, verb));
    Some(gaps)
}

fn resource_gaps(rule: &Rule, action: &ResourceAction, catalog: &Catalog) -> Option<Vec<Gap>> {
    let has = rule.dimensions(action);
    let of_resource = if has.resource { None } else { Some(resource_gap(rule, action, catalog)?) };
    let mut gaps = Vec::new();
    if !has.group {
        // A rule about everything in another group is about something else.
        let is_named = |entry: &String| !entry.starts_with(ALL) || action.resource == ALL;
        let is_about_it = of_resource.is_some() || rule.resources.contains(&action.full_resource());
        if !is_about_it || !rule.resources.iter().any(is_named) {
            return None;
        }
        gaps.push(group_gap(rule, &action.group));
    }
    gaps.extend(of_resource);
    if !has.name {
        gaps.push(name_gap(rule, action));
    }
    gaps.extend(verb_gap(rule, &action.verb));
    Some(gaps)
}

fn group_gap(rule: &Rule, wanted: &str) -> Gap {
    let groups = list(rule.api_groups.iter().map(|group| group_in_words(group)));
    let message = match rule.api_groups.as_slice() {
        [] if wanted.is_empty() => "the rule has no `apiGroups`: the core group is `\"\"`".to_owned(),
        [] => format!("the rule has no `apiGroups`, not even {}", group_in_words(wanted)),
        [_] => format!("the rule has the API group {groups}, not {}", group_in_words(wanted)),
        _ => format!("the rule has the API groups {groups}, not {}", group_in_words(wanted)),
    };
    Gap { dimension: Dimension::Group, message }
}

/// How a rule nearly names the resource; `None` where it does not.
fn resource_gap(rule: &Rule, action: &ResourceAction, catalog: &Catalog) -> Option<Gap> {
    let (resource, subresource) = (action.resource.as_str(), action.subresource.as_str());
    let wanted = full_resource(resource, subresource);
    let of_resource = |entry: &&String| entry.split_once('/').is_some_and(|(parent, _)| parent == resource);
    let gap = |dimension, message| Some(Gap { dimension, message });
    let entries = &rule.resources;
    if let Some(dead) = entries.iter().find(|entry| *entry == "*/*" || **entry == format!("{resource}/*")) {
        let instead =
            if subresource.is_empty() { format!("`{resource}`") } else { format!("`{wanted}` or `*/{subresource}`") };
        return gap(Dimension::Resource, format!("`{dead}` matches nothing: it would have to be {instead}"));
    }
    if !subresource.is_empty() && entries.iter().any(|entry| entry == resource) {
        return gap(Dimension::Subresource, format!("`{resource}` does not cover its subresource `{wanted}`"));
    }
    if let Some(entry) = entries.iter().find(of_resource) {
        return gap(Dimension::Subresource, format!("`{entry}` does not cover `{wanted}`"));
    }
    let is_nothing = |entry: &&String| !rule.api_groups.iter().any(|group| catalog.find(group, entry).is_some());
    let is_bare = |entry: &&String| !subresource.is_empty() && *entry == subresource;
    if let Some(entry) = entries.iter().filter(is_bare).find(is_nothing) {
        return gap(Dimension::Resource, format!("`{entry}` matches nothing: it would have to be `{wanted}`"));
    }
    let known = catalog.find(&action.group, resource)?;
    let of_other_name = entries.iter().find(|entry| is_other_name(known, entry));
    if let Some(entry) = of_other_name {
        let message = format!("`{entry}` matches nothing: rules name the plural in lower case, `{wanted}`");
        return gap(Dimension::Resource, message);
    }
    let entry = entries.iter().filter(|entry| is_alike(&known.plural, entry)).find(is_nothing)?;
    gap(Dimension::Resource, format!("`{entry}` matches nothing: it would have to be `{wanted}`"))
}

/// Whether a word is another name of a resource than the one that rules know.
fn is_other_name(known: &ApiResource, entry: &str) -> bool {
    let entry = entry.to_lowercase();
    entry == *known.singular
        || entry == known.plural.to_lowercase()
        || known.short_names.iter().any(|short| *short == *entry)
}

fn name_gap(rule: &Rule, action: &ResourceAction) -> Gap {
    let names = list(rule.resource_names.iter().map(|name| format!("`{name}`")));
    let verb = action.verb.as_str();
    let message = match action.name.as_str() {
        _ if rule.resource_names.iter().any(|name| name == ALL) => {
            "`*` in resourceNames is a name like any other: leave resourceNames out for all".to_owned()
        }
        "" if verb == "create" => format!("the rule is only about {names}, and what is created has no name yet"),
        "" if matches!(verb, "list" | "watch" | "deletecollection") => {
            format!("the rule is only about {names}, and `{verb}` names no object")
        }
        "" => format!("the rule is only about {names}, and the question names no object"),
        name => format!("the rule is only about {names}, not `{name}`"),
    };
    Gap { dimension: Dimension::ResourceName, message }
}

fn verb_gap(rule: &Rule, verb: &str) -> Option<Gap> {
    if rule.has_verb(verb) {
        return None;
    }
    let verbs = || list(rule.verbs.iter().map(|verb| format!("`{verb}`")));
    let message = match rule.verbs.iter().find(|other| other.eq_ignore_ascii_case(verb)) {
        Some(other) => format!("the rule has the verb `{other}`, and verbs are in lower case: `{verb}`"),
        None => match rule.verbs.as_slice() {
            [] => "the rule has no verbs".to_owned(),
            [_] => format!("the rule has the verb {}, not `{verb}`", verbs()),
            _ => format!("the rule has the verbs {}, not `{verb}`", verbs()),
        },
    };
    Some(Gap { dimension: Dimension::Verb, message })
}

fn group_in_words(group: &str) -> String {
    if group.is_empty() { "`\"\"` (core)".to_owned() } else { format!("`{group}`") }
}

/// Words in a row, no more than anybody reads.
fn list(words: impl Iterator<Item = String>) -> String {
    const MOST: usize = 8;
    let words: Vec<_> = words.collect();
    match words.get(..MOST) {
        Some(first) if words.len() > MOST => format!("{} and {} more", first.join(", "), words.len() - MOST),
        _ => words.join(", "),
    }
}
