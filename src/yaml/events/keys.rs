//! Finds out which tokens start keys.
//!
//! A key without `?` is only known for one when its `:` comes. On each flow level one token at a time is a candidate.

use super::queue::Lead;
use super::scanner::Scanner;
use super::tokens::TokenKind;
use super::{Fault, fault};

/// How many characters may stand between the start of a key and its `:`.
const MAX_KEY_LENGTH: usize = 1024;

/// A token that becomes a key if a `:` follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) number: usize,
    pub(super) start: usize,
    pub(super) column: usize,
    /// Whether it stands where only keys can stand.
    pub(super) required: bool,
}

/// The block collections, or one flow collection within them or within another.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) candidate: Option<Candidate>,
    /// The number of the last candidate, or of the opening bracket if there was none.
    pub(super) last: usize,
}

impl Scanner<'_> {
    pub(super) fn head_may_become_key(&mut self) -> Result<bool, Fault> {
        let Some(depth) = self.queue.head_level() else {
            return Ok(false);
        };
        let level = self.outer_levels.get(depth).unwrap_or(&self.level);
        let Some(key) = level.candidate else {
            return Ok(false);
        };
        if self.is_in_reach(&key) {
            return Ok(true);
        }
        if key.required {
            return Err(self.key_without_value(&key));
        }
        let level = self.outer_levels.get_mut(depth).unwrap_or(&mut self.level);
        level.candidate = None;
        Ok(false)
    }

    /// Notes that the next token may become a key, on the flow level that is returned.
    pub(super) fn note_candidate(&mut self) -> Result<Option<usize>, Fault> {
        if !self.key_allowed {
            return Ok(None);
        }
        self.drop_candidate()?;
        let (number, column) = (self.queue.next_number(), self.reader.column());
        let required = !self.in_flow() && self.inner == column + 1;
        self.level.candidate = Some(Candidate { number, start: self.reader.pos(), column, required });
        self.level.last = number;
        Ok(Some(self.outer_levels.len()))
    }

    pub(super) fn drop_candidate(&mut self) -> Result<(), Fault> {
        if let Some(key) = self.level.candidate.take() {
            if key.required {
                return Err(self.key_without_value(&key));
            }
            self.queue.release(key.number);
        }
        Ok(())
    }

    pub(super) fn is_in_reach(&self, key: &Candidate) -> bool {
        key.start >= self.reader.line_start() && self.reader.column() <= key.column + MAX_KEY_LENGTH
    }

    pub(super) fn check_key_allowed(&self, otherwise: &'static str) -> Result<(), Fault> {
        if self.key_allowed {
            return Ok(());
        }
        Err(fault(otherwise, self.reader.char_extent(self.reader.pos())))
    }

    pub(super) fn key_without_value(&self, key: &Candidate) -> Fault {
        let at = self.queue.extent_of(key.number).unwrap_or_else(|| self.reader.char_extent(key.start));
        fault("could not find expected ':'", at)
    }

    pub(super) fn make_key(&mut self, key: &Candidate) -> Result<(), Fault> {
        let opens = self.open_block(key.column)?;
        let lead = if opens { Lead::MappingAndKey } else { Lead::Key };
        if !self.queue.mark_key(key.number, lead) {
            // The key of `[]: v`, too late for a place before it: see `close_flow`.
            self.mark(TokenKind::Key, 0);
            if opens {
                self.mark(TokenKind::BlockMappingStart, 0);
            }
        }
        Ok(())
    }
}
