//! Why not, and what would change it.

use std::fmt::Write as _;

use super::excerpt::{excerpt, place};
use super::style::Styles;
use super::words;
use crate::manifest::RulePlaces;
use crate::query::{Access, Answer, Dimension, Miss, Remedy};
use crate::rbac::BindingId;
use crate::source::Span;

/// No more near misses than this are told.
const MOST_MISSES: usize = 5;
/// No more names than this are told of one thing.
const MOST_NAMES: usize = 5;

/// What comes nearest to allowing a request.
pub(super) fn why(access: &Access, answer: &Answer, styles: Styles) -> String {
    let mut text = String::new();
    if answer.misses.is_empty() {
        let names = bindings(access, &answer.bindings);
        let what =
            if names.is_empty() { "No binding names this subject." } else { "No grant comes near. The subject has:" };
        let _ = writeln!(text, "\n{}", styles.strong(what));
        names.iter().take(MOST_NAMES).for_each(|name| {
            let _ = writeln!(text, "  {name}");
        });
        more(names.len(), MOST_NAMES, &mut text);
        return text;
    }
    let _ = writeln!(text, "\n{}", styles.strong("What comes nearest:"));
    for one in answer.misses.iter().take(MOST_MISSES) {
        let _ = write!(text, "\n{}", miss(access, one, styles));
    }
    more(answer.misses.len(), MOST_MISSES, &mut text);
    text
}

/// Bindings with the roles that they hand out and their places.
fn bindings(access: &Access, ids: &[BindingId]) -> Vec<String> {
    let name = |&id: &BindingId| {
        let binding = access.policy().binding(id)?;
        let place = access.binding_object(id).map(|object| place(access.sources(), object.span))?;
        Some(format!("{} → {} ({place})", words::binding(binding), words::role_of(binding)))
    };
    ids.iter().filter_map(name).collect()
}

fn more(count: usize, most: usize, text: &mut String) {
    if count > most {
        let _ = writeln!(text, "  and {} more (`-o json` has all)", count - most);
    }
}

fn miss(access: &Access, miss: &Miss, styles: Styles) -> String {
    let binding = access.policy().binding(miss.binding);
    let role = match miss.role {
        Some(role) => words::role_by_id(access, role),
        None => binding.map(words::role_of).unwrap_or_default(),
    };
    let rule = miss.rule.map(|rule| format!(" → rule {}", rule.index + 1)).unwrap_or_default();
    let head = format!("{} → {role}{rule}", words::binding_of(access, miss.binding));
    let mut text = format!("{}\n", styles.strong(&head));
    for gap in &miss.gaps {
        let _ = writeln!(text, "  {}: {}", styles.bad(gap.dimension.name()), words::shown(&gap.message));
    }
    text.push_str(&in_binding(access, miss, styles));
    text.push_str(&in_rule(access, miss, styles));
    if !miss.alike.is_empty() {
        let names = miss.alike.iter().map(|&id| words::binding_of(access, id));
        let names: Vec<_> = names.take(MOST_NAMES).collect();
        let _ = write!(text, "  the same for {}", names.join(", "));
        let _ = match miss.alike.len().checked_sub(MOST_NAMES) {
            Some(rest @ 1..) => writeln!(text, " and {rest} more"),
            _ => writeln!(text),
        };
    }
    text
}

/// Where the binding stands, where it is the binding that does not fit.
fn in_binding(access: &Access, miss: &Miss, styles: Styles) -> String {
    let has = |dimension| miss.gaps.iter().any(|gap| gap.dimension == dimension);
    let (Some(facts), Some(object)) = (access.binding_facts(miss.binding), access.binding_object(miss.binding)) else {
        return String::new();
    };
    let subject = facts.subjects.get(miss.subject).copied();
    let (span, marks) = if has(Dimension::Subject) {
        (subject.unwrap_or(facts.role), Vec::new())
    } else if has(Dimension::Role) {
        (facts.role, vec![facts.role_name])
    } else if has(Dimension::Namespace) || has(Dimension::Scope) {
        return format!("  {}\n", place(access.sources(), object.span));
    } else {
        return String::new();
    };
    format!("  {}\n{}", place(access.sources(), span), excerpt(access.sources(), span, &marks, styles))
}

/// The rule, with carets under what does not fit.
fn in_rule(access: &Access, miss: &Miss, styles: Styles) -> String {
    let Some(rule) = miss.rule else { return String::new() };
    let Some(places) = access.rule_places(rule) else {
        let rule = access.policy().role(rule.role).and_then(|role| role.rules.get(rule.index));
        let rule = rule.map(words::rule).unwrap_or_default();
        return format!("  in the default policy of Kubernetes\n    {} {rule}\n", styles.dim("│"));
    };
    let marks: Vec<_> = miss.gaps.iter().flat_map(|gap| entries(places, gap.dimension)).copied().collect();
    let written_in = miss.role.filter(|&role| role != rule.role).map(|_| words::role_by_id(access, rule.role));
    let written_in = written_in.map(|role| format!(" {role}, by aggregation")).unwrap_or_default();
    let sources = access.sources();
    let place = place(sources, places.whole);
    format!("  {place}{written_in}\n{}", excerpt(sources, places.whole, &marks, styles))
}

/// The entries of a rule in one dimension.
fn entries(places: &RulePlaces, dimension: Dimension) -> &[Span] {
    match dimension {
        Dimension::Verb => &places.verbs,
        Dimension::Group => &places.api_groups,
        Dimension::Resource | Dimension::Subresource => &places.resources,
        Dimension::ResourceName => &places.resource_names,
        Dimension::Url => &places.non_resource_urls,
        Dimension::Role | Dimension::Aggregation | Dimension::Subject | Dimension::Namespace | Dimension::Scope => &[],
    }
}

/// What would allow a request.
pub(super) fn remedy(access: &Access, answer: &Answer, styles: Styles) -> String {
    let Some(Remedy { suggestion, extend, unbound }) = &answer.remedy else { return String::new() };
    let mut text = String::new();
    if !unbound.is_empty() {
        let _ = writeln!(text, "\n{}", styles.strong("Roles that would allow it, and more, where they are bound:"));
    }
    for &role in unbound {
        let place = match access.role_object(role) {
            Some(object) => place(access.sources(), object.span),
            None => "of the default policy of Kubernetes".to_owned(),
        };
        let _ = writeln!(text, "  {} ({place})", words::role_by_id(access, role));
    }
    if let Some(&role) = extend.as_ref() {
        let head =
            format!("This rule would allow it in {}, to all that it is bound to:", words::role_by_id(access, role));
        let _ = writeln!(text, "\n{}\n\n{}", styles.strong(&head), suggestion.rule.trim_end());
    }
    let head = if extend.is_some() {
        "And these objects, and nothing else:"
    } else {
        "This would allow it, and nothing else:"
    };
    let _ = writeln!(text, "\n{}\n\n{}", styles.strong(head), words::lines(&suggestion.objects).trim_end());
    text
}
