//! Scanned tokens that have not been taken yet, some of which may still turn out to be keys.
//!
//! Only the `:` behind a node tells that it is a key, so tokens wait here until that is decided. A token that starts
//! a key is marked in place.

use std::collections::VecDeque;

use super::Extent;
use super::tokens::{Token, TokenKind};

/// What comes in front of a token that turned out to start a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// Nothing: the token is no key.
    None,
    /// The key indicator that was left out.
    Key,
    /// The start of a block mapping, then the key indicator.
    MappingAndKey,
}

#[derive(Debug)]
struct Slot<'t> {
    token: Token<'t>,
    lead: Lead,
    /// The flow level on which the token may yet become a key.
    level: Option<usize>,
}

/// Tokens in the order of the text, numbered from the first one of all.
#[derive(Debug)]
pub(super) struct Queue<'t> {
    slots: VecDeque<Slot<'t>>,
    taken: usize,
}

impl<'t> Queue<'t> {
    /// An empty queue with room for what a line of a block mapping needs.
    pub(super) fn new() -> Self {
        Self { slots: VecDeque::with_capacity(8), taken: 0 }
    }

    /// The number that the next token will have.
    pub(super) fn next_number(&self) -> usize {
        self.taken + self.slots.len()
    }

    /// Appends a token, with the flow level on which it may become a key.
    pub(super) fn push(&mut self, token: Token<'t>, level: Option<usize>) {
        self.slots.push_back(Slot { token, lead: Lead::None, level });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The kind of the first token, [`TokenKind::StreamEnd`] if there is none.
    pub(super) fn head_kind(&self) -> TokenKind {
        self.slots.front().map_or(TokenKind::StreamEnd, |slot| match slot.lead {
            Lead::None => slot.token.kind,
            Lead::Key => TokenKind::Key,
            Lead::MappingAndKey => TokenKind::BlockMappingStart,
        })
    }

    /// Where the first token stands; the token behind it, if it is one that was left out.
    pub(super) fn head_extent(&self) -> Option<Extent> {
        self.slots.front().map(|slot| slot.token.extent)
    }

    /// The flow level on which the first token may yet become a key.
    pub(super) fn head_level(&self) -> Option<usize> {
        self.slots.front().and_then(|slot| slot.level)
    }

    /// Where a token stands that has not been taken yet.
    pub(super) fn extent_of(&self, number: usize) -> Option<Extent> {
        let slot = self.slots.get(number.checked_sub(self.taken)?)?;
        Some(slot.token.extent)
    }

    /// Takes the first token.
    pub(super) fn take(&mut self) -> Option<Token<'t>> {
        let slot = self.slots.front_mut()?;
        let start = Extent { start: slot.token.extent.start, end: slot.token.extent.start };
        match slot.lead {
            Lead::MappingAndKey => {
                slot.lead = Lead::Key;
                Some(Token::mark(TokenKind::BlockMappingStart, start))
            }
            Lead::Key => {
                slot.lead = Lead::None;
                Some(Token::mark(TokenKind::Key, start))
            }
            Lead::None => {
                self.taken += 1;
                self.slots.pop_front().map(|slot| slot.token)
            }
        }
    }

    /// Stops waiting for a token to become a key.
    pub(super) fn release(&mut self, number: usize) {
        if let Some(slot) = self.slot(number) {
            slot.level = None;
        }
    }

    /// Notes that a token starts a key; false if it has been taken already.
    pub(super) fn mark_key(&mut self, number: usize, lead: Lead) -> bool {
        let slot = self.slot(number);
        slot.map(|slot| {
            slot.lead = lead;
            slot.level = None;
        })
        .is_some()
    }

    fn slot(&mut self, number: usize) -> Option<&mut Slot<'t>> {
        self.slots.get_mut(number.checked_sub(self.taken)?)
    }
}
