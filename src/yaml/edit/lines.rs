//! Lines of a text that is edited. All offsets are those in the text.

use super::Editable;
use crate::yaml::tree::NodeRef;

impl Editable<'_> {
    /// Where the line begins that a place is on.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |feed| feed + 1)
    }

    /// Where the line ends that a place is on, without its line break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let end = self.next_line(at);
        let line = self.text.get(..end).unwrap_or_default();
        let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        line.len()
    }

    /// Where the next line begins.
    pub(super) fn next_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len(), |feed| at + feed + 1)
    }

    /// Whether nothing but a comment follows on the line.
    pub(super) fn ends_line(&self, at: usize) -> bool {
        let rest = self.text.get(at..self.line_end(at)).unwrap_or_default();
        let trimmed = rest.trim_start_matches([' ', '\t']);
        trimmed.is_empty() || (trimmed.starts_with('#') && trimmed.len() < rest.len())
    }

    /// How lines end.
    pub(super) fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// In which column something stands that only spaces and dashes stand before; from 0.
    pub(super) fn column(&self, at: usize) -> Option<usize> {
        let before = self.text.get(self.line_start(at)..at)?;
        before.bytes().all(|byte| b" -".contains(&byte)).then_some(before.len())
    }

    /// Whether the line before that of a place holds nothing but a comment.
    pub(super) fn has_comment_above(&self, at: usize) -> bool {
        let above = self.text.get(..self.line_start(at)).unwrap_or_default();
        above.lines().next_back().is_some_and(|line| line.trim_start().starts_with('#'))
    }

    /// The end of the last line before a place that holds more than a comment.
    pub(super) fn end_of_line_before(&self, at: usize) -> Option<usize> {
        let mut start = self.line_start(at);
        while start > 0 {
            let above = self.line_start(start - 1);
            let line = self.text.get(above..start)?.trim();
            if !line.is_empty() && !line.starts_with('#') {
                return Some(self.line_end(above));
            }
            start = above;
        }
        None
    }

    /// Where the line ends on which a field of a block mapping has all that it has.
    pub(super) fn end_of_line_entry(&self, key: NodeRef<'_>, value: NodeRef<'_>) -> Option<usize> {
        let key = key.span();
        let span = value.span();
        let is_scalar = !value.is_mapping() && !value.is_sequence() && !value.is_alias();
        let (start, end) = (self.local(key.start)?, self.local(span.end)?);
        let line = self.text.get(start..end)?;
        let fits = is_scalar && !span.range().is_empty() && !line.contains('\n') && self.ends_line(end);
        fits.then(|| self.line_end(end))
    }
}
