//! The text of one file, with what is found out about it once and for all.

use std::sync::OnceLock;

use super::{LineIndex, Origins, Position, Rendered};

/// The text of one file.
#[derive(Debug, Default)]
pub struct Text {
    bytes: Vec<u8>,
    lines: OnceLock<LineIndex>,
    origins: OnceLock<Origins>,
}

impl Text {
    /// A text of these bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, ..Self::default() }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where its lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.bytes))
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.bytes, offset)
    }

    /// Whether any of its documents was rendered.
    pub fn is_rendered(&self) -> bool {
        self.origins().is_any()
    }

    /// What the document at an offset was rendered from.
    pub fn rendered(&self, offset: usize) -> Option<Rendered<'_>> {
        self.origins().at(&self.bytes, offset)
    }

    fn origins(&self) -> &Origins {
        self.origins.get_or_init(|| Origins::new(&self.bytes))
    }
}
