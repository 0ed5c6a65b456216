//! Scans scalars without quotes.

use super::scanner::Scanner;
use super::tokens::{Token, TokenKind};
use super::value::Value;
use super::{Extent, Fault, Style, fault};

/// The line breaks between two words on different lines.
struct Breaks {
    first: usize,
    rest_start: usize,
}

impl<'t> Scanner<'t> {
    /// Scans a plain scalar, which may go on over several lines.
    pub(super) fn plain(&mut self) -> Result<Token<'t>, Fault> {
        let start = self.reader.pos();
        let mut value = Value::new(self.reader.text());
        let mut end = start;
        let mut breaks: Option<Breaks> = None;
        while self.reader.peek() != b'#' && !self.reader.at_document_marker() {
            let word = self.reader.pos();
            self.skip_plain_word();
            if self.reader.pos() > word {
                match breaks.take() {
                    Some(breaks) => value.fold(breaks.first, breaks.rest_start..word),
                    None => value.push_text(end, word),
                }
                end = self.reader.pos();
                value.push_text(word, end);
            }
            if !self.reader.blank_or_end_at(0) || self.reader.peek() == 0 {
                break;
            }
            breaks = self.skip_plain_gap()?;
            if !self.in_flow() && self.reader.column() < self.inner {
                break;
            }
        }
        self.key_allowed |= breaks.is_some();
        let extent = Extent::new(start, end);
        Ok(Token { kind: TokenKind::Scalar(Style::Plain), extent, text: value.finish(), handle: "" })
    }

    /// Goes to the end of a run of characters of a plain scalar without blanks.
    fn skip_plain_word(&mut self) {
        let in_flow = self.in_flow();
        loop {
            if in_flow {
                self.reader.skip_while(|byte| is_ordinary(byte) && !is_flow_mark(byte));
            } else {
                self.reader.skip_while(is_ordinary);
            }
            match self.reader.peek() {
                // A `:` ends the scalar before a blank only, even in flow: `[a:, b::1]` has the items `a:` and `b::1`.
                b':' if self.reader.blank_or_end_at(1) => return,
                b':' => self.reader.advance(1),
                0x80.. if self.reader.break_len() == 0 => self.reader.advance_char(),
                _ => return,
            }
        }
    }

    /// Goes over blanks and line breaks.
    fn skip_plain_gap(&mut self) -> Result<Option<Breaks>, Fault> {
        let mut breaks = None;
        loop {
            let at = self.reader.pos();
            match self.reader.peek() {
                b'\t' if breaks.is_some() && self.reader.column() < self.inner => {
                    let at = self.reader.char_extent(at);
                    return Err(fault("found a tab character that violates indentation", at));
                }
                b' ' => self.reader.skip_spaces(),
                b'\t' => self.reader.advance(1),
                _ if self.reader.break_len() > 0 => {
                    self.reader.advance_break();
                    let rest_start = self.reader.pos();
                    breaks.get_or_insert(Breaks { first: at, rest_start });
                }
                _ => return Ok(breaks),
            }
        }
    }
}

/// Whether a byte in a plain scalar needs no second look, outside of flow collections.
fn is_ordinary(byte: u8) -> bool {
    byte > b' ' && byte < 0x80 && byte != b':'
}

fn is_flow_mark(byte: u8) -> bool {
    matches!(byte, b',' | b'?' | b'[' | b']' | b'{' | b'}')
}
