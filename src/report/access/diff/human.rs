//! What has changed for whom, for people.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::arrow::arrow;
use super::super::escalation::Page as Steps;
use super::super::excerpt::place;
use super::super::style::Styles;
use super::super::unread::unread;
use super::super::words::shown;
use super::words;
use crate::query::Access;
use crate::query::diff::{Change, Diff, Kind, PathChange, Refused, Side, SubjectChanges};
use crate::report::Look;

/// More grants than these of one change are counted.
const MOST_GRANTS: usize = 3;

/// All of it, as text.
pub fn human(old: &Side, new: &Side, diff: &Diff, look: Look) -> String {
    let page = Page { old: &old.access, new: &new.access, styles: Styles::new(look.color), width: look.width };
    let mut text = String::new();
    for subject in &diff.subjects {
        text.push_str(&page.subject(subject));
    }
    page.paths(&diff.paths, &mut text);
    page.refused(&diff.refused, &mut text);
    let _ = writeln!(text, "{}", words::summary(diff));
    let [before, after] = [page.old, page.new].map(|access| unread(access, page.styles));
    if before == after {
        text.push_str(&after);
    } else {
        for (side, unread) in [("before the change:", before), ("after it:", after)] {
            if !unread.is_empty() {
                let _ = write!(text, "\n{}{unread}", page.styles.strong(side));
            }
        }
    }
    text
}

struct Page<'a> {
    old: &'a Access,
    new: &'a Access,
    styles: Styles,
    width: usize,
}

/// A name as it is told: inside words of our own it needs no more than to be fit to be shown.
fn name(text: &str) -> String {
    shown(text)
}

impl Page<'_> {
    fn side(&self, is_new: bool) -> &Access {
        if is_new { self.new } else { self.old }
    }

    fn sign(&self, kind: Kind) -> String {
        let mark = words::mark(kind);
        match kind {
            Kind::Gained => self.styles.good(mark),
            Kind::Widened | Kind::Narrowed => self.styles.unsure(mark),
            Kind::Lost => self.styles.bad(mark),
        }
    }

    fn subject(&self, subject: &SubjectChanges) -> String {
        let mut text = self.styles.strong(&shown(&subject.who.to_string()));
        if !subject.was_named {
            text.push_str(&self.styles.dim(" (no binding named it before)"));
        } else if !subject.is_named {
            text.push_str(&self.styles.dim(" (no binding names it any more)"));
        }
        text.push('\n');
        for change in &subject.changes {
            text.push_str(&self.change(change));
        }
        if subject.is_beyond {
            let note = self.styles.unsure("note");
            let _ = writeln!(
                text,
                "  {note}: rules have changed that are too large to be taken apart: ask `rolecall can-i`"
            );
        }
        text.push('\n');
        text
    }

    fn change(&self, change: &Change) -> String {
        let access = self.side(change.kind.is_more());
        let mut text = format!("  {} {}", self.sign(change.kind), words::what(&change.what, &name));
        let place = words::place(access, change, &name);
        if !place.is_empty() {
            let _ = write!(text, " {place}");
        }
        if let Some(step) = words::step(change, &name) {
            let _ = write!(text, ": {step}");
        }
        if change.is_conditional {
            let _ = write!(text, " {}", self.styles.unsure("(if one of several definitions holds)"));
        }
        text.push('\n');
        let mut told = BTreeSet::new();
        let grants: Vec<_> = change.grants.iter().filter(|grant| told.insert((grant.binding, grant.role))).collect();
        let width = (self.styles, self.width);
        for grant in grants.iter().take(MOST_GRANTS) {
            text.push_str(&arrow(access, grant, "      ", &[], width));
        }
        if grants.len() > MOST_GRANTS {
            let _ = writeln!(text, "      and {} more", grants.len() - MOST_GRANTS);
        }
        text
    }

    fn paths(&self, paths: &[PathChange], text: &mut String) {
        for (is_new, heading) in [(true, "New ways to more"), (false, "Ways to more that are closed")] {
            let told: Vec<_> = paths.iter().filter(|path| path.is_new == is_new).collect();
            if told.is_empty() {
                continue;
            }
            let _ = writeln!(text, "{}", self.styles.strong(heading));
            let mut grants = BTreeSet::new();
            for of_one in told.chunk_by(|one, other| one.who == other.who) {
                text.push_str(&self.paths_of_one(of_one, is_new, &mut grants));
            }
            text.push('\n');
        }
    }

    /// What one subject comes to, with the steps to the gravest of it.
    fn paths_of_one(&self, paths: &[&PathChange], is_new: bool, grants: &mut BTreeSet<String>) -> String {
        let Some(gravest) = paths.first() else { return String::new() };
        let sign = if is_new { self.styles.good("+") } else { self.styles.bad("-") };
        let steps = Steps { access: self.side(is_new), styles: self.styles, width: self.width };
        let (who, steps) = (shown(&gravest.who.to_string()), steps.steps(&gravest.proof, 4, grants));
        format!("  {sign} {who} to {}\n{steps}", words::sinks(paths))
    }

    fn refused(&self, refused: &[Refused], text: &mut String) {
        if refused.is_empty() {
            return;
        }
        let _ =
            writeln!(text, "{}", self.styles.strong("Refused by the API server: to be deleted first, and made again"));
        for refused in refused {
            let at = place(self.new.sources(), refused.span);
            let object = shown(&refused.object.to_string());
            let _ = writeln!(text, "  {object}: {}", words::refusal(refused, &name));
            let before = refused.before.map(|span| format!(", before {}", place(self.old.sources(), span)));
            let places = format!("({at}{})", before.unwrap_or_default());
            let _ = writeln!(text, "      {}", self.styles.dim(&places));
        }
        text.push('\n');
    }
}
