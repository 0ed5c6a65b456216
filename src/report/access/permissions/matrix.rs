//! A matrix: what something may be done with, by the verbs.

use std::fmt::Write as _;

use super::super::table::{columns_of, listed, padded};
use super::super::words;
use crate::query::Verbs;
use crate::rbac::{ALL, Grant};

/// The verbs that have columns of their own, in the order of the columns, with a letter for narrow ones; all others are
/// told by name.
const COLUMNS: [(&str, &str); 12] = [
    ("*", "*"),
    ("get", "G"),
    ("list", "L"),
    ("watch", "W"),
    ("create", "C"),
    ("update", "U"),
    ("patch", "P"),
    ("delete", "D"),
    ("deletecollection", "X"),
    ("post", "O"),
    ("put", "T"),
    ("head", "H"),
];

/// One row of a matrix.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// What it is about.
    pub(super) label: String,
    /// The only names, where there are some: lines of their own.
    pub(super) names: String,
    /// The verbs.
    pub(super) verbs: &'a Verbs,
    /// The verbs that something wider allows.
    pub(super) wider: &'a [String],
    /// Where it comes from.
    pub(super) from: String,
}

/// Draws a matrix within a width, if it can be: with letters for the verbs where their names leave too little room.
pub(super) fn matrix(heading: &str, rows: &[Row<'_>], width: usize) -> String {
    let is_there = |verb: &str| rows.iter().any(|row| row.verbs.contains_key(verb));
    let columns = || COLUMNS.into_iter().filter(|(verb, _)| is_there(verb));
    let named = columns().map(|(verb, _)| Column::named(verb)).collect();
    let lettered = columns().map(|(verb, letter)| Column { verb, above: "", head: letter }).collect();
    let named = Matrix::new(heading, rows, named, width);
    if named.fits(rows) {
        return named.draw(rows);
    }
    let key: Vec<_> =
        columns().filter(|(verb, _)| *verb != ALL).map(|(verb, letter)| format!("{letter} {verb}")).collect();
    let key = listed("  ", &key, width);
    format!("{key}{}", Matrix::new(heading, rows, lettered, width).draw(rows))
}

/// The column of a verb.
#[derive(Debug)]
struct Column {
    verb: &'static str,
    /// What stands above the head, where that has two lines.
    above: &'static str,
    head: &'static str,
}

impl Column {
    /// The longest verb is written in two lines.
    fn named(verb: &'static str) -> Self {
        match verb.strip_suffix("collection") {
            Some(above) => Self { verb, above, head: "collection" },
            None => Self { verb, above: "", head: verb },
        }
    }

    fn width(&self) -> usize {
        columns_of(self.above).max(columns_of(self.head))
    }

    fn mark(&self, row: &Row<'_>) -> &'static str {
        let certain = |grants: &Vec<Grant>| grants.iter().any(|grant| !grant.is_conditional);
        let grants = || [row.verbs.get(self.verb), row.verbs.get(ALL)].into_iter().flatten();
        if grants().any(certain) {
            "✓"
        } else if row.wider.iter().any(|verb| verb == self.verb) {
            WIDER
        } else if grants().next().is_some() {
            UNSURE
        } else {
            "·"
        }
    }
}

/// The mark of what something wider allows.
pub(super) const WIDER: &str = "↑";
/// The mark of what is only conditional.
pub(super) const UNSURE: &str = "?";

#[derive(Debug)]
struct Matrix {
    heading: String,
    columns: Vec<Column>,
    of_label: usize,
}

impl Matrix {
    fn new(heading: &str, rows: &[Row<'_>], columns: Vec<Column>, width: usize) -> Self {
        let of_verbs: usize = columns.iter().map(|column| column.width() + 1).sum();
        let of_from = rows.iter().map(|row| columns_of(&row.from)).max().unwrap_or(0).max(4);
        // The label has what is left; one that needs more has a line of its own.
        let most = width.saturating_sub(2 + 1 + of_verbs + 2 + of_from).max(12);
        let fitting = rows.iter().map(|row| columns_of(&row.label)).filter(|label| *label <= most);
        let of_label = fitting.max().unwrap_or(0).max(columns_of(heading)).min(most);
        Self { heading: heading.to_owned(), columns, of_label }
    }

    fn fits(&self, rows: &[Row<'_>]) -> bool {
        rows.iter().all(|row| columns_of(&row.label) <= self.of_label)
    }

    fn draw(&self, rows: &[Row<'_>]) -> String {
        let above = self.line("", |column| column.above, "");
        let head = self.line(&self.heading, |column| column.head, "FROM");
        let rows: String = rows.iter().map(|row| self.row(row)).collect();
        if above.trim().is_empty() { format!("{head}{rows}") } else { format!("{above}{head}{rows}") }
    }

    fn line(&self, label: &str, cell: impl Fn(&Column) -> &'static str, from: &str) -> String {
        let cells: Vec<_> = self.columns.iter().map(|column| padded(cell(column), column.width())).collect();
        let line = format!("  {}  {}  {from}", padded(label, self.of_label), cells.join(" "));
        format!("{}\n", line.trim_end())
    }

    fn row(&self, row: &Row<'_>) -> String {
        let is_long = columns_of(&row.label) > self.of_label;
        let mut text = if is_long { format!("  {}\n", row.label) } else { String::new() };
        text.push_str(&self.line(if is_long { "" } else { &row.label }, |column| column.mark(row), &row.from));
        let others = row.verbs.keys().filter(|verb| !COLUMNS.iter().any(|(known, _)| known == verb));
        let others: Vec<_> = others.map(|verb| words::shown(verb)).collect();
        if !others.is_empty() {
            let _ = writeln!(text, "    also {}", others.join(", "));
        }
        text.push_str(&row.names);
        text
    }
}
