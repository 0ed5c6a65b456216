//! Scans scalars between quotes.

use super::scanner::Scanner;
use super::tokens::{Token, TokenKind};
use super::value::Value;
use super::{Escapes, Extent, Fault, Style, fault};

/// What ends a run of characters without blanks.
#[derive(PartialEq, Eq)]
enum WordEnd {
    Quote,
    Blank,
    EscapedBreak,
}

impl<'t> Scanner<'t> {
    /// Scans a scalar from its opening to its closing quote.
    pub(super) fn quoted(&mut self) -> Result<Token<'t>, Fault> {
        let start = self.reader.pos();
        let quote = self.reader.peek();
        let mut value = Value::new(self.reader.text());
        self.reader.advance(1);
        loop {
            if self.reader.at_document_marker() {
                let marker = Extent::new(self.reader.pos(), self.reader.pos() + 3);
                return Err(fault("found unexpected document indicator", marker));
            }
            if self.reader.peek() == 0 {
                let opening = self.reader.char_extent(start);
                return Err(fault("found unexpected end of stream: the quote is never closed", opening));
            }
            let ended = self.quoted_word(quote, &mut value)?;
            if ended == WordEnd::Quote {
                break;
            }
            self.quoted_gap(ended == WordEnd::EscapedBreak, &mut value);
        }
        self.reader.advance(1);
        let style = if quote == b'\'' { Style::SingleQuoted } else { Style::DoubleQuoted };
        let extent = Extent::new(start, self.reader.pos());
        Ok(Token { kind: TokenKind::Scalar(style), extent, text: value.finish(), handle: "" })
    }

    /// Scans characters up to a blank, a line break or the closing quote.
    fn quoted_word(&mut self, quote: u8, value: &mut Value<'t>) -> Result<WordEnd, Fault> {
        let mut start = self.reader.pos();
        loop {
            let at = self.reader.pos();
            match self.reader.peek() {
                b'\'' if quote == b'\'' && self.reader.peek_at(1) == b'\'' => {
                    value.push_text(start, at + 1);
                    self.reader.advance(2);
                    start = at + 2;
                }
                b'\\' if quote == b'"' && self.at_escaped_break() => {
                    value.push_text(start, at);
                    self.reader.advance(1);
                    self.reader.advance_break();
                    return Ok(WordEnd::EscapedBreak);
                }
                b'\\' if quote == b'"' => {
                    value.push_text(start, at);
                    value.push(self.escape()?);
                    start = self.reader.pos();
                }
                byte if byte == quote => {
                    value.push_text(start, at);
                    return Ok(WordEnd::Quote);
                }
                0x21..0x80 => {
                    self.reader.advance(1);
                    self.reader.skip_while(is_ordinary);
                }
                _ if self.reader.blank_or_end_at(0) => {
                    value.push_text(start, at);
                    return Ok(WordEnd::Blank);
                }
                _ => self.reader.advance_char(),
            }
        }
    }

    /// Whether a backslash and a line break are here.
    fn at_escaped_break(&self) -> bool {
        !matches!(self.reader.peek_at(1), 0 | b' ' | b'\t') && self.reader.blank_or_end_at(1)
    }

    /// Goes over blanks and line breaks. Blanks around line breaks do not count.
    fn quoted_gap(&mut self, escaped_break: bool, value: &mut Value<'t>) {
        let start = self.reader.pos();
        let mut first = None;
        let mut rest_start = start;
        loop {
            self.reader.skip_blanks();
            let at = self.reader.pos();
            if self.reader.break_len() == 0 {
                break;
            }
            self.reader.advance_break();
            if first.is_none() && !escaped_break {
                first = Some(at);
                rest_start = self.reader.pos();
            }
        }
        let end = self.reader.pos();
        match first {
            Some(first) => value.fold(first, rest_start..end),
            None if escaped_break => {
                value.push_breaks(start..end);
            }
            None => value.push_text(start, end),
        }
    }

    /// The character that an escape sequence stands for.
    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.reader.pos();
        let digits = match self.reader.peek_at(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'/' if self.escapes == Escapes::Json => {
                self.reader.advance(2);
                return Ok('/');
            }
            letter => {
                let Some(character) = escaped(letter) else {
                    let end = self.reader.char_extent(start + 1).end;
                    let at = Extent { end, ..Extent::new(start, start) };
                    return Err(fault("found unknown escape character", at));
                };
                self.reader.advance(2);
                return Ok(character);
            }
        };
        self.reader.advance(2);
        let mut code = self.hexadecimal(start, digits)?;
        let low = self
            .reader
            .text()
            .get(self.reader.pos()..)
            .unwrap_or_default()
            .strip_prefix("\\u")
            .and_then(|rest| u32::from_str_radix(rest.get(..4)?, 16).ok());
        if let (Escapes::Json, 0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) = (self.escapes, code, low) {
            // JSON writes a character beyond the first 65,536 as two halves.
            code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            self.reader.advance(6);
        }
        let at = Extent::new(start, self.reader.pos());
        char::from_u32(code).ok_or_else(|| fault("found invalid Unicode character escape code", at))
    }

    fn hexadecimal(&mut self, start: usize, digits: usize) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..digits {
            let Some(digit) = char::from(self.reader.peek()).to_digit(16) else {
                let at = Extent::new(start, self.reader.pos());
                return Err(fault("did not find expected hexadecimal number", at));
            };
            code = code << 4 | digit;
            self.reader.advance(1);
        }
        Ok(code)
    }
}

/// What a backslash and a letter stand for in YAML. Kubernetes knows `\'`, but not the `\/` of JSON.
fn escaped(letter: u8) -> Option<char> {
    Some(match letter {
        b'0' => '\0',
        b'a' => '\x07',
        b'b' => '\x08',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\x0B',
        b'f' => '\x0C',
        b'r' => '\r',
        b'e' => '\x1B',
        b' ' | b'"' | b'\'' | b'\\' => char::from(letter),
        b'N' => '\u{85}',
        b'_' => '\u{A0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}

/// Whether a byte between quotes of any kind needs no second look.
fn is_ordinary(byte: u8) -> bool {
    byte > b' ' && byte < 0x80 && !matches!(byte, b'\'' | b'"' | b'\\')
}
