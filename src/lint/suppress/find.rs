//! The suppressions of one file, and what each of them covers.
//!
//! A comment at the end of a line covers the line. One on a line of its own covers the next line that is no comment, and
//! all of what begins there: the value of a key, the entry of a list, and on the first line of a document the document.

use std::ops::Range;
use std::str;

use super::annotation;
use super::directive::{Directive, directives};
use super::{Cover, Effect, Fault, Named, Suppression, Target};
use crate::source::{FileId, Span};
use crate::yaml::documents::{self, Piece};
use crate::yaml::events::Escapes;
use crate::yaml::tree::{Origin, Tree};

/// A suppression with what it covers.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) it: Suppression,
    /// What it is about; `None` where it stands before nothing.
    pub(super) cover: Option<Cover>,
    /// The document that it is about, or the file.
    pub(super) document: Cover,
}

/// All bytes of a file.
const WHOLE: Cover = Cover { start: 0, end: u32::MAX };

/// The name of the tool, and how it can go on.
const TOOL: &[u8] = b"rolecall";
const SPOKEN_TO: [&[u8]; 3] = [b":", b".dev/ignore", b" ignore"];

/// Whether a text may speak to this tool.
fn speaks(text: &[u8]) -> bool {
    memchr::memmem::find_iter(text, TOOL).any(|at| {
        let behind = text.get(at + TOOL.len()..).unwrap_or_default();
        SPOKEN_TO.iter().any(|word| behind.starts_with(word))
    })
}

/// All suppressions of a file; `None` for nearly all files, which cannot have any.
pub(super) fn all(file: FileId, bytes: &[u8]) -> Option<Vec<Found>> {
    if !speaks(bytes) {
        return None;
    }
    let escapes = if documents::is_json(bytes) { Escapes::Json } else { Escapes::Yaml };
    let mut finder = Finder { file, bytes, head: 0, found: Vec::new(), waiting: Vec::new() };
    finder.head();
    for piece in documents::split(bytes, "kind") {
        let Piece::Document { range, .. } = piece else { continue };
        let text = bytes.get(range.clone()).unwrap_or_default();
        if !speaks(text) && finder.waiting.is_empty() {
            continue;
        }
        let Ok(text) = str::from_utf8(text) else { continue };
        let origin = Origin { file, base: offset(range.start) };
        match Tree::parse_with(text, origin, escapes) {
            Ok(tree) => finder.document(&tree, range),
            Err(_) => finder.waiting.clear(),
        }
    }
    Some(finder.found)
}

/// A comment of a document.
struct Comment {
    range: Range<usize>,
    /// Whether nothing stands before it on its line.
    is_alone: bool,
    /// The first byte that is no comment behind it; `None` where the document ends before.
    next: Option<usize>,
}

struct Finder<'a> {
    file: FileId,
    bytes: &'a [u8],
    /// Where the comments end with which the file begins.
    head: usize,
    found: Vec<Found>,
    /// What stands before a document without being in it.
    waiting: Vec<Suppression>,
}

impl Finder<'_> {
    /// Reads what the beginning of the file says about all of it: whether the rest can be read does not matter.
    fn head(&mut self) {
        let mut at = 0;
        for line in self.bytes.split_inclusive(|byte| *byte == b'\n') {
            let content = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii();
            let is_comment = content.starts_with(b"#");
            if !is_comment && !content.is_empty() && !content.starts_with(b"---") && !content.starts_with(b"%") {
                break;
            }
            let start = at + line.len() - line.trim_ascii_start().len();
            at += line.len();
            self.head = at;
            for directive in self.directives(start..start + content.len()).filter(|it| is_comment && it.is_of_file) {
                let it = self.suppression(start, &directive);
                self.found.push(Found { it, cover: Some(WHOLE), document: WHOLE });
            }
        }
    }

    fn document(&mut self, tree: &Tree<'_>, range: Range<usize>) {
        let document = Cover { start: offset(range.start), end: offset(range.end) };
        if let Some(root) = tree.root() {
            let span = root.span();
            let cover = Some(Cover { start: span.start, end: span.end });
            self.found.extend(self.waiting.drain(..).map(|it| Found { it, cover, document }));
            self.found.extend(annotation::all(root).into_iter().map(|(it, cover)| Found { it, cover, document }));
        }
        let comments = self.comments(tree, range.end);
        let blocks = Blocks::new(tree, self.bytes, comments.iter().filter(|it| it.is_alone));
        for comment in comments {
            let cover = self.cover(&comment, &blocks);
            let all = self.of_comment(&comment).into_iter();
            match tree.root() {
                Some(_) => self.found.extend(all.map(|it| Found { it, cover, document })),
                None => self.waiting.extend(all),
            }
        }
    }

    /// What a comment is about.
    fn cover(&self, comment: &Comment, blocks: &Blocks) -> Option<Cover> {
        if comment.is_alone {
            return blocks.at(comment.next?);
        }
        let start = line_start(self.bytes, comment.range.start);
        Some(Cover { start: offset(start), end: offset(comment.range.start) })
    }

    /// What a comment says of a part of the file.
    fn of_comment(&self, comment: &Comment) -> Vec<Suppression> {
        let is_read = comment.is_alone && comment.range.start < self.head;
        let directives = self.directives(comment.range.clone()).filter(|directive| !(directive.is_of_file && is_read));
        let suppressions = directives.map(|directive| {
            let it = self.suppression(comment.range.start, &directive);
            if directive.is_of_file {
                return Suppression { fault: Some(Fault::TooLate), names: Vec::new(), ..it };
            }
            it
        });
        suppressions.collect()
    }

    /// The comments of a document that ends at this offset, in order.
    fn comments(&self, tree: &Tree<'_>, end: usize) -> Vec<Comment> {
        let places: Vec<_> = tree.comments().map(Span::range).collect();
        let mut comments: Vec<Comment> = Vec::with_capacity(places.len());
        for range in places.into_iter().rev() {
            let behind = self.bytes.get(range.end..end).unwrap_or_default();
            let first = range.end + behind.len() - behind.trim_ascii_start().len();
            let next = match comments.last() {
                Some(comment) if comment.range.start == first => comment.next,
                _ => (first < end).then_some(first),
            };
            let before = self.bytes.get(line_start(self.bytes, range.start)..range.start).unwrap_or_default();
            let is_alone = before.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(before).trim_ascii().is_empty();
            comments.push(Comment { range, is_alone, next });
        }
        comments.reverse();
        comments
    }

    fn directives(&self, comment: Range<usize>) -> impl Iterator<Item = Directive> + use<> {
        let text = self.bytes.get(comment).and_then(|comment| str::from_utf8(comment).ok()).unwrap_or_default();
        directives(text).collect::<Vec<_>>().into_iter()
    }

    fn suppression(&self, start: usize, directive: &Directive) -> Suppression {
        let span = |range: &Range<usize>| Span {
            file: self.file,
            start: offset(start + range.start),
            end: offset(start + range.end),
        };
        let text = |span: Span| self.bytes.get(span.range()).map(String::from_utf8_lossy).unwrap_or_default();
        let names = directive.names.iter().map(span).map(|span| Named::new(&text(span), span));
        Suppression {
            span: span(&directive.range),
            is_annotation: false,
            names: names.collect(),
            has_reason: directive.has_reason,
            fault: directive.fault,
        }
    }
}

impl Named {
    pub(super) fn new(text: &str, span: Span) -> Self {
        Self { text: text.to_owned(), span, target: Target::parse(text), effect: Effect::Unknown }
    }
}

/// What begins on some lines of a document: by the first byte of each line, and in their order.
struct Blocks {
    lines: Vec<(u32, Cover)>,
}

impl Blocks {
    fn new<'c>(tree: &Tree<'_>, bytes: &[u8], comments: impl Iterator<Item = &'c Comment>) -> Self {
        let mut starts: Vec<_> = comments.filter_map(|comment| comment.next).collect();
        starts.dedup();
        let line = |start: usize| {
            let end = offset(line_end(bytes, start));
            (end, Cover { start: offset(start), end })
        };
        let mut lines: Vec<_> = starts.into_iter().map(line).collect();
        if lines.is_empty() {
            return Self { lines };
        }
        for span in tree.blocks() {
            let before = lines.partition_point(|(_, cover)| cover.start <= span.start);
            let line = before.checked_sub(1).and_then(|index| lines.get_mut(index));
            if let Some((_, cover)) = line.filter(|(line_end, _)| span.start < *line_end) {
                cover.end = cover.end.max(span.end);
            }
        }
        Self { lines }
    }

    fn at(&self, start: usize) -> Option<Cover> {
        let index = self.lines.binary_search_by_key(&offset(start), |(_, cover)| cover.start).ok()?;
        self.lines.get(index).map(|(_, cover)| *cover)
    }
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or_default();
    memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let behind = bytes.get(at..).unwrap_or_default();
    memchr::memchr2(b'\n', b'\r', behind).map_or(bytes.len(), |length| at + length)
}

/// An offset in a file, all of which are shorter than 4 GiB (see `discover`).
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
