//! What has changed for whom, as a comment on a pull request.
//!
//! Every name from manifests stands in a code span, where it is no markup, no HTML and no mention of anybody.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::escalation::deeds;
use super::super::unread::remarks;
use super::super::words::{binding_of, role_by_id, shown};
use super::words;
use crate::query::Access;
use crate::query::diff::{Change, Diff, PathChange, Refused, Side, SubjectChanges};
use crate::rbac::Grant;
use crate::source::Span;

/// By which the next run finds the comment that it replaces.
const MARK: &str = "<!-- rolecall diff -->";

/// More rows than these are folded away.
const MOST_ROWS: usize = 8;

/// GitHub takes no longer comment than 65,536 characters.
const MOST_CHARACTERS: usize = 60_000;

/// All of it, as Markdown.
pub fn markdown(old: &Side, new: &Side, diff: &Diff) -> String {
    let page = Page { old: &old.access, new: &new.access };
    let mut text = format!("{MARK}\n### Access\n\n{}\n", capitalised(&words::summary(diff)));
    let mut sections: Vec<_> = diff.subjects.iter().map(|subject| page.subject(subject)).collect();
    sections.extend(page.paths(&diff.paths));
    sections.extend(page.refused(&diff.refused));
    let [before, after] = [page.old, page.new].map(remarks);
    let sides =
        if before == after { vec![("", after)] } else { vec![(" before the change", before), (" after it", after)] };
    for (side, lines) in sides {
        let lines: Vec<_> = lines.iter().map(|line| code(line.trim())).collect();
        if !lines.is_empty() {
            sections.push(format!("\nNot all could be read{side}:\n\n- {}\n", lines.join("\n- ")));
        }
    }
    let all = sections.len();
    for (position, section) in sections.iter().enumerate() {
        if text.chars().count() + section.chars().count() > MOST_CHARACTERS {
            let _ = writeln!(text, "\n… and {} more, which do not fit into a comment.", all - position);
            break;
        }
        text.push_str(section);
    }
    text
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

/// The same in a table, where a bar would end the cell even in a code span. Behind a backslash it would do so although it
/// is escaped, and is spelled out.
fn cell(text: &str) -> String {
    code(&text.replace(r"\|", r"\\u{7c}")).replace('|', r"\|")
}

/// A code span that holds whatever a text has.
fn code(text: &str) -> String {
    let text = shown(text);
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 || text.is_empty() || text.starts_with(' ') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

struct Page<'a> {
    old: &'a Access,
    new: &'a Access,
}

impl Page<'_> {
    fn side(&self, is_new: bool) -> &Access {
        if is_new { self.new } else { self.old }
    }

    fn subject(&self, subject: &SubjectChanges) -> String {
        let mut text = format!("\n#### {}\n\n", code(&subject.who.to_string()));
        if !subject.was_named {
            text.push_str("No binding named it before.\n\n");
        } else if !subject.is_named {
            text.push_str("No binding names it any more.\n\n");
        }
        let rows: Vec<_> = subject.changes.iter().map(|change| self.row(change)).collect();
        let table = format!("| Change | What | Where | By |\n|---|---|---|---|\n{}", rows.concat());
        if rows.len() > MOST_ROWS {
            let _ = write!(text, "<details><summary>{} changes</summary>\n\n{table}\n</details>\n", rows.len());
        } else if !rows.is_empty() {
            text.push_str(&table);
        }
        if subject.is_beyond {
            text.push_str("\nRules have changed that are too large to be taken apart.\n");
        }
        text
    }

    fn row(&self, change: &Change) -> String {
        let access = self.side(change.kind.is_more());
        let kind = change.kind.name();
        let kind = if change.kind.is_more() { format!("**{kind}**") } else { kind.to_owned() };
        let what = words::what(&change.what, &cell);
        let what = words::step(change, &cell).map_or(what.clone(), |step| format!("{what}: {step}"));
        let condition = if change.is_conditional { ", if one of several definitions holds" } else { "" };
        let mut told = BTreeSet::new();
        let grants: Vec<_> = change.grants.iter().filter(|grant| told.insert((grant.binding, grant.role))).collect();
        let by = grants.first().map(|grant| by(access, grant)).unwrap_or_default();
        let more = if grants.len() > 1 { format!(" and {} more", grants.len() - 1) } else { String::new() };
        format!("| {kind} | {what}{condition} | {} | {by}{more} |\n", words::place(access, change, &cell))
    }

    fn paths(&self, paths: &[PathChange]) -> Vec<String> {
        let mut sections = Vec::new();
        for (is_new, heading) in [(true, "New ways to more"), (false, "Ways to more that are closed")] {
            let told: Vec<_> = paths.iter().filter(|path| path.is_new == is_new).collect();
            let items = told.chunk_by(|one, other| one.who == other.who).filter_map(|of_one| {
                let gravest = of_one.first()?;
                let steps: Vec<_> = deeds(self.side(is_new), &gravest.proof).iter().map(|deed| code(deed)).collect();
                let (who, sinks) = (code(&gravest.who.to_string()), code(&words::sinks(of_one)));
                Some(format!("- {who} to {sinks}: {}\n", steps.join(", then ")))
            });
            let items: String = items.collect();
            if !told.is_empty() {
                sections.push(format!("\n#### {heading}\n\n{items}"));
            }
        }
        sections
    }

    fn refused(&self, refused: &[Refused]) -> Option<String> {
        let items = refused.iter().map(|refused| {
            let (object, why) = (code(&refused.object.to_string()), words::refusal(refused, &code));
            format!("- {object}: {why} ({})\n", code(&line(self.new, refused.span)))
        });
        let items: String = items.collect();
        let heading = "Refused by the API server: to be deleted first, and made again";
        (!items.is_empty()).then(|| format!("\n#### {heading}\n\n{items}"))
    }
}

/// What hands it out.
fn by(access: &Access, grant: &Grant) -> String {
    let arrow = format!("{} → {}", cell(&binding_of(access, grant.binding)), cell(&role_by_id(access, grant.role)));
    let span = access.rule_places(grant.rule).map(|places| places.whole);
    let span = span.or_else(|| access.binding_object(grant.binding).map(|object| object.span));
    span.map_or(arrow.clone(), |span| format!("{arrow} ({})", cell(&line(access, span))))
}

fn line(access: &Access, span: Span) -> String {
    let location = access.sources().locate(span);
    format!("{}:{}", location.path, location.start.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_hold_whatever_they_are_given() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("@all <b>"), "`@all <b>`");
        assert_eq!(code("a`b``"), "``` a`b`` ```");
        assert_eq!((code("a|b\n"), cell("a|b")), ("`a|b\\u{a}`".to_owned(), "`a\\|b`".to_owned()));
        assert_eq!((cell(r"a\|b"), cell(r"a\\|b")), (r"`a\\u{7c}b`".to_owned(), r"`a\\\u{7c}b`".to_owned()));
        assert_eq!(code(""), "`  `");
    }
}
