//! YAML text as a stream of events, as Kubernetes reads it.
//!
//! Kubernetes converts manifests with go-yaml v2, whose idea of YAML is neither that of the specification nor that
//! of any Rust crate: tabs, long keys, `[]: v` and much more are accepted or refused in its own way. This module
//! accepts and refuses the same texts and gives the same nodes, and knows for each node which bytes it stands on.
//! What scalars mean (numbers, booleans, merge keys) and whether an alias has an anchor are the caller's business.
//!
//! From the bottom up: `reader` walks the characters, `value` puts scalar values together, `tokens` and `queue` hold
//! what has been scanned. `scanner` cuts the text into tokens: `keys` and `indentation` know the rules between
//! tokens, `plain`, `quoted`, `block`, `properties` and `directives` those inside. `grammar` turns tokens into events
//! and begins and ends the document, `nodes` and `collections` do what is between.

mod block;
mod collections;
mod directives;
mod grammar;
mod indentation;
mod keys;
mod nodes;
mod plain;
mod properties;
mod queue;
mod quoted;
mod reader;
mod scanner;
mod tokens;
mod value;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use grammar::Parser;

/// A half-open byte range of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Extent {
    /// The range between two offsets of a text, which is shorter than 4 GiB.
    fn new(start: usize, end: usize) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: offset(start), end: offset(end) }
    }

    fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without any quotes.
    Plain,
    /// Between `'`.
    SingleQuoted,
    /// Between `"`.
    DoubleQuoted,
    /// A block after `|`, which keeps its line breaks.
    Literal,
    /// A block after `>`, whose lines are joined.
    Folded,
}

/// Which escapes a text between double quotes may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escapes {
    /// Those of YAML, as Kubernetes has them.
    Yaml,
    /// `\/` and pairs of surrogates, too: a file that begins with `{` is JSON to `kubectl`.
    Json,
}

/// What an event says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<'t> {
    /// A scalar node.
    Scalar {
        /// Its text with escapes and line folding resolved; borrowed if it stands in the text just so.
        value: Cow<'t, str>,
        /// How it is written.
        style: Style,
    },
    /// A reference to an anchored node; its name is the text at the extent without the `*`.
    Alias,
    /// The nodes up to the matching [`Kind::SequenceEnd`] are the items of a sequence.
    SequenceStart {
        /// Whether it is written with brackets.
        flow: bool,
    },
    /// The end of a sequence.
    SequenceEnd,
    /// The nodes up to the matching [`Kind::MappingEnd`] are by turns the keys and the values of a mapping.
    MappingStart {
        /// Whether it is written with braces, or is a single pair within brackets as in `[a: b]`.
        flow: bool,
    },
    /// The end of a mapping.
    MappingEnd,
}

/// One step of the walk through a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'t> {
    /// What there is.
    pub kind: Kind<'t>,
    /// Where the node stands, without its anchor and tag.
    ///
    /// Plain and quoted scalars and aliases stand on all of their characters, block scalars from the `|` or `>` to
    /// the end of the last line with content, omitted scalars on nothing right behind the token before them. Flow
    /// collections start and end on their brackets; block collections (and the mapping in `[a: b]`) start on
    /// nothing right before their first entry and end on nothing right behind the last token inside.
    pub extent: Extent,
    /// The name after `&`.
    pub anchor: Option<Extent>,
    /// The tag with its handle resolved: `tag:yaml.org,2002:str` for `!!str`, `!x` for `!x`, `!` for `!`.
    pub tag: Option<Cow<'t, str>>,
}

/// Why a text is not YAML to Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in about the words of go-yaml.
    pub message: Cow<'static, str>,
    /// The character or token that is wrong; empty only at the end of the text.
    pub at: Extent,
    /// The bracket or brace on an earlier line that is still open there, and probably should not be.
    pub open: Option<Extent>,
}

/// A syntax error on its way out: boxed, since every step returns a result and next to none is an error.
#[derive(Debug)]
struct Fault(Box<SyntaxError>);

fn fault(message: &'static str, at: Extent) -> Fault {
    Fault(Box::new(SyntaxError { message: Cow::Borrowed(message), at, open: None }))
}

impl From<Fault> for SyntaxError {
    fn from(fault: Fault) -> Self {
        *fault.0
    }
}
