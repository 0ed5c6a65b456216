//! Scans the lines with `%` before a document.

use super::scanner::Scanner;
use super::tokens::{Token, TokenKind};
use super::{Extent, Fault, fault};

impl<'t> Scanner<'t> {
    /// Scans a directive and the end of its line.
    pub(super) fn directive(&mut self) -> Result<Token<'t>, Fault> {
        let start = self.reader.pos();
        self.reader.advance(1);
        self.skip_name();
        let name = Extent::new(start, self.reader.pos());
        let mut token = match self.reader.slice(start + 1, self.reader.pos()) {
            "" => return Err(fault("could not find expected directive name", name)),
            _ if !self.reader.blank_or_end_at(0) => {
                return Err(self.error_here("found unexpected non-alphabetical character"));
            }
            "YAML" => self.version()?,
            "TAG" => self.tag_prefix()?,
            _ => return Err(fault("found unknown directive name", name)),
        };
        token.extent = Extent::new(start, self.reader.pos());
        self.reader.skip_blanks();
        self.skip_comment();
        if !self.reader.at_line_end() {
            return Err(self.error_here("did not find expected comment or line break"));
        }
        self.reader.advance_break();
        Ok(token)
    }

    fn version(&mut self) -> Result<Token<'t>, Fault> {
        self.reader.skip_blanks();
        let major = self.version_number()?;
        self.expect(b'.', "did not find expected digit or '.' character")?;
        let supported = (major, self.version_number()?) == (1, 1);
        Ok(Token::mark(TokenKind::VersionDirective { supported }, Extent::new(0, 0)))
    }

    fn version_number(&mut self) -> Result<u8, Fault> {
        let start = self.reader.pos();
        let mut number = 0;
        while let digit @ b'0'..=b'9' = self.reader.peek() {
            if self.reader.pos() == start + 2 {
                return Err(self.error_here("found extremely long version number"));
            }
            number = number * 10 + (digit - b'0');
            self.reader.advance(1);
        }
        if self.reader.pos() == start {
            return Err(self.error_here("did not find expected version number"));
        }
        Ok(number)
    }

    fn tag_prefix(&mut self) -> Result<Token<'t>, Fault> {
        self.reader.skip_blanks();
        if self.reader.peek() != b'!' {
            return Err(self.error_here("did not find expected '!'"));
        }
        let handle = self.tag_handle();
        if handle != "!" && !(handle.len() > 1 && handle.ends_with('!')) {
            return Err(self.error_here("did not find expected '!'"));
        }
        if !matches!(self.reader.peek(), b' ' | b'\t') {
            return Err(self.error_here("did not find expected whitespace"));
        }
        self.reader.skip_blanks();
        let text = self.uri(self.reader.pos())?;
        if !self.reader.blank_or_end_at(0) {
            return Err(self.error_here("did not find expected whitespace or line break"));
        }
        Ok(Token { kind: TokenKind::TagDirective, extent: Extent::new(0, 0), text, handle })
    }

    fn error_here(&self, message: &'static str) -> Fault {
        fault(message, self.reader.char_extent(self.reader.pos()))
    }
}
