//! Opens and closes block collections by their columns.

use super::scanner::Scanner;
use super::tokens::TokenKind;
use super::{Fault, fault};

/// How deep go-yaml lets block collections nest, and how deep flow collections.
pub(super) const MAX_DEPTH: usize = 10_000;

impl Scanner<'_> {
    /// Starts a block collection here, if its first entry is here.
    pub(super) fn open_block_here(&mut self, kind: TokenKind) -> Result<(), Fault> {
        if self.open_block(self.reader.column())? {
            self.mark(kind, 0);
        }
        Ok(())
    }

    /// Starts a block collection at this column, unless one with this column is open already.
    pub(super) fn open_block(&mut self, column: usize) -> Result<bool, Fault> {
        if self.in_flow() || self.inner > column {
            return Ok(false);
        }
        self.outer_inners.push(std::mem::replace(&mut self.inner, column + 1));
        if self.outer_inners.len() > MAX_DEPTH {
            return Err(self.too_deep());
        }
        Ok(true)
    }

    /// Ends the block collections whose entries start right of this column.
    pub(super) fn close_blocks(&mut self, column: usize) {
        while !self.in_flow() && self.inner > column + 1 {
            self.close_block();
        }
    }

    pub(super) fn close_all_blocks(&mut self) {
        while !self.in_flow() && self.inner > 0 {
            self.close_block();
        }
    }

    pub(super) fn close_block(&mut self) {
        self.mark(TokenKind::BlockEnd, 0);
        self.inner = self.outer_inners.pop().unwrap_or(0);
    }

    pub(super) fn too_deep(&self) -> Fault {
        fault("exceeded max depth of 10000", self.reader.char_extent(self.reader.pos()))
    }
}
