//! The answer to "can I" for people: yes with every grant, or no with what comes nearest.

use std::fmt::Write as _;

use super::excerpt::place;
use super::style::Styles;
use super::unread::unread;
use super::{denial, grant, words};
use crate::query::{Access, Answer};
use crate::rbac::{Grant, Verdict};
use crate::report::Look;
use crate::source::Span;

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
    if answer.decision.verdict == Verdict::Conditional {
        text.push_str(&help(access, answer, styles));
    }
    if answer.decision.verdict == Verdict::Denied {
        text.push_str(&denial::why(access, answer, styles));
        text.push_str(&unread(access, styles));
        text.push_str(&denial::remedy(access, answer, styles));
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

/// An object that has several definitions, with the places of them all.
struct Several {
    name: String,
    places: Vec<Span>,
}

impl Several {
    fn is_in_one_file(&self) -> bool {
        self.places.iter().all(|place| Some(place.file) == self.places.first().map(|first| first.file))
    }
}

/// The objects that a grant needs and whose definitions differ.
fn several(access: &Access, grant: &Grant) -> Vec<Several> {
    let policy = access.policy();
    let binding = policy.binding_differs(grant.binding).then(|| Several {
        name: words::binding_of(access, grant.binding),
        places: access.binding_definitions(grant.binding),
    });
    let mut roles = vec![grant.role, grant.rule.role];
    roles.dedup();
    let roles = roles.into_iter().filter(|&role| policy.role_differs(role));
    let roles =
        roles.map(|role| Several { name: words::role_by_id(access, role), places: access.role_definitions(role) });
    binding.into_iter().chain(roles).collect()
}

/// The files that do not agree, so that a grant is only conditional.
fn conditions(access: &Access, grant: &Grant, styles: Styles, text: &mut String) {
    for Several { name, places } in several(access, grant) {
        let _ = writeln!(
            text,
            "  {}: {name} is defined several times, and not always the same:",
            styles.unsure("condition")
        );
        for span in places {
            let _ = writeln!(text, "    {}", place(access.sources(), span));
        }
    }
}

/// What would make the answer a certain one.
fn help(access: &Access, answer: &Answer, styles: Styles) -> String {
    let all = answer.decision.grants.iter().flat_map(|grant| several(access, grant));
    let (in_one_file, in_several): (Vec<_>, Vec<_>) = all.partition(Several::is_in_one_file);
    let in_one_file = (!in_one_file.is_empty())
        .then_some("of several definitions in one file `kubectl apply` has the last one win: leave the others out");
    let in_several = (!in_several.is_empty()).then_some(
        "say which files belong to one cluster with `clusters` in `rolecall.yaml`, and ask with `--cluster NAME`",
    );
    let mut text = String::new();
    for help in in_several.into_iter().chain(in_one_file) {
        let _ = writeln!(text, "\n{}: {help}", styles.unsure("help"));
    }
    text
}
