//! What is wrong with a file, and where.

use std::fmt;

use super::document::Shape;
use crate::diagnostic::{Failure, FailureKind};
use crate::source::{FileId, Position, SourceFile, Sources, Span};
use crate::yaml::SyntaxError;

/// The only file that there is.
pub(crate) const FILE: FileId = FileId::new(0);

/// Where something stands: `path:line:column`, as people count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The path of the file as it is shown.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.start.line, self.start.column)
    }
}

/// Places in the file, as people count them.
pub(crate) struct Places(Sources);

impl Places {
    /// Places in a text that stands under this path.
    pub(crate) fn new(path: &str, bytes: &[u8]) -> Self {
        Self(Sources::new(vec![SourceFile::new(path.to_owned(), Some(bytes.to_owned()))]))
    }

    /// Where a span is.
    pub(crate) fn of(&self, span: Span) -> Spot {
        let place = self.0.locate(span);
        Spot { path: place.path.to_owned(), start: place.start, end: place.end }
    }
}

/// The mistakes in a file, as far as they can be told from each other: one that only comes of another is not told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// Takes in a mistake in place of a value.
    pub(crate) fn take<T>(&mut self, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.0.push(problem)).ok()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The failure that they are together, in the order of the file; `None` where there is none.
    pub(crate) fn into_failure(mut self, path: &str, bytes: &[u8]) -> Option<Failure> {
        self.0.sort_by_key(|problem| problem.span);
        Failure::all(self.0.into_iter().map(|problem| problem.into_failure(path, bytes)))
    }
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}

/// One mistake in the file.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    span: Span,
    message: String,
    hint: String,
    /// Another place that has to do with it, and what is there: "it stands first at".
    related: Option<(&'static str, Span)>,
}

impl Problem {
    /// What is wrong, and what to do about it.
    pub(crate) fn new(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: hint.into(), related: None }
    }

    /// What is wrong with the YAML of a file.
    pub(super) fn of_syntax(error: SyntaxError, shape: &Shape) -> Self {
        let hint = format!("{} is YAML: {}", shape.name, shape.syntax);
        let problem = Self::new(error.span, error.message, hint);
        match error.open {
            Some(open) => problem.related("what is opened here is still open:", open),
            None => problem,
        }
    }

    /// Names another place, behind these words.
    pub(crate) fn related(mut self, words: &'static str, span: Span) -> Self {
        self.related = Some((words, span));
        self
    }

    /// The failure, its places written as people count them.
    pub(crate) fn into_failure(self, path: &str, bytes: &[u8]) -> Failure {
        let places = Places::new(path, bytes);
        let at = |span| places.of(span);
        let failure = Failure::new(FailureKind::Config, format!("{}: {}", at(self.span), self.message));
        let related = self.related.map(|(words, span)| format!("{words} {}", at(span)));
        related.into_iter().chain([self.hint]).fold(failure, Failure::hint)
    }
}
