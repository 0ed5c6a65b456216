//! Scans anchors, aliases and tags.

use std::borrow::Cow;

use super::scanner::Scanner;
use super::tokens::{Token, TokenKind};
use super::{Extent, Fault, fault};

impl<'t> Scanner<'t> {
    /// Scans `&name` or `*name`.
    pub(super) fn anchor(&mut self, kind: TokenKind) -> Result<Token<'t>, Fault> {
        let start = self.reader.pos();
        self.reader.advance(1);
        self.skip_name();
        let end = self.reader.pos();
        let ended = self.reader.blank_or_end_at(0)
            || matches!(self.reader.peek(), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if end == start + 1 || !ended {
            let at = self.reader.char_extent(if ended { start } else { end });
            return Err(fault("did not find expected alphabetic or numeric character", at));
        }
        Ok(Token::mark(kind, Extent::new(start, end)))
    }

    /// Scans `!`, `!suffix`, `!handle!suffix` or `!<tag>`.
    pub(super) fn tag(&mut self) -> Result<Token<'t>, Fault> {
        let start = self.reader.pos();
        let (handle, suffix) = if self.reader.peek_at(1) == b'<' {
            self.reader.advance(2);
            let tag = self.uri(self.reader.pos())?;
            self.expect(b'>', "did not find the expected '>'")?;
            ("", tag)
        } else {
            self.short_tag()?
        };
        if !self.reader.blank_or_end_at(0) {
            let at = self.reader.char_extent(self.reader.pos());
            return Err(fault("did not find expected whitespace or line break", at));
        }
        let extent = Extent::new(start, self.reader.pos());
        Ok(Token { kind: TokenKind::Tag, extent, text: suffix, handle })
    }

    fn short_tag(&mut self) -> Result<(&'t str, Cow<'t, str>), Fault> {
        let start = self.reader.pos();
        let handle = self.tag_handle();
        if handle.len() > 1 && handle.ends_with('!') {
            return Ok((handle, self.uri(self.reader.pos())?));
        }
        if !self.at_uri() && handle.len() == 1 {
            return Ok(("", Cow::Borrowed(handle)));
        }
        Ok((self.reader.slice(start, start + 1), self.uri(start + 1)?))
    }

    /// Scans `!`, `!name` or `!name!`.
    pub(super) fn tag_handle(&mut self) -> &'t str {
        let start = self.reader.pos();
        self.reader.advance(1);
        self.skip_name();
        if self.reader.peek() == b'!' {
            self.reader.advance(1);
        }
        self.reader.slice(start, self.reader.pos())
    }

    /// Scans the rest of a tag or a tag prefix that started some characters before.
    pub(super) fn uri(&mut self, start: usize) -> Result<Cow<'t, str>, Fault> {
        while self.at_uri() && self.reader.peek() != b'%' {
            self.reader.advance(1);
        }
        let text = self.reader.slice(start, self.reader.pos());
        if self.reader.peek() == b'%' {
            return self.escaped_uri(text);
        }
        if text.is_empty() {
            return Err(fault("did not find expected tag URI", self.reader.char_extent(start)));
        }
        Ok(Cow::Borrowed(text))
    }

    fn escaped_uri(&mut self, so_far: &str) -> Result<Cow<'t, str>, Fault> {
        let mut decoded = so_far.as_bytes().to_vec();
        while self.at_uri() {
            let byte = self.reader.peek();
            if byte == b'%' {
                self.uri_escape(&mut decoded)?;
            } else {
                decoded.push(byte);
                self.reader.advance(1);
            }
        }
        Ok(Cow::Owned(String::from_utf8_lossy(&decoded).into_owned()))
    }

    /// Scans the escaped bytes of one character, as in `%C3%A9`.
    fn uri_escape(&mut self, decoded: &mut Vec<u8>) -> Result<(), Fault> {
        let mut octets = 1;
        let mut done = 0;
        while done < octets {
            let octet = self.octet()?;
            match (done, octet) {
                (0, 0..0x80) | (1.., 0x80..0xC0) => {}
                (0, 0xC0..0xE0) => octets = 2,
                (0, 0xE0..0xF0) => octets = 3,
                (0, 0xF0..0xF8) => octets = 4,
                (0, _) => return Err(self.octet_error("found an incorrect leading UTF-8 octet")),
                _ => return Err(self.octet_error("found an incorrect trailing UTF-8 octet")),
            }
            decoded.push(octet);
            self.reader.advance(3);
            done += 1;
        }
        Ok(())
    }

    fn octet(&self) -> Result<u8, Fault> {
        let digit = |distance: usize| char::from(self.reader.peek_at(distance)).to_digit(16);
        let octet = match (self.reader.peek(), digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high << 4 | low).ok(),
            _ => None,
        };
        octet.ok_or_else(|| fault("did not find URI escaped octet", self.reader.char_extent(self.reader.pos())))
    }

    fn octet_error(&self, message: &'static str) -> Fault {
        fault(message, Extent::new(self.reader.pos(), self.reader.pos() + 3))
    }

    /// Goes over one character, which must be this one.
    pub(super) fn expect(&mut self, byte: u8, otherwise: &'static str) -> Result<(), Fault> {
        if self.reader.peek() != byte {
            return Err(fault(otherwise, self.reader.char_extent(self.reader.pos())));
        }
        self.reader.advance(1);
        Ok(())
    }

    /// Goes over letters, digits, `_` and `-`.
    pub(super) fn skip_name(&mut self) {
        while is_name(self.reader.peek()) {
            self.reader.advance(1);
        }
    }

    fn at_uri(&self) -> bool {
        let byte = self.reader.peek();
        is_name(byte) || b";/?:@&=+$,.!~*'()[]%".contains(&byte)
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
