//! The text of the file that a rule looks at, unpacked when something is reported in it.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::source::{FileId, Sources, Text};

/// The text of a file: there already, or to be looked up once somebody asks for it.
#[derive(Debug)]
pub(super) enum KeptText<'a> {
    /// The bytes.
    Here(&'a [u8]),
    /// Where the text is, and the text.
    At(&'a Sources, FileId, OnceCell<Arc<Text>>),
}

impl<'a> KeptText<'a> {
    /// The text of a file of the table.
    pub(super) fn of(sources: &'a Sources, file: FileId) -> Self {
        Self::At(sources, file, OnceCell::new())
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Here(bytes) => bytes,
            Self::At(sources, file, text) => text.get_or_init(|| sources.text(*file)).bytes(),
        }
    }
}
