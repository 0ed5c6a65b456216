//! The lines of a place, with carets under what matters in them.

use std::fmt::Write as _;
use std::ops::Range;

use super::super::plain::plain;
use super::style::Styles;
use crate::source::{SourceFile, Sources, Span};

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
    let Some(file) = sources.get(whole.file).filter(|file| !file.bytes().is_empty()) else { return String::new() };
    let lines = file.lines();
    let first = lines.line_of(whole.start as usize);
    let last = lines.line_of((whole.end as usize).saturating_sub(1).max(whole.start as usize));
    let is_marked = |line: usize| marks.iter().any(|mark| lines.line_of(mark.start as usize) == line);
    let chosen = |line: &usize| last - first < MOST_LINES || *line == first || is_marked(*line);
    let shown: Vec<_> = (first..=last).filter(chosen).take(MOST_LINES).collect();
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
        let shown = Line::new(file, line);
        let _ = writeln!(text, "    {} {bar} {}", styles.dim(&format!("{:>width$}", line + 1)), shown.text);
        let carets = shown.carets(marks);
        if has_carets && !carets.is_empty() {
            let _ = writeln!(text, "    {:>width$} {bar} {}", "", styles.mark(&carets));
        }
    }
    text
}

/// One line, as it is shown: nothing in it acts on a terminal.
struct Line<'a> {
    bytes: &'a [u8],
    range: Range<usize>,
    text: String,
}

/// Of a longer line only the beginning is shown.
const LONGEST: usize = 160;

impl<'a> Line<'a> {
    fn new(file: &'a SourceFile, number: usize) -> Self {
        let start = file.lines().start(number).unwrap_or(0);
        let end = file.lines().start(number + 1).unwrap_or(file.bytes().len());
        let bytes = file.bytes().get(start..end).unwrap_or_default();
        let bytes = bytes.trim_ascii_end();
        Self { bytes, range: start..start + bytes.len(), text: shown(bytes) }
    }

    /// Spaces and carets, so that the carets stand under the marks of this line.
    fn carets(&self, marks: &[Span]) -> String {
        let mut columns = vec![false; LONGEST];
        for mark in marks.iter().map(|mark| mark.range()).filter(|mark| self.range.contains(&mark.start)) {
            let width =
                |end: usize| shown(self.bytes.get(..end - self.range.start).unwrap_or_default()).chars().count();
            let (start, end) = (width(mark.start), width(mark.end.min(self.range.end)));
            columns.iter_mut().take(end.max(start + 1)).skip(start).for_each(|column| *column = true);
        }
        let carets: String = columns.into_iter().map(|is_marked| if is_marked { '^' } else { ' ' }).collect();
        carets.trim_end().to_owned()
    }
}

fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace('\t', "    ");
    plain(&text).chars().take(LONGEST).collect()
}
