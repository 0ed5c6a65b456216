//! Everybody who comes to more than they were given: what is alike is told once, with the proof of one of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::arrow::subject_span;
use super::super::excerpt::place;
use super::super::style::Styles;
use super::super::table::listed;
use super::super::unread::unread;
use super::super::words::binding_of;
use super::human::certainty;
use super::steps::{Page, deeds};
use super::words::{reach, sink, somebody};
use crate::query::escalation::{Alike, Already, Certainty, Going, Overview, Reach, Section, Sink};
use crate::query::{Access, Who};
use crate::rbac::Grant;
use crate::report::Look;

/// No more names than this are told of those who are alike.
const MOST_NAMES: usize = 8;

/// No more ways than this are told to one thing.
const MOST_WAYS: usize = 12;

/// The whole answer, as text.
pub fn overview(access: &Access, overview: &Overview, look: Look) -> String {
    let page = Page { access, styles: Styles::new(look.color), width: look.width };
    let mut text = format!("{}\n", page.styles.strong("Who comes to more than they were given?"));
    if overview.sections.is_empty() {
        let _ = writeln!(text, "\n{}: no way was found.", page.styles.good("nobody"));
    }
    let mut told = BTreeSet::new();
    for section in &overview.sections {
        let _ = writeln!(text, "\n{}", page.styles.strong(&format!("to {}", reach(&section.reach))));
        for alike in section.alike.iter().take(MOST_WAYS) {
            text.push_str(&page.alike(section, alike, &mut told));
        }
        let rest = section.alike.get(MOST_WAYS..).unwrap_or_default();
        if !rest.is_empty() {
            let subjects: BTreeSet<_> = rest.iter().flat_map(|alike| &alike.going).map(|(who, _)| who).collect();
            let _ = writeln!(
                text,
                "  and {} more, by {} more ways (`-o json` has all, `rolecall escalate SUBJECT` those of one)",
                subjects.len(),
                rest.len()
            );
        }
        text.push_str(&page.cut(section.cut.as_ref(), "  ", "none of them does"));
    }
    text.push_str(&page.already(&overview.already));
    text.push_str(&unread(access, page.styles));
    text
}

impl Page<'_> {
    fn alike(self, section: &Section, alike: &Alike, told: &mut BTreeSet<String>) -> String {
        let proof = &alike.proof;
        let is_brief = section.reach == Reach::NamespaceAccounts || proof.certainty() == Certainty::Environment;
        let names = names(&alike.going, &section.reach);
        let mut text = listed("  ", &names, self.width);
        let all: Vec<Who> = alike.going.iter().map(|(who, _)| who.clone()).collect();
        text.push_str(&self.runs(&all, 4));
        let how = certainty(self.styles, proof.certainty());
        if is_brief {
            let deeds = deeds(self.access, proof);
            match deeds.as_slice() {
                [deed] => {
                    let _ = writeln!(text, "    {how}: {deed}");
                }
                deeds => {
                    let _ = writeln!(text, "    {how}");
                    let lines = deeds.iter().map(|deed| format!("    - {deed}\n"));
                    text.extend(lines);
                }
            }
            return text;
        }
        let first = if alike.going.len() > 1 { format!(", as {}", first_of(alike)) } else { String::new() };
        let _ = writeln!(text, "    {how}{first}");
        text.push_str(&self.steps(proof, 4, told));
        text
    }

    fn already(self, already: &[Already]) -> String {
        let mut text = String::new();
        let sinks: BTreeSet<&Sink> = already.iter().map(|it| &it.sink).collect();
        for to in sinks {
            let _ = writeln!(text, "\n{}", self.styles.strong(&format!("{} already", sink(to))));
            for it in already.iter().filter(|it| it.sink == *to) {
                let by = it.grants.first().map(|grant| self.by(grant)).unwrap_or_default();
                let _ = writeln!(text, "  {}{by}", somebody(&it.who));
            }
        }
        text
    }

    /// ` by ClusterRoleBinding admins (admins.yaml:9:3)`.
    fn by(self, grant: &Grant) -> String {
        let span = subject_span(self.access, grant);
        let at = span.map_or_else(|| "default policy".to_owned(), |span| place(self.access.sources(), span));
        format!(" by {} {}", binding_of(self.access, grant.binding), self.styles.dim(&format!("({at})")))
    }
}

/// The one whose proof is told.
fn first_of(alike: &Alike) -> String {
    alike.going.first().map(|(who, _)| somebody(who)).unwrap_or_default()
}

/// Who they are, and where they come to where that is one namespace or another.
fn names(going: &[Going], reach: &Reach) -> Vec<String> {
    let name = |(who, to): &Going| match (reach, to) {
        (Reach::One(_), _) => somebody(who),
        (_, Sink::NamespaceAdmin(namespace) | Sink::NamespaceAccounts(namespace)) => {
            format!("{} in {namespace}", somebody(who))
        }
        _ => somebody(who),
    };
    let mut names: Vec<_> = going.iter().map(name).collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    if more > 1 {
        names.truncate(MOST_NAMES);
        names.push(format!("and {more} more"));
    }
    names
}
