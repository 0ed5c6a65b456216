//! The lines of a place, with carets under what matters in them.

use std::fmt::Write as _;
use std::ops::Range;

use super::super::plain::plain;
use super::style::Styles;
use crate::source::{Sources, Span, Text};

/// No more lines than this are shown of one place.
const MOST_LINES: usize = 8;
/// Where more lines than this have marks, there are no carets.
const MOST_CARETS: usize = 3;

/// Where a place is, `path:line:column`, fit to be shown.
pub(super) fn place(sources: &Sources, span: Span) -> String {
    let location = sources.locate(span);
    format!("{}:{}:{}", plain(location.path), location.start.line, location.start.column)
}

/// The lines of a place with carets under the marks in it; empty where the text of its file is not there.
///
/// Of a place with many lines only the first is shown, and those with marks.
pub(super) fn excerpt(sources: &Sources, whole: Span, marks: &[Span], styles: Styles) -> String {
    let file = sources.text(whole.file);
    if file.bytes().is_empty() {
        return String::new();
    }
    let lines = file.lines();
    let first = lines.line_of(whole.start as usize);
    let last = lines.line_of((whole.end as usize).saturating_sub(1).max(whole.start as usize));
    let is_marked = |line: usize| marks.iter().any(|mark| lines.line_of(mark.start as usize) == line);
    let chosen = |line: &usize| last - first < MOST_LINES || *line == first || is_marked(*line);
    let mut shown: Vec<_> = (first..=last).filter(chosen).take(MOST_LINES + 1).collect();
    let is_cut = shown.len() > MOST_LINES;
    shown.truncate(MOST_LINES);
    let width = shown.last().map_or(1, |line| (line + 1).to_string().len());
    // Entries on many lines of their own speak for themselves.
    let has_carets = shown.iter().filter(|&&line| is_marked(line)).count() <= MOST_CARETS;
    let mut text = String::new();
    let mut expected = first;
    for line in shown {
        if line > expected {
            let _ = writeln!(text, "    {:>width$} {}", "", styles.dim("⋮"));
        }
        expected = line + 1;
        let bar = styles.dim("│");
        let shown = Line::new(&file, line, whole, marks);
        let _ = writeln!(text, "    {} {bar} {}", styles.dim(&format!("{:>width$}", line + 1)), shown.text);
        let carets = shown.carets(marks);
        if has_carets && !carets.is_empty() {
            let _ = writeln!(text, "    {:>width$} {bar} {}", "", styles.mark(&carets));
        }
    }
    if is_cut {
        let _ = writeln!(text, "    {:>width$} {}", "", styles.dim("⋮"));
    }
    text
}

/// One line, as it is shown: nothing in it acts on a terminal.
struct Line<'a> {
    /// What is shown of it, and may be cut further.
    bytes: &'a [u8],
    range: Range<usize>,
    /// Whether something stands before it.
    is_cut: bool,
    text: String,
}

/// Of a longer line only so many columns are shown.
const LONGEST: usize = 160;
/// Columns before what a longer line is shown for.
const BEFORE: usize = 20;
/// What stands for the rest of a line.
const REST: &str = "…";

impl<'a> Line<'a> {
    fn new(file: &'a Text, number: usize, whole: Span, marks: &[Span]) -> Self {
        let start = file.lines().start(number).unwrap_or(0);
        let end = file.lines().start(number + 1).unwrap_or(file.bytes().len());
        let line = file.bytes().get(start..end).unwrap_or_default().trim_ascii_end();
        let range = start..start + line.len();
        let start = window(line, &range, whole, marks);
        let is_cut = start > range.start;
        // A character has no more than four bytes.
        let end = range.end.min(start + 4 * LONGEST);
        let bytes = file.bytes().get(start..end).unwrap_or_default();
        let prefix = if is_cut { REST } else { "" };
        let mut text = format!("{prefix}{}", shown(bytes));
        if end < range.end || text.chars().nth(LONGEST).is_some() {
            text = text.chars().take(LONGEST - 1).collect();
            text.push_str(REST);
        }
        Self { bytes, range: start..range.end, is_cut, text }
    }

    /// Spaces and carets, so that the carets stand under the marks of this line.
    fn carets(&self, marks: &[Span]) -> String {
        let mut columns = vec![false; LONGEST];
        for mark in marks.iter().map(|mark| mark.range()).filter(|mark| self.range.contains(&mark.start)) {
            let column = |offset: usize| {
                let before = self.bytes.get(..offset - self.range.start).unwrap_or(self.bytes);
                usize::from(self.is_cut) + shown(before).chars().count()
            };
            let (start, end) = (column(mark.start), column(mark.end.min(self.range.end)));
            columns.iter_mut().take(end.max(start + 1)).skip(start).for_each(|column| *column = true);
        }
        let carets: String = columns.into_iter().map(|is_marked| if is_marked { '^' } else { ' ' }).collect();
        carets.trim_end().to_owned()
    }
}

/// Where to begin to show a line at these offsets: at its beginning, unless what it is shown for is further behind.
fn window(line: &[u8], range: &Range<usize>, whole: Span, marks: &[Span]) -> usize {
    let on_line = |offset: u32| Some(offset as usize).filter(|offset| range.contains(offset));
    let first_mark = marks.iter().filter_map(|mark| on_line(mark.start)).min();
    let last_mark = marks.iter().filter_map(|mark| on_line(mark.start)).max();
    let whole = on_line(whole.start);
    let fits = |from: usize| last_mark.is_none_or(|mark| mark < from + LONGEST - BEFORE);
    let focus = whole.filter(|&whole| fits(whole)).or(first_mark).or(whole).unwrap_or(range.start);
    let reaches = last_mark.unwrap_or(focus).max(focus);
    if reaches < range.start + LONGEST - BEFORE || line.len() <= LONGEST {
        return range.start;
    }
    let mut start = focus.saturating_sub(BEFORE).max(range.start);
    // Characters are not cut in two.
    while line.get(start - range.start).is_some_and(|byte| byte & 0xc0 == 0x80) {
        start += 1;
    }
    start
}

fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace('\t', "    ");
    plain(&text).into_owned()
}
