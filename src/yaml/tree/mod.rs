//! One document as a compact tree of nodes with byte spans.
//!
//! Nodes lie in one arena in the order in which they are written (pre-order), each with the index behind its subtree,
//! so that a child is a step and a sibling is a jump. Values that stand in the text as they are, are slices of it;
//! aliases point at their target and are never copied.

mod aliasing;
mod blocks;
mod build;
mod duplicates;
mod fields;

use std::fmt;
use std::ops::Range;

pub use fields::Entry;

use super::events::{Escapes, Extent};
use super::scalar::{self, Scalar};
use crate::source::{FileId, Span};

/// Where a document's text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The offset of the text's first byte in the file.
    pub base: u32,
}

/// One parsed document. `'t` is the life of its text.
#[derive(Debug)]
pub struct Tree<'t> {
    text: &'t str,
    origin: Origin,
    nodes: Vec<Node>,
    /// Scalars whose value is not a slice of the text.
    owned: Vec<Box<str>>,
    comments: Vec<Extent>,
    duplicates: Vec<(u32, u32)>,
    end: u32,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    end: u32,
    /// The index behind this node's subtree.
    next: u32,
    /// For an alias the index of its target; for an owned scalar its place in the list.
    payload: u32,
    kind: Kind,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Null,
    Bool,
    Int,
    Uint,
    Float,
    Str,
    Sequence,
    Mapping,
    /// A mapping with a merge key or a key that stands twice, whose fields take a second look.
    IrregularMapping,
    Alias,
}

/// Where a scalar's value is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// The text of the node's extent.
    Whole,
    /// The same without its first and last byte, the quotes.
    Quoted,
    /// In the list of owned values.
    Owned,
    /// `<<` as a key: the text of the extent, with a meaning of its own.
    Merge,
}

/// What a node means to Kubernetes, aliases followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond those with a sign.
    Uint(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    Str(&'a str),
    /// A list: see [`NodeRef::items`].
    Sequence,
    /// A mapping: see [`NodeRef::fields`].
    Mapping,
}

/// Two equal keys of one mapping. Kubernetes' conversion takes the later one.
#[derive(Clone, Copy, Debug)]
pub struct Duplicate<'a> {
    /// The earlier key.
    pub first: NodeRef<'a>,
    /// The later key.
    pub second: NodeRef<'a>,
}

impl<'t> Tree<'t> {
    /// Parses the first document of a text, as Kubernetes does: what follows it is not looked at.
    ///
    /// The error says why Kubernetes' conversion refuses the document. Takes time and memory linear in the text.
    pub fn parse(text: &'t str, origin: Origin) -> Result<Self, super::SyntaxError> {
        build::parse(text, origin, Escapes::Yaml)
    }

    /// The same for a text that may be JSON with escapes which YAML does not know.
    pub fn parse_with(text: &'t str, origin: Origin, escapes: Escapes) -> Result<Self, super::SyntaxError> {
        build::parse(text, origin, escapes)
    }

    /// The outermost node; `None` for an empty document.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        (!self.nodes.is_empty()).then_some(NodeRef { tree: self, index: 0 })
    }

    /// The places of all comments, in order, from the `#` to the end of the line.
    pub fn comments(&self) -> impl Iterator<Item = Span> + '_ {
        self.comments.iter().map(|&extent| self.span_of(extent))
    }

    /// The keys that stand twice in one mapping, in the order of the later ones.
    pub fn duplicates(&self) -> impl Iterator<Item = Duplicate<'_>> {
        let node = |index| NodeRef { tree: self, index };
        self.duplicates.iter().map(move |&(first, second)| Duplicate { first: node(first), second: node(second) })
    }

    /// The offset in the text behind the document: the rest of the text was not looked at.
    pub fn end(&self) -> usize {
        self.end as usize
    }

    fn span_of(&self, extent: Extent) -> Span {
        let Origin { file, base } = self.origin;
        Span { file, start: base + extent.start, end: base + extent.end }
    }
}

/// A node of a tree.
#[derive(Clone, Copy)]
pub struct NodeRef<'a> {
    tree: &'a Tree<'a>,
    index: u32,
}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {:?}", self.value(), self.span())
    }
}

const NOTHING: Node = Node { start: 0, end: 0, next: u32::MAX, payload: 0, kind: Kind::Null, form: Form::Whole };

impl<'a> NodeRef<'a> {
    fn node(self) -> Node {
        self.tree.nodes.get(self.index as usize).copied().unwrap_or(NOTHING)
    }

    fn at(self, index: u32) -> Self {
        Self { tree: self.tree, index }
    }

    /// Where the node is written: a scalar with its quotes, a collection from its first to its last token. Empty for a
    /// value that is left out.
    pub fn span(self) -> Span {
        let Node { start, end, .. } = self.node();
        self.tree.span_of(Extent { start, end })
    }

    /// The node itself, or for an alias the node that it stands for.
    #[must_use]
    pub fn resolved(self) -> Self {
        let node = self.node();
        if node.kind == Kind::Alias { self.at(node.payload) } else { self }
    }

    /// What the node means.
    pub fn value(self) -> Value<'a> {
        let this = self.resolved();
        let node = this.node();
        match node.kind {
            Kind::Null | Kind::Alias => Value::Null,
            Kind::Str => Value::Str(this.text()),
            Kind::Sequence => Value::Sequence,
            Kind::Mapping | Kind::IrregularMapping => Value::Mapping,
            Kind::Bool | Kind::Int | Kind::Uint | Kind::Float => match scalar::resolve(this.text()) {
                Scalar::Null | Scalar::Str => Value::Null,
                Scalar::Bool(value) => Value::Bool(value),
                Scalar::Int(value) if node.kind == Kind::Float => Value::Float(scalar::as_float(value)),
                Scalar::Int(value) => Value::Int(value),
                Scalar::Uint(value) => Value::Uint(value),
                Scalar::Float(value) => Value::Float(value),
            },
        }
    }

    /// The string that the node is; `None` for everything else.
    pub fn as_str(self) -> Option<&'a str> {
        match self.value() {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The document's text at a place in it, as it is written; `None` for a place elsewhere.
    pub fn text_at(self, place: Span) -> Option<&'a str> {
        let Origin { file, base } = self.tree.origin;
        let offset = |at: u32| at.checked_sub(base).map(|at| at as usize);
        let range = offset(place.start)?..offset(place.end)?;
        if place.file == file { self.tree.text.get(range) } else { None }
    }

    /// Where some bytes of a string stand; `None` where it is written in other words than it says, with escapes or over
    /// several lines.
    pub fn part(self, bytes: &Range<usize>) -> Option<Span> {
        let (node, value) = (self.resolved(), self.as_str()?);
        let span = node.span();
        let written = self.text_at(span)?;
        let quote = usize::from(written != value);
        let is_literal = quote == 0
            || written.get(1..).and_then(|rest| rest.strip_prefix(value)).is_some_and(|rest| rest.len() == 1);
        let offset = |at: usize| u32::try_from(quote + at).ok()?.checked_add(span.start);
        value.get(bytes.clone()).filter(|_| is_literal)?;
        Some(Span { file: span.file, start: offset(bytes.start)?, end: offset(bytes.end)? })
    }

    /// Whether a mapping in this node has a key of this name; what aliases stand for does not count.
    pub fn holds_key(self, name: &str) -> bool {
        let mappings = (self.index..self.node().next).map(|index| self.at(index));
        let mut keys = mappings.filter(|node| is_mapping(node.node().kind)).flat_map(Self::written_entries);
        keys.any(|entry| entry.key.names(name))
    }

    /// Whether nothing is there: a value that is left out, `~` or `null`.
    pub fn is_null(self) -> bool {
        self.resolved().node().kind == Kind::Null
    }

    /// The entries of a list, aliases followed; none for anything else.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let this = self.resolved();
        let children = (this.node().kind == Kind::Sequence).then(|| this.children());
        children.into_iter().flatten().map(Self::resolved)
    }

    /// The children of a collection as they are written; a mapping's keys and values take turns.
    fn children(self) -> impl Iterator<Item = Self> {
        let end = self.node().next;
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            let child = (index < end).then(|| self.at(index))?;
            index = child.node().next;
            Some(child)
        })
    }

    /// A scalar's value, before it is given a meaning.
    fn text(self) -> &'a str {
        let Node { start, end, payload, form, .. } = self.node();
        let (start, end) = (start as usize, end as usize);
        let text = match form {
            Form::Whole | Form::Merge => self.tree.text.get(start..end),
            Form::Quoted => self.tree.text.get(start + 1..end.saturating_sub(1)),
            Form::Owned => self.tree.owned.get(payload as usize).map(AsRef::as_ref),
        };
        text.unwrap_or_default()
    }
}

fn is_mapping(kind: Kind) -> bool {
    matches!(kind, Kind::Mapping | Kind::IrregularMapping)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests;
