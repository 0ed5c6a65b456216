//! Why not: what comes nearest to allowing a request, and what is missing.

use super::access::Access;
use super::lookalike;
use crate::catalog::Catalog;
use crate::rbac::{
    ALL, Action, Binding, BindingId, Request, ResourceAction, RoleId, RoleRule, Rule, RulePlace, full_resource,
};

/// Something that does not allow a request, and nearly does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// What is missing, the most telling first; never empty.
    pub gaps: Vec<Gap>,
    /// The binding.
    pub binding: BindingId,
    /// Which of its subjects is meant, or looks as if it was meant to be.
    pub subject: usize,
    /// Further bindings that hand out the same and lack the same.
    pub alike: Vec<BindingId>,
    /// The role that it hands out; `None` where that is missing.
    pub role: Option<RoleId>,
    /// The rule that comes nearest; `None` where the role is missing.
    pub rule: Option<RulePlace>,
}

/// One dimension in which something does not fit a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The dimension.
    pub dimension: Dimension,
    /// What is there and what would have to be: lower case, without a final period.
    pub message: String,
}

/// In what something does not fit a request. The most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// The binding hands out a role that is not there.
    Role,
    /// The binding names somebody else who looks like the subject.
    Subject,
    /// The binding counts in another namespace.
    Namespace,
    /// The binding counts in a namespace, and the request is about the whole cluster.
    Scope,
    /// The rule has another API group.
    Group,
    /// The rule has the resource and not the subresource, or the other way round.
    Subresource,
    /// The rule names the resource in a way that means nothing.
    Resource,
    /// The rule is about other objects.
    ResourceName,
    /// The rule has other verbs.
    Verb,
    /// The rule has another URL.
    Url,
}

impl Dimension {
    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Subject => "subject",
            Self::Namespace => "namespace",
            Self::Scope => "scope",
            Self::Group => "api-group",
            Self::Subresource => "subresource",
            Self::Resource => "resource",
            Self::ResourceName => "resource-name",
            Self::Verb => "verb",
            Self::Url => "url",
        }
    }
}

/// What comes nearest to allowing a request that is denied, the nearest first. What lacks more than two things is not
/// near.
pub fn nearest(access: &Access, request: &Request) -> Vec<Miss> {
    const FAR: usize = 2;
    let mut misses = Vec::new();
    for (id, binding) in access.policy().bindings() {
        let Some(near) = Near::new(access, id, binding, request) else { continue };
        misses.extend(near.nearest(access, request));
    }
    misses.retain(|miss| miss.gaps.len() <= FAR);
    misses.sort_by_cached_key(|miss| {
        let is_built_in = access.binding_object(miss.binding).is_none();
        let dimensions: Vec<_> = miss.gaps.iter().map(|gap| gap.dimension).collect();
        (miss.gaps.len(), is_built_in, dimensions, miss.binding)
    });
    let mut misses = merged(misses);
    // What a nearer miss says already is not said again.
    let least = misses.first().map_or(0, |miss| miss.gaps.len());
    let nearer: Vec<_> = misses.iter().filter(|miss| miss.gaps.len() == least).map(|miss| miss.rule).collect();
    misses.retain(|miss| miss.gaps.len() == least || miss.rule.is_none() || !nearer.contains(&miss.rule));
    misses
}

/// Misses of which those that differ only in the binding are told with the first of them.
fn merged(misses: Vec<Miss>) -> Vec<Miss> {
    let dimensions = |miss: &Miss| miss.gaps.iter().map(|gap| gap.dimension).collect::<Vec<_>>();
    let mut merged: Vec<Miss> = Vec::new();
    for miss in misses {
        let is_alike = |other: &&mut Miss| {
            miss.rule.is_some() && other.rule == miss.rule && dimensions(other) == dimensions(&miss)
        };
        match merged.iter_mut().find(is_alike) {
            Some(first) => first.alike.push(miss.binding),
            None => merged.push(miss),
        }
    }
    merged
}

/// A binding that names whoever asks, or somebody who looks like them.
struct Near {
    binding: BindingId,
    subject: usize,
    /// What is missing already, whatever the role says.
    gaps: Vec<Gap>,
}

impl Near {
    fn new(access: &Access, id: BindingId, binding: &Binding, request: &Request) -> Option<Self> {
        let namespace = binding.namespace.as_deref();
        let (subject, gap) = if let Some(subject) = access.policy().subject_of(id, &request.identity) {
            (subject, None)
        } else {
            let alike = |subject| lookalike::difference(subject, namespace, &request.identity);
            let mut alike = binding.subjects.iter().map(alike).enumerate();
            let (subject, message) = alike.find_map(|(at, message)| Some((at, message?)))?;
            (subject, Some(Gap { dimension: Dimension::Subject, message }))
        };
        let gaps = gap.into_iter().chain(scope_gap(binding, &request.action)).collect();
        Some(Self { binding: id, subject, gaps })
    }

    /// What comes nearest in what the binding hands out.
    fn nearest(self, access: &Access, request: &Request) -> Option<Miss> {
        let policy = access.policy();
        let Self { binding, subject, gaps } = self;
        let miss = |gaps, role, rule| Miss { gaps, binding, subject, alike: Vec::new(), role, rule };
        let roles = policy.roles_of(binding);
        if roles.is_empty() {
            let message = missing_role(access, policy.binding(binding)?);
            let missing = Gap { dimension: Dimension::Role, message };
            return Some(miss(std::iter::once(missing).chain(gaps).collect(), None, None));
        }
        let rules = roles.iter().flat_map(|&role| policy.rules_of(role).map(move |rule| (role, rule)));
        let misses = rules.filter_map(|(role, RoleRule { rule, place, .. })| {
            let of_rule = rule_gaps(rule, &request.action, access.catalog())?;
            let gaps: Vec<_> = gaps.iter().cloned().chain(of_rule).collect();
            (!gaps.is_empty()).then(|| miss(gaps, Some(role), Some(place)))
        });
        misses.min_by_key(|miss| (miss.gaps.len(), miss.gaps.iter().map(|gap| gap.dimension).collect::<Vec<_>>()))
    }
}

fn missing_role(access: &Access, binding: &Binding) -> String {
    let (kind, name) = (binding.role.kind.name(), &binding.role.name);
    let Some(key) = binding.role_key() else {
        return format!("it hands out a `{kind}`, which is no role that it could hand out");
    };
    if let Some(useless) = access.useless_role(key) {
        return match &useless.refusal {
            Some(refusal) => format!("the API server refuses its {kind} `{name}`: {}", refusal.message),
            None => format!("its {kind} `{name}` could not be read"),
        };
    }
    let namespace = key.0.map(|namespace| format!(" in namespace `{namespace}`")).unwrap_or_default();
    let mut others: Vec<_> = access
        .policy()
        .roles()
        .filter(|(_, role)| role.name == *name)
        .map(|(_, role)| match &role.namespace {
            Some(namespace) => format!("a Role of this name in namespace `{namespace}`"),
            None => "a ClusterRole of this name".to_owned(),
        })
        .collect();
    others.dedup();
    others.truncate(3);
    let others = if others.is_empty() { String::new() } else { format!("; there is {}", others.join(", ")) };
    format!("there is no {kind} `{name}`{namespace}{others}")
}

/// That a binding counts somewhere else than where the request is.
fn scope_gap(binding: &Binding, action: &Action) -> Option<Gap> {
    let own = binding.namespace.as_deref()?;
    match action {
        Action::Url { .. } => Some(Gap {
            dimension: Dimension::Scope,
            message: "a RoleBinding never grants a URL: it takes a ClusterRoleBinding".to_owned(),
        }),
        Action::Resource(action) if action.namespace.is_empty() => {
            let message = format!("it counts only in namespace `{own}`, and the request is in none");
            Some(Gap { dimension: Dimension::Scope, message })
        }
        Action::Resource(action) if action.namespace != own => {
            let message = format!("it counts only in namespace `{own}`, not in `{}`", action.namespace);
            Some(Gap { dimension: Dimension::Namespace, message })
        }
        Action::Resource(_) => None,
    }
}

/// What a rule lacks of a request; `None` where it is about something else altogether.
fn rule_gaps(rule: &Rule, action: &Action, catalog: &Catalog) -> Option<Vec<Gap>> {
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
    let mut gaps = Vec::new();
    if !has.group {
        if rule.api_groups.is_empty() {
            return None;
        }
        let groups = list(rule.api_groups.iter().map(|group| group_in_words(group)));
        let message = format!("the rule has the API group {groups}, not {}", group_in_words(&action.group));
        gaps.push(Gap { dimension: Dimension::Group, message });
    }
    if !has.resource {
        gaps.push(resource_gap(rule, action, catalog)?);
    }
    if !has.name {
        gaps.push(name_gap(rule, action));
    }
    if !has.verb {
        gaps.extend(verb_gap(rule, &action.verb));
    }
    Some(gaps)
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
    let known = catalog.find(&action.group, resource)?;
    let is_other_name = |entry: &&String| {
        let entry = entry.to_lowercase();
        entry == *known.singular
            || entry == known.plural.to_lowercase()
            || known.short_names.iter().any(|short| *short == *entry)
    };
    let entry = entries.iter().find(is_other_name)?;
    gap(Dimension::Resource, format!("`{entry}` matches nothing: rules name the plural in lower case, `{wanted}`"))
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
    let message = match rule.verbs.iter().find(|other| other.eq_ignore_ascii_case(verb)) {
        Some(other) => format!("the rule has the verb `{other}`, and verbs are in lower case: `{verb}`"),
        None => {
            format!("the rule has the verbs {}, not `{verb}`", list(rule.verbs.iter().map(|verb| format!("`{verb}`"))))
        }
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
        _ if words.is_empty() => "nothing".to_owned(),
        _ => words.join(", "),
    }
}
