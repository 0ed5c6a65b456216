//! Where text comes from: the table of files, places in them, and their lines and columns.
//!
//! A [`Span`] is a small `Copy` value that names a place; the [`Sources`] table owns the texts and turns a span into
//! a [`Location`] that people can read. Nothing here knows what the texts mean.

mod file;
mod lines;
mod rendered;
mod text;

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

pub use file::SourceFile;
pub use lines::LineIndex;
pub use rendered::{Origins, Rendered, Renderer};
pub use text::Text;

/// Names one file of a run. Ids follow the order in which files are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The id of the `index`th file.
    pub const fn new(index: u32) -> Self {
        Self(index)
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span as a range of offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A point in a file as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1. A byte order mark is in no column.
    pub column: u32,
    /// Byte offset, from 0.
    pub offset: u32,
}

/// A span as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The file's path as it was given, `<stdin>` for standard input.
    pub path: &'a str,
    /// The first character.
    pub start: Position,
    /// The place behind the last character.
    pub end: Position,
    /// What the document there was rendered from, such as `chart/templates/job.yaml`.
    pub source: Option<String>,
}

/// All files of a run. The texts of files that nothing points into are not kept.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// The texts that were unpacked last, the last one at the end.
    unpacked: Mutex<Vec<(FileId, Arc<Text>)>>,
}

/// So many texts stay unpacked: what is told about a file is mostly told at one time.
const MOST_UNPACKED: usize = 8;

impl Sources {
    /// The table of these files; the `n`th has the id `FileId::new(n)`.
    pub fn new(files: Vec<SourceFile>) -> Self {
        Self { files, unpacked: Mutex::default() }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text of a file, empty where nothing points into it, or where its id is of another table.
    pub fn text(&self, id: FileId) -> Arc<Text> {
        let Some(file) = self.files.get(id.index()) else { return Arc::default() };
        if file.is_open() {
            return file.text();
        }
        // Whoever panicked while it had the lock has left a list as it should be.
        let unpacked = || self.unpacked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, text)) = unpacked().iter().find(|(known, _)| *known == id) {
            return Arc::clone(text);
        }
        // Without the lock: others may look at other texts meanwhile.
        let text = file.text();
        let mut unpacked = unpacked();
        if unpacked.len() >= MOST_UNPACKED {
            unpacked.remove(0);
        }
        unpacked.push((id, Arc::clone(&text)));
        text
    }

    /// The paths of all files as they are shown, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(SourceFile::path)
    }

    /// The path of a file as it is shown.
    pub fn path(&self, id: FileId) -> &str {
        self.files.get(id.index()).map_or("", SourceFile::path)
    }

    /// The span in lines and columns.
    pub fn locate(&self, span: Span) -> Location<'_> {
        let text = self.text(span.file);
        Location {
            path: self.path(span.file),
            start: text.position(span.start),
            end: text.position(span.end),
            source: text.rendered(span.start as usize).map(|rendered| rendered.from.to_owned()),
        }
    }
}
