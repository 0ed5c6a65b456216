//! Puts the value of a scalar together, as a slice of the text for as long as it is one.

use std::borrow::Cow;
use std::ops::Range;

use super::reader::break_len;

/// A value under construction.
#[derive(Debug)]
pub(super) struct Value<'t> {
    text: &'t str,
    /// The slice that is the value so far, unless `built` has begun.
    start: usize,
    end: usize,
    built: Option<String>,
}

impl<'t> Value<'t> {
    /// An empty value.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, start: 0, end: 0, built: None }
    }

    pub(super) fn finish(self) -> Cow<'t, str> {
        match self.built {
            Some(built) => Cow::Owned(built),
            None => Cow::Borrowed(self.text.get(self.start..self.end).unwrap_or_default()),
        }
    }

    /// Appends a part of the text.
    #[inline]
    pub(super) fn push_text(&mut self, start: usize, end: usize) {
        if start == end {
            return;
        }
        if self.built.is_none() && (self.start == self.end || self.end == start) {
            if self.start == self.end {
                self.start = start;
            }
            self.end = end;
            return;
        }
        let part = self.text.get(start..end).unwrap_or_default();
        self.build().push_str(part);
    }

    /// Appends a character that does not stand in the text.
    pub(super) fn push(&mut self, character: char) {
        self.build().push(character);
    }

    /// Appends what becomes of a line break: all are written `\n` but LS and PS, which stay.
    pub(super) fn push_break(&mut self, at: usize) {
        match self.text.as_bytes().get(at) {
            Some(b'\n') => self.push_text(at, at + 1),
            Some(0xE2) => self.push_text(at, at + 3),
            _ => self.push('\n'),
        }
    }

    /// Appends the line breaks within a range of blanks and line breaks; false if there is none.
    pub(super) fn push_breaks(&mut self, range: Range<usize>) -> bool {
        let mut found = false;
        let mut at = range.start;
        while at < range.end {
            let length = break_len(self.text.as_bytes(), at);
            if length > 0 {
                self.push_break(at);
                found = true;
            }
            at += length.max(1);
        }
        found
    }

    /// Appends what becomes of a line break and of the blank lines after it between two words: a space, or the
    /// line breaks of the blank lines. LS and PS are never folded.
    pub(super) fn fold(&mut self, first: usize, rest: Range<usize>) {
        if self.is_kept(first) {
            self.push_break(first);
            self.push_breaks(rest);
        } else if !self.push_breaks(rest) {
            self.push(' ');
        }
    }

    /// Whether the line break there is LS or PS.
    pub(super) fn is_kept(&self, at: usize) -> bool {
        self.text.as_bytes().get(at) == Some(&0xE2)
    }

    fn build(&mut self) -> &mut String {
        let so_far = self.text.get(self.start..self.end).unwrap_or_default();
        self.built.get_or_insert_with(|| {
            let mut built = String::with_capacity(so_far.len() * 2 + 64);
            built.push_str(so_far);
            built
        })
    }
}
