//! One grant as people read it: binding → role → rule, each with its place and lines.

use std::fmt::Write as _;

use super::arrow::subject_span;
use super::excerpt::{excerpt, place};
use super::style::Styles;
use super::words;
use crate::manifest::RulePlaces;
use crate::query::Access;
use crate::rbac::{ALL, Action, Grant, Identity, Rule, Subject, full_resource};
use crate::source::Span;

/// Writes one grant of an action to somebody.
pub(super) fn write(access: &Access, identity: &Identity, action: &Action, grant: &Grant, styles: Styles) -> String {
    let policy = access.policy();
    let mut text = String::new();
    let Some(binding) = policy.binding(grant.binding) else { return text };
    let subject = binding.subjects.get(grant.subject);
    let whom = subject.map(|subject| words::subject(subject, binding.namespace.as_deref())).unwrap_or_default();
    let _ = writeln!(text, "{}", styles.strong(&head(access, grant)));
    if let Some(membership) = subject.and_then(|subject| membership(subject, identity)) {
        let _ = writeln!(text, "  {membership}");
    }
    let sources = access.sources();
    match subject_span(access, grant) {
        Some(span) => {
            let _ = writeln!(text, "  {} names {whom}", place(sources, span));
            text.push_str(&excerpt(sources, span, &[], styles));
        }
        None => {
            let _ = writeln!(text, "  the default policy of Kubernetes binds it to {whom}");
        }
    }
    text.push_str(&rule(access, action, grant, styles));
    text
}

/// A grant in one line, with the places of its binding and of its rule.
pub(super) fn line(access: &Access, grant: &Grant) -> String {
    let subject = subject_span(access, grant);
    let rule = access.rule_places(grant.rule).map(|places| places.whole);
    let places: Vec<_> = subject.into_iter().chain(rule).map(|span| place(access.sources(), span)).collect();
    let conditional = if grant.is_conditional { ", conditional" } else { "" };
    format!("{} ({}{conditional})", head(access, grant), places.join(", "))
}

/// `RoleBinding prod/deployer → Role prod/deployer → rule 2`.
fn head(access: &Access, grant: &Grant) -> String {
    let (binding, role) = (words::binding_of(access, grant.binding), words::role_by_id(access, grant.role));
    format!("{binding} → {role} → {}", words::rule_number(access, Some(grant.role), grant.rule))
}

/// The rule of a grant, and how the role comes to it.
fn rule(access: &Access, action: &Action, grant: &Grant, styles: Styles) -> String {
    let mut text = String::new();
    let policy = access.policy();
    let written_in = words::role_by_id(access, grant.rule.role);
    if grant.rule.role != grant.role {
        let taken = words::role_by_id(access, grant.role);
        let _ = writeln!(text, "  {taken} takes in the rules of {written_in} by aggregation");
    }
    let Some(rule) = policy.role(grant.rule.role).and_then(|role| role.rules.get(grant.rule.index)) else {
        return text;
    };
    if let Some(places) = access.rule_places(grant.rule) {
        let _ = writeln!(text, "  {} {written_in}", place(access.sources(), places.whole));
        text.push_str(&excerpt(access.sources(), places.whole, &marks(rule, places, action), styles));
    } else {
        let _ = writeln!(text, "  {written_in} of the default policy of Kubernetes has the rule");
        let _ = writeln!(text, "    {} {}", styles.dim("│"), words::rule(rule));
    }
    text
}

/// How somebody comes to be meant by a subject of another name.
fn membership(subject: &Subject, identity: &Identity) -> Option<String> {
    let Subject::Group(group) = subject else { return None };
    let user = match identity.service_account() {
        Some((namespace, name)) => format!("ServiceAccount {namespace}/{name}"),
        None if identity.user.is_empty() => return None,
        None => format!("User {}", identity.user),
    };
    Some(words::shown(&format!("{user} is in Group {group}")))
}

/// The entries of a rule by which it allows an action.
pub(super) fn marks(rule: &Rule, places: &RulePlaces, action: &Action) -> Vec<Span> {
    let mut marks = Vec::new();
    let mut mark = |entries: &[String], places: &mut dyn Iterator<Item = Span>, fits: &dyn Fn(&str) -> bool| {
        let found = entries.iter().zip(places).find(|(entry, _)| fits(entry));
        marks.extend(found.map(|(_, place)| place));
    };
    match action {
        Action::Resource(action) => {
            let full = full_resource(&action.resource, &action.subresource);
            let of_any = format!("*/{}", action.subresource);
            mark(&rule.verbs, &mut places.verbs(), &|entry| entry == ALL || entry == action.verb);
            mark(&rule.api_groups, &mut places.api_groups(), &|entry| entry == ALL || entry == action.group);
            let is_resource = |entry: &str| entry == ALL || entry == full || entry == of_any;
            mark(&rule.resources, &mut places.resources(), &is_resource);
            mark(&rule.resource_names, &mut places.resource_names(), &|entry| entry == action.name);
        }
        Action::Url { verb, path } => {
            mark(&rule.verbs, &mut places.verbs(), &|entry| entry == ALL || entry == verb);
            let covers =
                |entry: &str| Rule { non_resource_urls: vec![entry.to_owned()], ..Rule::default() }.has_url(path);
            mark(&rule.non_resource_urls, &mut places.non_resource_urls(), &covers);
        }
    }
    marks
}
