//! Something to tell the user about their manifests.

use std::fmt;

use ecow::EcoString;

use super::Fix;
use crate::source::Span;

/// How bad a finding is. Ordered: an error is greater than a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably not what was meant.
    Warning,
    /// Refused by the API server, or never works.
    Error,
}

impl Severity {
    /// All severities, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What kind of trouble a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// The file is no YAML, or cannot be read.
    Syntax,
    /// The API server or its decoder refuses the object.
    Invalid,
    /// Accepted, but it never works or does not do what it says.
    Broken,
    /// A reference to what is not there, or is not what it is taken for.
    Reference,
    /// Works, and lets somebody do more than anybody would want.
    Risk,
    /// Works, and will be regretted.
    Hygiene,
    /// Not about what the manifests say, but about what they say to this tool.
    Meta,
}

impl Category {
    /// All categories.
    pub const ALL: [Self; 7] =
        [Self::Syntax, Self::Invalid, Self::Broken, Self::Reference, Self::Risk, Self::Hygiene, Self::Meta];

    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Invalid => "invalid",
            Self::Broken => "broken",
            Self::Reference => "reference",
            Self::Risk => "risk",
            Self::Hygiene => "hygiene",
            Self::Meta => "meta",
        }
    }
}

/// An object's name as it is shown: of what kind it is and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectName {
    /// Such as `batch/v1`.
    pub api_version: &'static str,
    /// Such as `Job`.
    pub kind: &'static str,
    /// `None` for an object of the whole cluster.
    pub namespace: Option<EcoString>,
    /// `metadata.name`, or `metadata.generateName` followed by `*`; empty where both are missing.
    pub name: EcoString,
}

/// `Job payments/settlement`, or without what is not there.
impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        match &self.namespace {
            _ if self.name.is_empty() => Ok(()),
            Some(namespace) => write!(f, " {namespace}/{}", self.name),
            None => write!(f, " {}", self.name),
        }
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// Something to tell the user about their manifests, with the exact place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule that made it.
    pub rule: &'static str,
    /// What kind of trouble it is.
    pub category: Category,
    /// How bad it is.
    pub severity: Severity,
    /// The place.
    pub span: Span,
    /// What is wrong: lower case, without a final period.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The field as the API server would call it, such as `spec.template.spec.restartPolicy`.
    pub field: Option<String>,
    /// The object it is about.
    pub object: Option<ObjectName>,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// How it can be put right; the best way first.
    pub fixes: Vec<Fix>,
    /// Names the finding across runs, wherever its lines move: a hash of rule, object, field and the text of the place.
    pub fingerprint: u64,
}
