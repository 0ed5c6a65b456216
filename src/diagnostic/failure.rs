//! What ends a run.

use std::fmt;

/// Why a run cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The command line asks for something that does not exist or does not fit together.
    Usage,
    /// The configuration file is not as it should be.
    Config,
    /// An input that was named cannot be read at all.
    Input,
    /// There is no input file under the paths given.
    NoInput,
    /// The answer could not be written out.
    Output,
}

/// The one reason for which a run ends without an answer, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: FailureKind,
    message: String,
    hints: Vec<String>,
}

impl Failure {
    /// A failure. The message is lower case and without a final period.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new() }
    }

    /// Adds advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// What went wrong, in kind.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// What went wrong, in words.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
