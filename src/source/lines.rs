//! The lines of a text: from byte offsets to lines and columns.

use std::ops::Range;

use super::Position;

/// Where the lines of one text begin. LF, CRLF and a lone CR end a line, as in YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    wide: Wide,
}

/// How much wider a text is in bytes than in Unicode scalar values: what makes a column cost the same anywhere in a line
/// of megabytes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wide {
    /// Not at all.
    Ascii,
    /// For every block of [`BLOCK`] bytes, how many bytes before it begin no scalar value.
    Utf8(Vec<u32>),
    /// It is no UTF-8, and has to be counted.
    Unknown,
}

const BLOCK: usize = 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl LineIndex {
    /// Finds the line starts of a text shorter than 4 GiB.
    pub fn new(text: &[u8]) -> Self {
        let breaks = memchr::memchr2_iter(b'\n', b'\r', text)
            .filter(|&at| text.get(at) == Some(&b'\n') || text.get(at + 1) != Some(&b'\n'))
            .filter_map(|at| u32::try_from(at + 1).ok());
        Self { starts: std::iter::once(0).chain(breaks).collect(), wide: Wide::of(text) }
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
        let mark = if line == 0 && text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let column = self.wide.scalar_values(text, (start + mark).min(offset as usize)..offset as usize);
        Position { line: count(line), column: count(column), offset }
    }
}

impl Wide {
    fn of(text: &[u8]) -> Self {
        if text.is_ascii() {
            return Self::Ascii;
        }
        if std::str::from_utf8(text).is_err() {
            return Self::Unknown;
        }
        let sums = text.chunks(BLOCK).scan(0, |sum: &mut u32, block| {
            *sum += u32::try_from(continuations(block)).unwrap_or(u32::MAX);
            Some(*sum)
        });
        Self::Utf8(std::iter::once(0).chain(sums).collect())
    }

    /// The number of Unicode scalar values in a range, each byte that is no UTF-8 counted as one.
    fn scalar_values(&self, text: &[u8], range: Range<usize>) -> usize {
        let bytes = range.len();
        match self {
            Self::Ascii => bytes,
            Self::Utf8(blocks) => {
                let before = |at: usize| {
                    let rest = text.get(at - at % BLOCK..at).unwrap_or_default();
                    blocks.get(at / BLOCK).map_or(0, |&sum| sum as usize) + continuations(rest)
                };
                bytes.saturating_sub(before(range.end).saturating_sub(before(range.start)))
            }
            Self::Unknown => {
                let chunks = text.get(range).unwrap_or_default().utf8_chunks();
                chunks.map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
            }
        }
    }
}

/// How many bytes begin no scalar value in UTF-8.
fn continuations(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 == 0x80).count()
}

/// From a number counted from 0 to one counted from 1.
fn count(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
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
    fn columns_are_right_behind_many_blocks() {
        let text = "é𝄞x".repeat(BLOCK);
        for (characters, (offset, _)) in text.char_indices().enumerate().step_by(97) {
            let offset = u32::try_from(offset).unwrap();
            assert_eq!(line_and_column(text.as_bytes(), offset), (1, count(characters)));
        }
        assert_eq!(line_and_column(text.as_bytes(), count(text.len()) - 1), (1, count(3 * BLOCK)));
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
