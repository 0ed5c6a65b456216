//! What the first pass comes across, as an observer sees it.

use super::{Kind, Object, Written};
use crate::catalog::Version;
use crate::diagnostic::ObjectName;
use crate::source::{FileId, Span};
use crate::yaml::SyntaxError;
use crate::yaml::de::Fault;

/// Something that the first pass comes across.
#[derive(Debug)]
pub enum Observation<'a> {
    /// A file that cannot be read.
    Unreadable(&'a UnreadableFile),
    /// A document that is no YAML.
    Syntax(&'a SyntaxError),
    /// The first line of a text that Kubernetes does not read, because a document has ended before it.
    Ignored(Span),
    /// An object that does not say of what type it is.
    Untyped(&'a Untyped<'a>),
    /// An object of a kind that does not exist.
    UnknownKind(&'a UnknownKind<'a>),
    /// An object that the API server refuses to decode where it is strict.
    Faulty(&'a Faulty<'a>),
    /// An object with which nothing of that kind is wrong.
    Object(&'a Object<'a>),
}

impl Observation<'_> {
    /// The file that it is about.
    pub fn file(&self) -> FileId {
        match self {
            Self::Unreadable(file) => file.span.file,
            Self::Syntax(error) => error.span.file,
            Self::Ignored(span) => span.file,
            Self::Untyped(object) => object.span.file,
            Self::UnknownKind(kind) => kind.span.file,
            Self::Faulty(object) => object.written.file(),
            Self::Object(object) => object.written.file(),
        }
    }
}

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableFile {
    /// Why not.
    pub reason: String,
    /// Its empty beginning.
    pub span: Span,
}

/// A type that does not exist, and that looks like one that is analysed.
#[derive(Clone, Copy, Debug)]
pub struct UnknownKind<'a> {
    /// What the object says.
    pub api_version: &'a str,
    /// What the object says.
    pub kind: &'a str,
    /// What it was probably meant to say.
    pub nearest: Kind,
    /// Where the part of the type stands that is wrong: `apiVersion` or `kind`.
    pub span: Span,
    /// Where the whole object stands.
    pub whole: Span,
}

/// An object with a `kind` that is analysed and no `apiVersion`, or the other way round.
#[derive(Clone, Copy, Debug)]
pub struct Untyped<'a> {
    /// What is missing: `apiVersion` or `kind`.
    pub missing: &'static str,
    /// A key that was probably meant to be it.
    pub meant: Option<&'a str>,
    /// Where that key stands, or what is there of the type.
    pub span: Span,
}

/// An object that the API server refuses to decode where it is strict.
#[derive(Clone, Copy, Debug)]
pub struct Faulty<'a> {
    /// What it is called.
    pub name: &'a ObjectName,
    /// Of what kind it is.
    pub kind: Kind,
    /// The version of Kubernetes that it is for.
    pub version: Version,
    /// Where it stands.
    pub written: Written<'a>,
    /// All that is wrong with it, by place; not nothing.
    pub faults: &'a [Fault],
}

impl<'a> Faulty<'a> {
    /// The first fault for which it does not decode, however leniently it is read; `None` where it does.
    pub fn undecodable(&self) -> Option<&'a Fault> {
        self.faults.iter().find(|fault| fault.is_fatal())
    }
}
