//! Where text comes from: the table of files, places in them, and their lines and columns.
//!
//! A [`Span`] is a small `Copy` value that names a place; the [`Sources`] table owns the texts and turns a span into
//! a [`Location`] that people can read. Nothing here knows what the texts mean.

mod lines;
mod rendered;

use std::ops::Range;
use std::sync::OnceLock;

pub use lines::LineIndex;
pub use rendered::{Origins, Rendered, Renderer};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The file's path as it was given, `<stdin>` for standard input.
    pub path: &'a str,
    /// The first character.
    pub start: Position,
    /// The place behind the last character.
    pub end: Position,
    /// What the document there was rendered from, such as `chart/templates/job.yaml`.
    pub source: Option<&'a str>,
}

/// One file of a run.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    bytes: Option<Vec<u8>>,
    lines: OnceLock<LineIndex>,
    origins: OnceLock<Origins>,
}

impl SourceFile {
    /// A file by its path as it is shown, with its bytes where something points into them.
    pub fn new(path: String, bytes: Option<Vec<u8>>) -> Self {
        Self { path, bytes, lines: OnceLock::new(), origins: OnceLock::new() }
    }

    /// The path as it is shown.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The file's bytes, empty where nothing points into the file.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or_default()
    }

    /// Where its lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.bytes()))
    }

    /// Whether any of its documents was rendered.
    pub fn is_rendered(&self) -> bool {
        self.origins().is_any()
    }

    /// What the document at an offset was rendered from.
    pub fn rendered(&self, offset: usize) -> Option<Rendered<'_>> {
        self.origins().at(self.bytes(), offset)
    }

    fn origins(&self) -> &Origins {
        self.origins.get_or_init(|| Origins::new(self.bytes()))
    }
}

/// All files of a run. The texts of files that nothing points into are not kept.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// The table of these files; the `n`th has the id `FileId::new(n)`.
    pub fn new(files: Vec<SourceFile>) -> Self {
        Self { files }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file of this id, `None` for an id of another table.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.index())
    }

    /// The paths of all files as they are shown, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(SourceFile::path)
    }

    /// The path of a file as it is shown.
    pub fn path(&self, id: FileId) -> &str {
        self.get(id).map_or("", SourceFile::path)
    }

    /// What the document at a place was rendered from.
    pub fn rendered(&self, span: Span) -> Option<Rendered<'_>> {
        self.get(span.file)?.rendered(span.start as usize)
    }

    /// The span in lines and columns.
    pub fn locate(&self, span: Span) -> Location<'_> {
        let position = |offset| match self.get(span.file) {
            Some(file) => file.lines().position(file.bytes(), offset),
            None => Position { line: 1, column: 1, offset },
        };
        Location {
            path: self.path(span.file),
            start: position(span.start),
            end: position(span.end),
            source: self.rendered(span).map(|rendered| rendered.from),
        }
    }
}
