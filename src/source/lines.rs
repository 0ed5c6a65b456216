//! The lines of a text: from byte offsets to lines and columns.

use super::Position;

/// Where the lines of one text begin. LF, CRLF and a lone CR end a line, as in YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl LineIndex {
    /// Finds the line starts of a text shorter than 4 GiB.
    pub fn new(text: &[u8]) -> Self {
        let breaks = memchr::memchr2_iter(b'\n', b'\r', text)
            .filter(|&at| text.get(at) == Some(&b'\n') || text.get(at + 1) != Some(&b'\n'))
            .filter_map(|at| u32::try_from(at + 1).ok());
        Self { starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// How many lines there are; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The byte offset at which a line, counted from 0, begins; `None` behind the last line.
    pub fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|&start| start as usize)
    }

    /// The line, counted from 0, that holds a byte offset.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The line and column of a byte offset in the text that this index was made of.
    pub fn position(&self, text: &[u8], offset: u32) -> Position {
        let line = self.line_of(offset as usize);
        let start = self.start(line).unwrap_or(0);
        let before = text.get(start..offset as usize).unwrap_or_default();
        let before = if start == 0 { before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before) } else { before };
        Position { line: count(line), column: count(scalar_values(before)), offset }
    }
}

/// From a number counted from 0 to one counted from 1.
fn count(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

/// The number of Unicode scalar values, each byte that is no UTF-8 counted as one.
fn scalar_values(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_and_column(text: &[u8], offset: u32) -> (u32, u32) {
        let position = LineIndex::new(text).position(text, offset);
        (position.line, position.column)
    }

    #[test]
    fn counts_lines_and_columns_from_one() {
        let text = b"a: 1\nb: 2\n";
        assert_eq!(line_and_column(text, 0), (1, 1));
        assert_eq!(line_and_column(text, 8), (2, 4));
        assert_eq!(line_and_column(text, 10), (3, 1));
    }

    #[test]
    fn columns_are_unicode_scalar_values() {
        assert_eq!(line_and_column("é𝄞: x".as_bytes(), 8), (1, 5));
        assert_eq!(line_and_column(b"\xFF\xFEab", 3), (1, 4));
    }

    #[test]
    fn a_byte_order_mark_is_in_no_column() {
        assert_eq!(line_and_column(b"\xEF\xBB\xBFa: 1", 3), (1, 1));
    }

    #[test]
    fn every_kind_of_line_break_ends_one_line() {
        let text = b"a\r\nb\rc\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        assert_eq!(line_and_column(text, 3), (2, 1));
        assert_eq!(line_and_column(text, 5), (3, 1));
        assert_eq!(line_and_column(text, 7), (4, 1));
    }
}
