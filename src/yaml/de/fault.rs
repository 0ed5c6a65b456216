//! What is wrong with a node that is decoded, and how it is said.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use super::Form;
use crate::source::Span;
use crate::yaml::excerpt;
use crate::yaml::path::Path;
use crate::yaml::tree::{NodeRef, Value};

/// Something for which an object does not decode, or not strictly.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub mistake: Mistake,
    /// The way to the value that is meant, or to the value of the key.
    pub path: Path,
    /// Where the value stands, or the key.
    pub span: Span,
}

/// What can be wrong with what is decoded.
#[derive(Clone, Debug, PartialEq)]
pub enum Mistake {
    /// A value that does not fit.
    Value {
        /// What belongs there.
        expected: Shape,
        /// What stands there, in words: "the number `12`".
        found: String,
    },
    /// A value that its type refuses for a reason of its own.
    Refused(String),
    /// A key that no field has.
    UnknownField {
        /// The name of the structure that has no such field.
        structure: &'static str,
        /// The fields of which the structure knows.
        known: &'static [&'static str],
    },
    /// A key that stands twice in one mapping.
    DuplicateKey {
        /// Where it stands first.
        first: Span,
    },
}

/// What belongs in a place.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A string.
    Text,
    /// A whole number.
    Whole,
    /// A whole number of 32 bits: one stands there, and has more.
    Int32,
    /// A whole number of 64 bits: one stands there, and has more.
    Int64,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// A mapping.
    Mapping,
    /// Something with a form of its own, such as a quantity.
    Form(&'static Form),
}

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Form(one), Self::Form(other)) => std::ptr::eq(*one, *other),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Shape {
    fn words(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Whole => "a whole number",
            Self::Int32 => "a whole number between -2147483648 and 2147483647",
            Self::Int64 => "a whole number between -9223372036854775808 and 9223372036854775807",
            Self::Number => "a number",
            Self::Boolean => "`true` or `false`",
            Self::List => "a list",
            Self::Mapping => "a mapping",
            Self::Form(form) => form.words,
        }
    }
}

impl Fault {
    /// Whether the object does not decode, however leniently it is read.
    pub fn is_fatal(&self) -> bool {
        matches!(self.mistake, Mistake::Value { .. } | Mistake::Refused(_))
    }
}

/// What is wrong: lower case, without a final period, and without its place.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.mistake {
            Mistake::Value { expected, found } => write!(f, "expected {}, found {found}", expected.words()),
            Mistake::Refused(reason) => f.write_str(reason),
            Mistake::UnknownField { .. } => write!(f, "unknown field \"{}\"", self.path.dotted()),
            Mistake::DuplicateKey { .. } => write!(f, "duplicate field \"{}\"", self.path.dotted()),
        }
    }
}

impl NodeRef<'_> {
    /// What the node is, in a message: "the number `12`".
    pub(crate) fn in_words(self) -> String {
        match self.value() {
            Value::Null => "nothing".to_owned(),
            Value::Bool(value) => format!("the boolean `{value}`"),
            Value::Int(value) => format!("the number `{value}`"),
            Value::Uint(value) => format!("the number `{value}`"),
            Value::Float(value) if value.abs() >= 1e21 => format!("the number `{value:e}`"),
            Value::Float(value) => format!("the number `{value}`"),
            Value::Str(value) => format!("the string `{}`", excerpt(value)),
            Value::Sequence => "a list".to_owned(),
            Value::Mapping => "a mapping".to_owned(),
        }
    }
}

/// Why a type could not be made of a node at all, not even with zero values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub(super) message: String,
    /// Whether it stands among the faults already, with the place that has caused it.
    pub(super) is_noted: bool,
}

impl Error {
    fn new(message: String) -> Self {
        Self { message, is_noted: false }
    }

    /// The error as a fault of a node.
    pub(super) fn into_fault(self, node: NodeRef<'_>) -> Fault {
        Fault { mistake: Mistake::Refused(self.message), path: Path::default(), span: node.resolved().span() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {found}"))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {found}"))
    }
}
