//! The answer to "can I" for people: yes with every grant, or no with what comes nearest.

use std::fmt::Write as _;

use super::excerpt::{excerpt, place};
use super::style::Styles;
use super::{grant, words};
use crate::query::{Access, Answer, Dimension, Miss, Unread};
use crate::rbac::{Identity, Verdict};
use crate::report::Look;

/// No more near misses than this are told.
const MOST_MISSES: usize = 5;
/// No more grants than this are told.
const MOST_GRANTS: usize = 20;

/// The whole answer, as text.
pub fn answer(access: &Access, answer: &Answer, look: Look) -> String {
    let styles = Styles::new(look.color);
    let mut text = format!("{}\n\n", word(answer.decision.verdict, styles));
    let _ = writeln!(text, "{}", sentence(access, answer));
    for warning in &answer.warnings {
        let _ = writeln!(text, "{}: {}", styles.unsure("warning"), words::shown(warning));
    }
    for doubt in &answer.doubts {
        let _ = writeln!(text, "{}: {}", styles.unsure("note"), words::shown(doubt));
    }
    if let Some(kubectl) = &answer.kubectl {
        let word = if kubectl.allowed { "yes" } else { "no" };
        let namespace = words::shown(&kubectl.namespace);
        let _ = writeln!(
            text,
            "{}: `kubectl auth can-i` would say {word}: it asks in namespace `{namespace}`, where no request for this is made",
            styles.unsure("note")
        );
    }
    grants(access, answer, styles, &mut text);
    if answer.decision.verdict != Verdict::Allowed {
        unread(access, styles, &mut text);
        misses(access, answer, styles, &mut text);
        suggestion(answer, styles, &mut text);
    }
    text
}

fn word(verdict: Verdict, styles: Styles) -> String {
    match verdict {
        Verdict::Allowed => styles.good("yes"),
        Verdict::Conditional => styles.unsure("conditional"),
        Verdict::Denied => styles.bad("no"),
    }
}

fn sentence(access: &Access, answer: &Answer) -> String {
    let who = words::shown(&answer.who.to_string());
    let action = words::action(&answer.request.action);
    let place = words::place(&answer.request.action, access);
    let may = match answer.decision.verdict {
        Verdict::Allowed => "may",
        Verdict::Conditional => "may, if one of several differing definitions holds,",
        Verdict::Denied => "may not",
    };
    format!("{who} {may} {action}{place}.")
}

fn grants(access: &Access, answer: &Answer, styles: Styles, text: &mut String) {
    let decision = &answer.decision;
    if decision.is_master {
        let _ = writeln!(text, "\nMembers of Group system:masters may do everything, whatever RBAC says.");
    }
    for one in decision.grants.iter().take(MOST_GRANTS) {
        let _ =
            write!(text, "\n{}", grant::write(access, &answer.request.identity, &answer.request.action, one, styles));
        if one.is_conditional {
            conditions(access, one, styles, text);
        }
    }
    if decision.grants.len() > MOST_GRANTS {
        let _ = writeln!(text, "\nand {} more grants (`-o json` has all)", decision.grants.len() - MOST_GRANTS);
    }
}

/// The files that do not agree, so that a grant is only conditional.
fn conditions(access: &Access, grant: &crate::rbac::Grant, styles: Styles, text: &mut String) {
    let binding = (words::binding_of(access, grant.binding), access.binding_definitions(grant.binding));
    let mut roles: Vec<_> = [grant.role, grant.rule.role].to_vec();
    roles.dedup();
    let roles = roles.into_iter().map(|role| (words::role_by_id(access, role), access.role_definitions(role)));
    for (name, places) in std::iter::once(binding).chain(roles).filter(|(_, places)| places.len() > 1) {
        let _ = writeln!(text, "  {} {name} is defined several times, and not always the same:", styles.unsure("if"));
        for span in places {
            let _ = writeln!(text, "    {}", place(access.sources(), span));
        }
    }
}

/// What could not be read, so that the answer may be another one.
pub(super) fn unread(access: &Access, styles: Styles, text: &mut String) {
    const MOST: usize = 5;
    let unread = access.unread();
    if unread.is_empty() {
        return;
    }
    let count = unread.len();
    let what = if count == 1 {
        "1 place that could not be read".to_owned()
    } else {
        format!("{count} places that could not be read")
    };
    let _ = writeln!(text, "{}: this rests on files with {what}:", styles.unsure("note"));
    for Unread { span, reason, object } in unread.iter().take(MOST) {
        let object = object.as_ref().map(|object| format!(" ({object})")).unwrap_or_default();
        let _ = writeln!(text, "  {}: {}", place(access.sources(), *span), words::shown(&format!("{reason}{object}")));
    }
    if count > MOST {
        let _ = writeln!(text, "  and {} more (`rolecall lint` has all)", count - MOST);
    }
}

fn misses(access: &Access, answer: &Answer, styles: Styles, text: &mut String) {
    if answer.misses.is_empty() {
        let is_named = !access.policy().bindings_naming(&answer.request.identity).is_empty();
        let _ =
            writeln!(text, "\n{}", if is_named { "No grant comes near." } else { "No binding names this subject." });
        return;
    }
    let _ = writeln!(text, "\n{}", styles.strong("What comes nearest:"));
    for miss in answer.misses.iter().take(MOST_MISSES) {
        let _ = write!(text, "\n{}", one_miss(access, &answer.request.identity, miss, styles));
    }
    if answer.misses.len() > MOST_MISSES {
        let _ = writeln!(text, "\nand {} more", answer.misses.len() - MOST_MISSES);
    }
}

fn one_miss(access: &Access, _: &Identity, miss: &Miss, styles: Styles) -> String {
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
    let about_binding = miss.gaps.iter().any(|gap| {
        matches!(gap.dimension, Dimension::Role | Dimension::Subject | Dimension::Namespace | Dimension::Scope)
    });
    let facts = access.binding_facts(miss.binding).filter(|_| about_binding);
    if let Some(facts) = facts {
        let of_role = miss.role.is_none();
        let span = if of_role { facts.role } else { facts.subjects.first().copied().unwrap_or(facts.role) };
        let _ = writeln!(text, "  {}", place(access.sources(), span));
        text.push_str(&excerpt(access.sources(), span, &[], styles));
    }
    if let (Some(rule), false) = (miss.rule, about_binding && facts.is_some() && miss.gaps.len() == 1) {
        match access.rule_places(rule) {
            Some(places) => {
                let _ = writeln!(text, "  {}", place(access.sources(), places.whole));
                text.push_str(&excerpt(access.sources(), places.whole, &[], styles));
            }
            None => {
                let _ = writeln!(text, "  in the default policy of Kubernetes");
            }
        }
    }
    text
}

fn suggestion(answer: &Answer, styles: Styles, text: &mut String) {
    let Some(suggestion) = &answer.suggestion else { return };
    let _ = writeln!(text, "\n{}\n", styles.strong("This would allow it, and nothing else:"));
    text.push_str(&suggestion.objects);
}
