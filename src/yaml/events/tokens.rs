//! The words and marks that a YAML text is made of.

use std::borrow::Cow;

use super::{Extent, Style};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// The end of the text.
    StreamEnd,
    /// `%YAML 1.1`; any other version is not supported.
    VersionDirective { supported: bool },
    /// `%TAG !handle! prefix`.
    TagDirective,
    /// `---`
    DocumentStart,
    /// `...`
    DocumentEnd,
    /// The column of the first `-` of a sequence.
    BlockSequenceStart,
    /// The column of the first key of a mapping.
    BlockMappingStart,
    /// Where a line is indented less than the block collection before it.
    BlockEnd,
    /// `[`
    FlowSequenceStart,
    /// `]`
    FlowSequenceEnd,
    /// `{`
    FlowMappingStart,
    /// `}`
    FlowMappingEnd,
    /// `-`
    BlockEntry,
    /// `,`
    FlowEntry,
    /// `?`, or the place before a key without one.
    Key,
    /// `:`
    Value,
    /// `*name`
    Alias,
    /// `&name`
    Anchor,
    /// `!tag`
    Tag,
    /// Text.
    Scalar(Style),
}

/// A token of the text.
#[derive(Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind,
    pub(super) extent: Extent,
    /// The value of a scalar, what follows the handle of a tag, the prefix of a tag directive; else empty.
    pub(super) text: Cow<'t, str>,
    /// The handle of a tag or of a tag directive, with its exclamation marks; else empty.
    pub(super) handle: &'t str,
}

impl Token<'_> {
    /// A token that is only a mark.
    pub(super) fn mark(kind: TokenKind, extent: Extent) -> Self {
        Self { kind, extent, text: Cow::Borrowed(""), handle: "" }
    }
}
