//! The lines around a place, fit to be shown.

use std::ops::Range;
use std::sync::Arc;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::plain::{acts, plain};
use crate::source::{FileId, Sources, Span, Text};

/// A file's text as miette reads it: its lines are indexed already, nothing in it acts on a terminal, and of a line
/// that is very long only the part around the place is shown.
#[derive(Debug)]
pub(super) struct Snippets<'a> {
    path: &'a str,
    file: Arc<Text>,
    text: Vec<u8>,
    /// A line of more bytes than this, in which a place is, is cut.
    longest_line: usize,
}

/// What line numbers and their frame take of a terminal's width.
const GUTTER: usize = 10;
/// Of a longer place only the beginning is underlined.
const LONGEST_PLACE: usize = 60;
/// Lines around a place are shown whole up to this many bytes.
const MOST_SHOWN: usize = 4000;

impl<'a> Snippets<'a> {
    /// The text of a file, for a terminal of so many columns.
    pub(super) fn new(sources: &'a Sources, file: FileId, width: usize) -> Self {
        let (path, file) = (sources.path(file), sources.text(file));
        let longest_line = width.saturating_sub(GUTTER).max(2 * GUTTER);
        Self { path, text: harmless(file.bytes()), file, longest_line }
    }

    /// The part of a place that is underlined: no more than its first line, and of that no more than anybody reads.
    pub(super) fn visible(&self, span: Span) -> SourceSpan {
        let Range { start, end } = span.range();
        let lines = self.file.lines();
        let line_end = lines.start(lines.line_of(start) + 1).unwrap_or(self.text.len());
        let line = self.text.get(start..line_end).unwrap_or_default().trim_ascii_end();
        let end = end.min(start + line.len()).min(self.boundary(start + LONGEST_PLACE));
        (start, end.saturating_sub(start)).into()
    }

    /// The bytes of whole lines around a span; of the span's own surroundings where a line is too long.
    fn window(&self, start: usize, end: usize, before: usize, after: usize) -> (usize, usize) {
        let lines = self.file.lines();
        let line_end = |line: usize| lines.start(line + 1).unwrap_or(self.text.len());
        let (first, last) = (lines.line_of(start), lines.line_of(end.max(start)));
        let first_shown = first.saturating_sub(before);
        let last_shown = (last + after).min(lines.count().saturating_sub(1));
        let whole = (lines.start(first_shown).unwrap_or(0), line_end(last_shown));
        let fits = |line: usize| line_end(line) - lines.start(line).unwrap_or(0) <= self.longest_line;
        if (first..=last).all(fits) && whole.1 - whole.0 <= MOST_SHOWN {
            return whole;
        }
        let line = (lines.start(first).unwrap_or(0), line_end(last));
        let around = self.longest_line.saturating_sub(end.saturating_sub(start)) / 2;
        let cut = (start.saturating_sub(around).max(line.0), end.saturating_add(around).min(line.1));
        (self.boundary(cut.0), self.boundary(cut.1))
    }

    /// The first offset at or behind this one at which a character begins.
    fn boundary(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|&byte| byte & 0xC0 == 0x80).count()
    }
}

impl SourceCode for Snippets<'_> {
    fn read_span<'s>(
        &'s self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        let start = span.offset().min(self.text.len());
        let end = (span.offset() + span.len()).min(self.text.len());
        // Without context, only the place itself is asked for: its line and column.
        let (from, to) = if before + after == 0 { (start, end) } else { self.window(start, end, before, after) };
        let data = self.text.get(from..to).ok_or(MietteError::OutOfBounds)?;
        let lines = self.file.lines();
        let position = lines.position(&self.text, u32::try_from(from).unwrap_or(u32::MAX));
        Ok(Box::new(MietteSpanContents::new_named(
            plain(self.path).into_owned(),
            data,
            (from, to - from).into(),
            position.line as usize - 1,
            position.column as usize - 1,
            lines.count(),
        )))
    }
}

/// The text with everything replaced that acts on a terminal or is no UTF-8, byte for byte, so that places stay. A lone
/// CR ends a line, and is shown as one that does.
fn harmless(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let mut characters = chunk.valid().chars().peekable();
        while let Some(c) = characters.next() {
            let replacement = match c {
                '\r' if characters.peek() != Some(&'\n') => '\n',
                '\n' | '\r' | '\t' => c,
                _ if !acts(c) => c,
                _ => placeholder(c.len_utf8()),
            };
            text.extend_from_slice(replacement.encode_utf8(&mut [0; 4]).as_bytes());
        }
        text.extend(chunk.invalid().iter().map(|_| b'?'));
    }
    text
}

/// A character of so many bytes that stands for one that cannot be shown.
fn placeholder(bytes: usize) -> char {
    match bytes {
        1 => '?',
        2 => '·',
        3 => '\u{FFFD}',
        _ => '\u{1F79F}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_is_replaced_byte_for_byte() {
        let text = "a\u{1b}[31m\u{9b}b\u{202e}c\u{e0041}\td\r\ne\rf é𝄞";
        let shown = harmless(text.as_bytes());
        assert_eq!(String::from_utf8(shown).unwrap(), "a?[31m·b\u{FFFD}c\u{1F79F}\td\r\ne\nf é𝄞");
        assert_eq!(harmless(b"a\xFF\xFEb"), b"a??b");
    }
}
