//! All that somebody comes to, each with its proof and with what would prevent it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::style::Styles;
use super::super::table::listed;
use super::super::unread::unread;
use super::super::words::shown;
use super::steps::Page;
use super::words::{removal, sink, somebody};
use crate::query::escalation::{Certainty, Cut, Goal, Individual};
use crate::query::{Access, Who};
use crate::report::Look;

/// No more removals than this are told.
const MOST_REMOVALS: usize = 8;

/// The whole answer, as text.
pub fn human(access: &Access, answer: &Individual, look: Look) -> String {
    let page = Page { access, styles: Styles::new(look.color), width: look.width };
    let mut text = page.styles.strong(&format!("What does {} come to?", somebody(&answer.who)));
    text.push('\n');
    text.push_str(&page.runs(std::slice::from_ref(&answer.who), 2));
    for already in &answer.already {
        let _ = writeln!(text, "\n{}", page.styles.strong(&format!("is {} already", sink(&already.sink))));
    }
    let mut told = BTreeSet::new();
    for goal in &answer.goals {
        text.push_str(&page.goal(goal, &mut told));
    }
    if answer.goals.is_empty() && answer.already.is_empty() {
        let _ = writeln!(text, "\n{}: no way was found to more than it was given.", page.styles.good("nothing"));
    }
    text.push_str(&unread(access, page.styles));
    text
}

impl Page<'_> {
    fn goal(self, goal: &Goal, told: &mut BTreeSet<String>) -> String {
        let Goal { sink: to, proof, cut } = goal;
        let how = certainty(self.styles, proof.certainty());
        let mut text = format!("\n{}: {how}\n", self.styles.strong(&format!("to {}", sink(to))));
        text.push_str(&self.steps(proof, 2, told));
        text.push_str(&self.cut(cut.as_ref(), "  ", "it does not"));
        text
    }

    /// What has to go.
    pub(super) fn cut(self, cut: Option<&Cut>, indent: &str, not: &str) -> String {
        let Some(cut) = cut else { return String::new() };
        let count = cut.removals.len();
        let without = if count == 1 { "without this".to_owned() } else { format!("without these {count}") };
        let smallest = if cut.is_smallest { "" } else { " (a smaller set may do)" };
        let bold = self.styles.strong(&format!("{without}, {not}"));
        let mut text = format!("{indent}{bold}{smallest}:\n");
        for one in cut.removals.iter().take(MOST_REMOVALS) {
            let _ = writeln!(text, "{indent}  {}", removal(self.access, one));
        }
        if count > MOST_REMOVALS {
            let _ = writeln!(text, "{indent}  and {} more (`-o json` has all)", count - MOST_REMOVALS);
        }
        text
    }

    /// The workloads that run as somebody.
    pub(super) fn runs(self, all: &[Who], indent: usize) -> String {
        const MOST: usize = 6;
        let objects = all.iter().flat_map(|who| self.access.workloads_of(who));
        let mut names: Vec<_> = objects
            .map(|it| {
                let namespace = it.name.namespace.as_deref().unwrap_or_default();
                shown(&format!("{} {namespace}/{}", it.name.kind, it.name.name))
            })
            .collect();
        names.sort();
        names.dedup();
        if names.is_empty() {
            return String::new();
        }
        let more = names.len().saturating_sub(MOST);
        if more > 1 {
            names.truncate(MOST);
            names.push(format!("and {more} more"));
        }
        listed(&format!("{:indent$}runs ", ""), &names, self.width)
    }
}

/// How sure something is, in its color.
pub(super) fn certainty(styles: Styles, certainty: Certainty) -> String {
    match certainty {
        Certainty::Certain => styles.bad(certainty.words()),
        _ => styles.unsure(certainty.words()),
    }
}
