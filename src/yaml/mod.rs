//! Reads YAML (and so JSON) as Kubernetes does, and keeps where everything stands.
//!
//! - [`encoding`] brings what is UTF-16 to UTF-8.
//! - [`documents`] splits a file into documents, as text, the way `kubectl` does, and takes a cheap look at each one's
//!   [`outline`]: what stands at column 0.
//! - [`events`] scans and parses one document into a stream of events with byte extents.
//! - [`tree`] is what the events are built into: a compact arena of nodes, with Kubernetes' reading of scalars
//!   ([`scalar`]), of merge keys and of duplicate keys.
//! - [`path`] goes from `spec.template.spec.restartPolicy` to the places of its key and value.
//! - [`edit`] changes a text at such places, and keeps everything else.
//! - [`de`] decodes a tree into any type that serde knows, [`json`] writes it as JSON.
//! - [`mod@write`] writes any such type as YAML that reads as the same.
//!
//! Agreement with Kubernetes' own conversion is counted by `tests/suite/conformance_yaml.rs`.

pub mod de;
pub mod documents;
pub mod edit;
pub mod encoding;
pub mod events;
pub mod json;
mod keys;
pub mod outline;
pub mod path;
pub mod scalar;
pub mod tree;
pub mod write;

use std::borrow::Cow;

use crate::source::Span;

/// As much of a text as a message can quote.
pub(crate) fn excerpt(text: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Why a document is refused: it is no YAML, or no YAML that Kubernetes can turn into JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in plain words.
    pub message: Cow<'static, str>,
    /// Where.
    pub span: Span,
    /// The bracket or brace on an earlier line that is still open there, and probably should not be.
    pub open: Option<Span>,
}
