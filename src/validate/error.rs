//! What the API server says about an object that it refuses.

use std::fmt;
use std::ops::Range;

use super::Family;
use crate::yaml::path::Path;

/// One cause for which the API server refuses an object (`field.Error` in
/// k8s.io/apimachinery/pkg/util/validation/field/errors.go).
///
/// Displayed, it is the cause's `message`: `Invalid value: -1: must be greater than or equal to 0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What the API server calls the place, verbatim, oddities included: `spec.template.labels`.
    pub field: String,
    /// What kind of error it is.
    pub kind: ErrorKind,
    /// The value as the API server prints it, a string in quotes; `None` where it prints none.
    pub value: Option<String>,
    /// What else the API server says; may be empty.
    pub detail: String,
    /// Where the fault sits in the object as it is written.
    pub at: At,
}

/// What kind of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Something has to be there.
    Required,
    /// A value that may not be.
    Invalid,
    /// A value that is none of a few.
    NotSupported,
    /// Something may not be there.
    Forbidden,
    /// A value that has to be unique.
    Duplicate,
    /// Too many bytes.
    TooLong,
    /// Too many entries.
    TooMany,
    /// A name of something that is not there.
    NotFound,
}

/// Where a fault sits in an object as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The way to a value of the object.
    pub path: Path,
    /// Which part of it is meant.
    pub part: Part,
}

/// What is at fault where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The value.
    Value,
    /// The key that the value has.
    Key,
    /// The key that is missing, or whose value is empty.
    Missing,
    /// A part of the value, which is a string: bytes of it.
    Within(Range<usize>),
}

impl ErrorKind {
    /// The `reason` of the cause in the API server's answer.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Required => "FieldValueRequired",
            Self::Invalid => "FieldValueInvalid",
            Self::NotSupported => "FieldValueNotSupported",
            Self::Forbidden => "FieldValueForbidden",
            Self::Duplicate => "FieldValueDuplicate",
            Self::TooLong => "FieldValueTooLong",
            Self::TooMany => "FieldValueTooMany",
            Self::NotFound => "FieldValueNotFound",
        }
    }

    /// The words with which the API server begins.
    fn words(self) -> &'static str {
        match self {
            Self::Required => "Required value",
            Self::Invalid => "Invalid value",
            Self::NotSupported => "Unsupported value",
            Self::Forbidden => "Forbidden",
            Self::Duplicate => "Duplicate value",
            Self::TooLong => "Too long",
            Self::TooMany => "Too many",
            Self::NotFound => "Not found",
        }
    }
}

impl Error {
    /// What the error is about, as far as anybody would name it.
    pub fn family(&self) -> Family {
        Family::of(self)
    }

    /// Points at the key instead of the value.
    pub(super) fn at_key(&mut self) -> &mut Self {
        self.at.part = Part::Key;
        self
    }

    /// Points at bytes of the value, which is a string.
    pub(super) fn within(&mut self, range: Range<usize>) -> &mut Self {
        self.at.part = Part::Within(range);
        self
    }

    /// Points somewhere else: at the value from which the API server has made the one that it judges.
    pub(super) fn stems_from(&mut self, path: Path) -> &mut Self {
        self.at = At { path, part: Part::Value };
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.words())?;
        for part in [self.value.as_deref(), Some(&*self.detail)].into_iter().flatten().filter(|part| !part.is_empty()) {
            write!(f, ": {part}")?;
        }
        Ok(())
    }
}
