//! A matrix: what something may be done with, by the verbs.

use super::super::table::{columns_of, padded};
use crate::query::Verbs;
use crate::rbac::{ALL, Grant};

/// The verbs that have columns of their own, in the order of the columns; all others are told by name.
const COLUMNS: [&str; 12] =
    ["*", "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "post", "put", "head"];

/// One row of a matrix.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// What it is about.
    pub(super) label: String,
    /// The only names, where there are some.
    pub(super) names: String,
    /// The verbs.
    pub(super) verbs: &'a Verbs,
    /// Where it comes from.
    pub(super) from: String,
}

/// Draws a matrix within a width, if it can be.
pub(super) fn matrix(heading: &str, rows: &[Row<'_>], width: usize) -> String {
    let has = |verb: &&str| rows.iter().any(|row| row.verbs.contains_key(*verb));
    let columns: Vec<_> = COLUMNS.into_iter().filter(has).collect();
    let of_verbs: usize = columns.iter().map(|verb| width_of(verb) + 1).sum();
    let of_from = rows.iter().map(|row| columns_of(&row.from)).max().unwrap_or(0).max(4);
    // The label has what is left; one that needs more has a line of its own.
    let most = width.saturating_sub(2 + 1 + of_verbs + 2 + of_from).max(12);
    let fitting = rows.iter().map(|row| columns_of(&row.label)).filter(|label| *label <= most);
    let of_label = fitting.max().unwrap_or(0).max(columns_of(heading)).min(most);
    let mut text = head(heading, &columns, of_label);
    for row in rows {
        text.push_str(&line(row, &columns, of_label));
    }
    text
}

fn head(heading: &str, columns: &[&str], of_label: usize) -> String {
    let mut above = " ".repeat(of_label + 3);
    let mut text = format!("  {} ", padded(heading, of_label));
    for verb in columns {
        let (first, second) = halves(verb);
        above.push_str(&format!(" {}", padded(first, width_of(verb))));
        text.push_str(&format!(" {}", padded(second, width_of(verb))));
    }
    text.push_str("  FROM");
    let above = above.trim_end();
    if above.is_empty() { format!("{text}\n") } else { format!("{above}\n{text}\n") }
}

fn line(row: &Row<'_>, columns: &[&str], of_label: usize) -> String {
    let mut text = if columns_of(&row.label) <= of_label {
        format!("  {} ", padded(&row.label, of_label))
    } else {
        format!("  {}\n  {} ", row.label, " ".repeat(of_label))
    };
    for verb in columns {
        let mark = mark(row.verbs, verb);
        text.push_str(&format!(" {}", padded(mark, width_of(verb))));
    }
    text.push_str("  ");
    text.push_str(&row.from);
    let mut text = format!("{}\n", text.trim_end());
    let others: Vec<_> = row.verbs.keys().filter(|verb| !COLUMNS.contains(&verb.as_str())).collect();
    let others: Vec<_> = others.into_iter().map(|verb| super::words::shown(verb)).collect();
    if !others.is_empty() {
        text.push_str(&format!("    also {}\n", others.join(", ")));
    }
    if !row.names.is_empty() {
        text.push_str(&row.names);
    }
    text
}

fn mark(verbs: &Verbs, verb: &str) -> &'static str {
    let certain = |grants: &Vec<Grant>| grants.iter().any(|grant| !grant.is_conditional);
    let grants = || [verbs.get(verb), verbs.get(ALL)].into_iter().flatten();
    if grants().any(certain) {
        "✓"
    } else if grants().next().is_some() {
        "?"
    } else {
        "·"
    }
}

fn width_of(verb: &str) -> usize {
    let (first, second) = halves(verb);
    columns_of(first).max(columns_of(second))
}

/// The longest verb is written in two lines.
fn halves(verb: &str) -> (&str, &str) {
    verb.strip_suffix("collection").map_or(("", verb), |first| (first, "collection"))
}
