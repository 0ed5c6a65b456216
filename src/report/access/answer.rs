//! The answer to "can I" for people: yes with every grant, or no with what comes nearest.

use std::fmt::Write as _;

use super::conditions::{self, several};
use super::style::Styles;
use super::unread::unread;
use super::{denial, grant, words};
use crate::query::{Access, Answer};
use crate::rbac::Verdict;
use crate::report::Look;

/// Of no more grants than this the lines are shown; the others are told in one line each.
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
            text.push_str(&conditions::write(access, &several(access, [one]), "  ", styles));
        }
    }
    let others = decision.grants.get(MOST_GRANTS..).unwrap_or_default();
    if !others.is_empty() {
        let _ = writeln!(text, "\n{}", styles.strong("And by:"));
    }
    for one in others {
        let _ = writeln!(text, "  {}", grant::line(access, one));
    }
}

/// What would make the answer a certain one.
fn help(access: &Access, answer: &Answer, styles: Styles) -> String {
    conditions::help(&several(access, &answer.decision.grants), styles)
}
