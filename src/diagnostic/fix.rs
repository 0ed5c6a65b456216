//! How a finding can be put right: edits of texts.

use crate::source::Span;

/// Whether a fix can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// What the manifests do stays the same, or could not work before.
    Safe,
    /// It may do something else than was meant.
    Unsafe,
}

impl Safety {
    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A piece of a text in whose place another is put.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The piece; empty where something is only put in.
    pub span: Span,
    /// What is put in its place.
    pub text: String,
}

/// One way to put a finding right: all of its edits, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does: lower case, without a final period, as in "write `Never`".
    pub message: String,
    /// Whether it can be trusted.
    pub safety: Safety,
    /// Edits by place, of which no two touch; not nothing.
    pub edits: Vec<Edit>,
}
