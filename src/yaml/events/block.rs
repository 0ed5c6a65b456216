//! Scans block scalars, after `|` or `>`.

use std::ops::Range;

use super::scanner::Scanner;
use super::tokens::{Token, TokenKind};
use super::value::Value;
use super::{Extent, Fault, Style, fault};

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    /// `-`: none is kept.
    Strip,
    /// One is kept.
    Clip,
    /// `+`: all are kept.
    Keep,
}

/// The signs after `|` or `>`.
struct Header {
    chomping: Chomping,
    /// How much deeper than its parent the text is indented, if that is said.
    indent: Option<usize>,
}

impl<'t> Scanner<'t> {
    /// Scans a block scalar with its header.
    pub(super) fn block_scalar(&mut self) -> Result<Token<'t>, Fault> {
        let start = self.reader.pos();
        let style = if self.reader.peek() == b'|' { Style::Literal } else { Style::Folded };
        self.reader.advance(1);
        let header = self.block_header()?;
        let mut end = self.reader.pos();
        self.end_of_header_line()?;

        let said = header.indent.map(|indent| self.inner.saturating_sub(1) + indent);
        let (indent, mut blank_lines) = self.skip_blank_lines(said)?;
        let mut value = Value::new(self.reader.text());
        let mut line_break = None;
        let mut folds = false;
        while self.reader.column() == indent && self.reader.peek() != 0 {
            // Lines that start with a blank are never joined to those around them.
            let indented = matches!(self.reader.peek(), b' ' | b'\t');
            match line_break {
                Some(first) if folds && !indented => value.fold(first, blank_lines),
                _ => {
                    push_break(&mut value, line_break);
                    value.push_breaks(blank_lines);
                }
            }
            folds = style == Style::Folded && !indented;
            let line = self.reader.pos();
            self.reader.skip_line();
            end = self.reader.pos();
            value.push_text(line, end);
            line_break = (self.reader.peek() != 0).then_some(end);
            self.reader.advance_break();
            (_, blank_lines) = self.skip_blank_lines(Some(indent))?;
        }

        if header.chomping != Chomping::Strip {
            push_break(&mut value, line_break);
        }
        if header.chomping == Chomping::Keep {
            value.push_breaks(blank_lines);
        }
        let extent = Extent::new(start, end);
        Ok(Token { kind: TokenKind::Scalar(style), extent, text: value.finish(), handle: "" })
    }

    /// Scans the signs for the indentation and for the end, which come in any order.
    fn block_header(&mut self) -> Result<Header, Fault> {
        let mut header = Header { chomping: Chomping::Clip, indent: None };
        for _ in 0..2 {
            match self.reader.peek() {
                b'+' if header.chomping == Chomping::Clip => header.chomping = Chomping::Keep,
                b'-' if header.chomping == Chomping::Clip => header.chomping = Chomping::Strip,
                b'0' if header.indent.is_none() => {
                    let at = self.reader.char_extent(self.reader.pos());
                    return Err(fault("found an indentation indicator equal to 0", at));
                }
                digit @ b'1'..=b'9' if header.indent.is_none() => {
                    header.indent = Some(usize::from(digit - b'0'));
                }
                _ => break,
            }
            self.reader.advance(1);
        }
        Ok(header)
    }

    fn end_of_header_line(&mut self) -> Result<(), Fault> {
        self.reader.skip_blanks();
        self.skip_comment();
        if !self.reader.at_line_end() {
            let at = self.reader.char_extent(self.reader.pos());
            return Err(fault("did not find expected comment or line break", at));
        }
        self.reader.advance_break();
        Ok(())
    }

    /// Goes over lines without content, and over the indentation of the next one.
    ///
    /// Returns the indentation, found out if it is not said, and the range of the blank lines. Kubernetes goes by
    /// the deepest line up to the first one with content: `|\n    \n  a` has no content, as `a` is not deep enough.
    fn skip_blank_lines(&mut self, indent: Option<usize>) -> Result<(usize, Range<usize>), Fault> {
        let start = self.reader.pos();
        let mut deepest = 0;
        loop {
            let limit = indent.unwrap_or(usize::MAX);
            while self.reader.column() < limit && self.reader.peek() == b' ' {
                self.reader.advance(1);
            }
            deepest = deepest.max(self.reader.column());
            if self.reader.column() < limit && self.reader.peek() == b'\t' {
                let at = self.reader.char_extent(self.reader.pos());
                let message = "found a tab character where an indentation space is expected";
                return Err(fault(message, at));
            }
            if self.reader.break_len() == 0 {
                break;
            }
            self.reader.advance_break();
        }
        let indent = indent.unwrap_or_else(|| deepest.max(self.inner).max(1));
        Ok((indent, start..self.reader.pos()))
    }
}

fn push_break(value: &mut Value<'_>, at: Option<usize>) {
    if let Some(at) = at {
        value.push_break(at);
    }
}
