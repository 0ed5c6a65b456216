//! The answer to "can I" for people: yes with every grant, or no with what comes nearest.

use std::fmt::Write as _;

use super::conditions::{self, several};
use super::style::Styles;
use super::unread::unread;
use super::{denial, grant, words};
use crate::query::{Access, Answer};
use crate::rbac::{Decision, Request, Verdict};
use crate::report::Look;

/// Of no more grants than this the lines are shown; the others are told in one line each.
const MOST_GRANTS: usize = 20;

/// The whole answer, as text.
pub fn answer(access: &Access, answer: &Answer, look: Look) -> String {
    let styles = Styles::new(look.color);
    let mut text = format!("{}\n\n", word(answer.decision.verdict, styles));
    let action = &answer.request.action;
    let _ = writeln!(text, "{}", words::sentence(access, &answer.who, action, answer.decision.verdict));
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
    text.push_str(&grants(access, &answer.request, &answer.decision, MOST_GRANTS, styles));
    if answer.decision.verdict == Verdict::Conditional {
        text.push_str(&help(access, answer, styles));
    }
    if answer.decision.verdict == Verdict::Denied {
        text.push_str(&denial::why(access, (&answer.misses, &answer.bindings), action, styles));
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

/// Everything that allows something, the first of so many grants with their lines.
pub(super) fn grants(access: &Access, request: &Request, decision: &Decision, most: usize, styles: Styles) -> String {
    let mut text = String::new();
    if decision.is_master {
        let _ = writeln!(text, "\nMembers of Group system:masters may do everything, whatever RBAC says.");
    }
    for one in decision.grants.iter().take(most) {
        let _ = write!(text, "\n{}", grant::write(access, &request.identity, &request.action, one, styles));
        if one.is_conditional {
            text.push_str(&conditions::write(access, &several(access, [one]), "  ", styles));
        }
    }
    let others = decision.grants.get(most..).unwrap_or_default();
    if !others.is_empty() {
        let _ = writeln!(text, "\n{}", styles.strong("And by:"));
    }
    for one in others {
        let _ = writeln!(text, "  {}", grant::line(access, one));
    }
    text
}

/// What would make the answer a certain one.
fn help(access: &Access, answer: &Answer, styles: Styles) -> String {
    conditions::help(&several(access, &answer.decision.grants), styles)
}
