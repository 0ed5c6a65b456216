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

/// The reason for which a run ends without an answer, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: FailureKind,
    message: String,
    hints: Vec<String>,
    others: Vec<Self>,
}

impl Failure {
    /// A failure. The message is lower case and without a final period.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new(), others: Vec::new() }
    }

    /// Adds advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds another one, which is told after this one: whoever puts this right would come to it next.
    #[must_use]
    pub fn and(mut self, mut other: Self) -> Self {
        let more = std::mem::take(&mut other.others);
        self.others.push(other);
        self.others.extend(more);
        self
    }

    /// Several at once, the first of them first; `None` of none.
    pub fn all(failures: impl IntoIterator<Item = Self>) -> Option<Self> {
        failures.into_iter().reduce(Self::and)
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

    /// What else went wrong.
    pub fn others(&self) -> &[Self] {
        &self.others
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
