//! Why a claim of a test does not hold, with its lines and those of the manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::escalation::{self, Page};
use super::super::excerpt::{excerpt, place};
use super::super::style::Styles;
use super::super::table::listed;
use super::super::{answer, conditions, denial, grant, words};
use super::fold;
use crate::query::Access;
use crate::query::testing::{Failed, Found, Reached, TestFile, Way, Why};
use crate::rbac::{Request, Verdict};

/// So many requests of one claim are told with all that is to be said about them.
const MOST_SHOWN: usize = 3;
/// So many more are told in one line each.
const MOST_TOLD: usize = 10;
/// Of no more grants than this the lines are shown; the others are told in one line each.
const MOST_GRANTS: usize = 3;

/// What the claim says, and what the manifests say.
pub(super) fn write(access: &Access, file: &TestFile, failed: &Failed, (styles, width): (Styles, usize)) -> String {
    let Failed { span, why } = failed;
    let mut text = format!("{}: {}\n", place(&file.sources, *span), styles.strong(&message(why)));
    text.push_str(&excerpt(&file.sources, *span, &[*span], styles));
    match why {
        Why::Meaningless { help, .. } => {
            if let Some(help) = help {
                let _ = writeln!(text, "  {}: {}", styles.unsure("help"), words::shown(help));
            }
        }
        Why::NotAllowed(found) => text.push_str(&each(found, access, |found| denied(access, found, styles))),
        Why::Allowed(found) | Why::AlsoAllowed(found) => {
            text.push_str(&each(found, access, |found| allowed(access, found, styles)));
        }
        Why::Path(ways) => text.push_str(&paths(Page { access, styles, width }, ways)),
    }
    text
}

/// What is wrong with a claim, in a few words.
pub(super) fn message(why: &Why) -> String {
    match why {
        Why::Meaningless { message, .. } => words::shown(message),
        Why::NotAllowed(_) => "this is not allowed".to_owned(),
        Why::Allowed(_) => "this is allowed".to_owned(),
        Why::AlsoAllowed(_) => "others may do this, too".to_owned(),
        Why::Path(_) => "there is a way to this".to_owned(),
    }
}

/// The first with all that is to be said about them, the others in a line. What the same rules allow the same subject is
/// told together.
fn each(found: &[Found], access: &Access, write: impl Fn(&Found) -> String) -> String {
    let mut text = String::new();
    let together = together(found);
    for found in together.iter().take(MOST_SHOWN) {
        text.push('\n');
        lines(&fold::sentences(access, found), MOST_TOLD, "", &mut text);
        if let Some(first) = found.first() {
            text.push_str(&write(first));
        }
    }
    let mut others: BTreeMap<_, Vec<&Found>> = BTreeMap::new();
    for other in together.iter().skip(MOST_SHOWN).flatten() {
        others.entry((&other.who, other.decision.verdict)).or_default().push(other);
    }
    let others: Vec<_> = others.values().flat_map(|found| fold::sentences(access, found)).collect();
    if !others.is_empty() {
        text.push_str("\nNor is it right that:\n");
        lines(&others, MOST_TOLD, "  ", &mut text);
    }
    text
}

/// The first of these lines, and how many more there are.
fn lines(lines: &[String], most: usize, indent: &str, text: &mut String) {
    for line in lines.iter().take(most) {
        let _ = writeln!(text, "{indent}{line}");
    }
    if lines.len() > most {
        let _ = writeln!(text, "  and {} more (`-o json` has all)", lines.len() - most);
    }
}

/// What the same rules allow the same subject, in the order of the first of each. What is denied stands alone.
fn together(found: &[Found]) -> Vec<Vec<&Found>> {
    let mut together: Vec<Vec<&Found>> = Vec::new();
    let mut places = BTreeMap::new();
    for one in found {
        let rules: BTreeSet<_> = one.decision.grants.iter().map(|grant| grant.rule).collect();
        let is_alone = rules.is_empty();
        let place = *places.entry((&one.who, one.decision.verdict, rules)).or_insert(together.len());
        match together.get_mut(place).filter(|_| !is_alone) {
            Some(others) => others.push(one),
            None => together.push(vec![one]),
        }
    }
    together
}

fn denied(access: &Access, found: &Found, styles: Styles) -> String {
    if !found.elsewhere.is_empty() {
        let names: Vec<_> = found.elsewhere.iter().map(|name| words::shown(name)).collect();
        let help = format!("without a namespace all of them are meant: say `in {}`", names.join(","));
        return format!("{}  {}: {help}\n", listed("  it may in ", &names, usize::MAX), styles.unsure("help"));
    }
    if found.decision.verdict == Verdict::Conditional {
        return allowed(access, found, styles);
    }
    let mut bindings = access.policy().bindings_naming(&found.identity);
    bindings.retain(|&id| access.binding_object(id).is_some());
    denial::why(access, (&found.misses, &bindings), &found.action, styles)
}

fn allowed(access: &Access, found: &Found, styles: Styles) -> String {
    let request = Request { identity: found.identity.clone(), action: found.action.clone() };
    let mut text = answer::grants(access, &request, &found.decision, MOST_GRANTS, styles);
    if found.decision.verdict == Verdict::Conditional {
        text.push_str(&conditions::help(&conditions::several(access, &found.decision.grants), styles));
    }
    text
}

fn paths(page: Page<'_>, ways: &[Way]) -> String {
    let mut text = String::new();
    let mut told = BTreeSet::new();
    for Way { who, sink, how } in ways.iter().take(MOST_SHOWN) {
        let (who, sink) = (words::shown(&who.to_string()), escalation::sink(sink));
        match how {
            Reached::Held(grants) => {
                let _ = writeln!(text, "\n{who} is {sink} already.");
                for grant in grants.iter().take(MOST_GRANTS) {
                    let _ = writeln!(text, "  by {}", grant::line(page.access, grant));
                }
            }
            Reached::By(proof) => {
                let _ = writeln!(text, "\n{who} comes to {sink} ({}):", proof.certainty().words());
                text.push_str(&page.steps(proof, 2, &mut told));
            }
        }
    }
    let others: Vec<_> = ways.iter().skip(MOST_SHOWN).map(|way| words::shown(&way.who.to_string())).collect();
    if !others.is_empty() {
        text.push_str("\nSo do, or are already:\n");
        lines(&others, MOST_TOLD, "  ", &mut text);
    }
    text
}
