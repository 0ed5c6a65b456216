//! A part of a schedule's text that knows where it stands.

use std::ops::Range;

use super::ScheduleError;

/// A part of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    /// What it says.
    pub(super) text: &'t str,
    /// Where in the whole text it begins, in bytes.
    start: usize,
}

impl<'t> Piece<'t> {
    /// The whole text.
    pub(super) fn whole(text: &'t str) -> Self {
        Self { text, start: 0 }
    }

    /// Where it stands in the whole text.
    pub(super) fn range(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// What lies between separators; empty where two stand side by side.
    pub(super) fn split(self, is_separator: impl Fn(char) -> bool) -> Vec<Self> {
        let mut start = self.start;
        let mut pieces = Vec::new();
        let mut rest = self.text;
        while let Some((before, separator, after)) = cut(rest, &is_separator) {
            pieces.push(Self { text: before, start });
            start += before.len() + separator.len_utf8();
            rest = after;
        }
        pieces.push(Self { text: rest, start });
        pieces
    }

    /// What stands before the first separator, and what lies between those behind it.
    pub(super) fn head_and_tail(self, separator: char) -> (Self, Vec<Self>) {
        let mut pieces = self.split(|c| c == separator).into_iter();
        (pieces.next().unwrap_or(self), pieces.collect())
    }

    /// What lies between separators, as far as it is not empty.
    pub(super) fn split_to_filled(self, is_separator: impl Fn(char) -> bool) -> Vec<Self> {
        self.split(is_separator).into_iter().filter(|piece| !piece.text.is_empty()).collect()
    }

    /// What stands behind this prefix, where it does.
    pub(super) fn behind(self, prefix: &str) -> Option<Self> {
        let text = self.text.strip_prefix(prefix)?;
        Some(Self { text, start: self.start + prefix.len() })
    }

    /// What stands before a separator and what behind it; nothing behind it where there is none.
    pub(super) fn split_once(self, separator: char) -> (Self, Self) {
        let (text, behind) = self.text.split_once(separator).unwrap_or((self.text, ""));
        let start = self.start + self.text.len() - behind.len();
        (Self { text, ..self }, Self { text: behind, start })
    }

    /// The same without white space around it.
    pub(super) fn trim(self) -> Self {
        let text = self.text.trim_start();
        let start = self.start + self.text.len() - text.len();
        Self { text: text.trim_end(), start }
    }

    /// Something that is wrong with it.
    pub(super) fn error(self, message: impl Into<String>) -> ScheduleError {
        ScheduleError { message: message.into(), range: self.range() }
    }
}

/// What stands before the first separator, the separator, and what stands behind it.
fn cut(text: &str, is_separator: impl Fn(char) -> bool) -> Option<(&str, char, &str)> {
    let (at, separator) = text.char_indices().find(|&(_, c)| is_separator(c))?;
    let (before, after) = text.split_at_checked(at)?;
    Some((before, separator, after.strip_prefix(separator)?))
}
