//! Why not, and what would change it.

use std::fmt::Write as _;

use super::excerpt::{excerpt, place};
use super::style::Styles;
use super::{grant, words};
use crate::manifest::RulePlaces;
use crate::query::{Access, Answer, Dimension, Miss, Remedy};
use crate::rbac::{Action, BindingId};
use crate::source::Span;

/// No more near misses than this are told.
const MOST_MISSES: usize = 5;
/// Where more bindings than this miss their roles, each is told on one line.
const MOST_APART: usize = 2;
/// No more bindings than this that miss their roles are told on such lines.
const MOST_MISSING: usize = 12;
/// No more names than this are told of one thing.
const MOST_NAMES: usize = 5;

/// What comes nearest to allowing a request, or the bindings of a subject that has nothing near it.
pub(super) fn why(
    access: &Access,
    (misses, bindings): (&[Miss], &[BindingId]),
    action: &Action,
    styles: Styles,
) -> String {
    let mut text = String::new();
    if misses.is_empty() {
        let names = self::bindings(access, bindings);
        let what = if names.is_empty() {
            "No binding that was read names this subject."
        } else {
            "No grant comes near. The subject has:"
        };
        let _ = writeln!(text, "\n{}", styles.strong(what));
        names.iter().take(MOST_NAMES).for_each(|name| {
            let _ = writeln!(text, "  {name}");
        });
        more(names.len(), MOST_NAMES, &mut text);
        return text;
    }
    let _ = writeln!(text, "\n{}", styles.strong("What comes nearest:"));
    let mut left = MOST_MISSES;
    let is_of_role = |miss: &Miss| miss.has(&[Dimension::Role]);
    for run in misses.chunk_by(|one, other| is_of_role(one) == is_of_role(other)) {
        if run.len() > MOST_APART && run.iter().all(is_of_role) {
            text.push_str(&missing_roles(access, run));
            left = left.saturating_sub(MOST_APART);
            continue;
        }
        for one in run.iter().take(left) {
            let _ = write!(text, "\n{}", miss(access, one, action, styles));
        }
        more(run.len(), left, &mut text);
        left = left.saturating_sub(run.len());
    }
    text
}

/// Bindings of roles that are not there, on a line each.
fn missing_roles(access: &Access, misses: &[Miss]) -> String {
    let mut text = "\n".to_owned();
    for miss in misses.iter().take(MOST_MISSING) {
        let binding = words::binding_of(access, miss.binding);
        let messages: Vec<_> = miss.gaps.iter().map(|gap| words::shown(&gap.message)).collect();
        let place = access.binding_facts(miss.binding).map(|facts| place(access.sources(), facts.role_name));
        let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
        let _ = writeln!(text, "{binding}: {}{place}", messages.join("; "));
        text.push_str(&alike(access, miss));
    }
    more(misses.len(), MOST_MISSING, &mut text);
    text
}

/// The other bindings of which the same is to be said.
fn alike(access: &Access, miss: &Miss) -> String {
    if miss.alike.is_empty() {
        return String::new();
    }
    let names = miss.alike.iter().take(MOST_NAMES).map(|&id| words::binding_of(access, id));
    let names: Vec<_> = names.collect();
    let rest = match miss.alike.len().checked_sub(MOST_NAMES) {
        Some(rest @ 1..) => format!(" and {rest} more"),
        _ => String::new(),
    };
    format!("  the same for {}{rest}\n", names.join(", "))
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

fn miss(access: &Access, miss: &Miss, action: &Action, styles: Styles) -> String {
    let binding = access.policy().binding(miss.binding);
    let role = match miss.role {
        Some(role) => words::role_by_id(access, role),
        None => binding.map(words::role_of).unwrap_or_default(),
    };
    let rule = miss.rule.map(|rule| format!(" → {}", words::rule_number(access, miss.role, rule))).unwrap_or_default();
    let head = format!("{} → {role}{rule}", words::binding_of(access, miss.binding));
    let mut text = format!("{}\n", styles.strong(&head));
    for gap in &miss.gaps {
        let _ = writeln!(text, "  {}: {}", styles.bad(gap.dimension.name()), words::shown(&gap.message));
    }
    text.push_str(&in_binding(access, miss, styles));
    text.push_str(&in_rule(access, miss, action, styles));
    text.push_str(&alike(access, miss));
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

/// The rule, with carets under what does not fit, or under what does where it is not the rule that does not fit.
fn in_rule(access: &Access, miss: &Miss, action: &Action, styles: Styles) -> String {
    let Some(rule) = miss.rule else { return String::new() };
    let Some(places) = access.rule_places(rule) else {
        let rule = access.policy().role(rule.role).and_then(|role| role.rules.get(rule.index));
        let rule = rule.map(|rule| words::rule(rule)).unwrap_or_default();
        return format!("  in the default policy of Kubernetes\n    {} {rule}\n", styles.dim("│"));
    };
    let mut marks: Vec<_> = miss.gaps.iter().flat_map(|gap| entries(places, gap.dimension)).collect();
    let written = access.policy().role(rule.role).and_then(|role| role.rules.get(rule.index));
    if let (true, Some(written)) = (marks.is_empty(), written) {
        // All of the rule fits.
        marks = grant::marks(written, places, action);
    }
    let written_in = miss.role.filter(|&role| role != rule.role).map(|_| words::role_by_id(access, rule.role));
    let written_in = written_in.map(|role| format!(" {role}, by aggregation")).unwrap_or_default();
    let sources = access.sources();
    let place = place(sources, places.whole);
    format!("  {place}{written_in}\n{}", excerpt(sources, places.whole, &marks, styles))
}

/// The entries of a rule in one dimension.
fn entries(places: &RulePlaces, dimension: Dimension) -> Vec<Span> {
    match dimension {
        Dimension::Verb => places.verbs().collect(),
        Dimension::Group => places.api_groups().collect(),
        Dimension::Resource | Dimension::Subresource => places.resources().collect(),
        Dimension::ResourceName => places.resource_names().collect(),
        Dimension::Url => places.non_resource_urls().collect(),
        Dimension::Role | Dimension::Aggregation | Dimension::Subject | Dimension::Namespace | Dimension::Scope => {
            Vec::new()
        }
    }
}

/// What would allow a request: the least first.
pub(super) fn remedy(access: &Access, answer: &Answer, styles: Styles) -> String {
    let Some(Remedy { suggestion, extend, unbound }) = &answer.remedy else { return String::new() };
    let mut text = String::new();
    let mut block = |head: &str, body: &str| {
        let _ = writeln!(text, "\n{}\n\n{}", styles.strong(head), words::lines(body).trim_end());
    };
    block("This would allow it, and nothing else:", &suggestion.objects);
    if let Some(role) = *extend {
        let role = words::role_by_id(access, role);
        let head = format!("Or this rule in {role}, which is bound to nobody else and nowhere else:");
        block(&head, &suggestion.rule);
    }
    if unbound.is_empty() {
        return text;
    }
    let _ = writeln!(text, "\n{}", styles.strong("Roles that would allow it, and more, where they are bound:"));
    for &role in unbound {
        let place = match access.role_object(role) {
            Some(object) => place(access.sources(), object.span),
            None => "of the default policy of Kubernetes".to_owned(),
        };
        let _ = writeln!(text, "  {} ({place})", words::role_by_id(access, role));
    }
    text
}
