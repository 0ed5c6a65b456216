//! What a rule is.

use k8s_openapi::api::core::v1::PodSpec;

use super::{JobTemplate, Sink};
use crate::diagnostic::{Category, Severity};
use crate::manifest::{Faulty, UnknownKind, UnreadableFile, Untyped};
use crate::source::Span;
use crate::validate::{Error, Family};
use crate::yaml::SyntaxError;

/// Something that can be wrong with manifests, and the check for it.
#[derive(Debug)]
pub struct Rule {
    /// Names what is wrong; never changes.
    pub id: &'static str,
    /// What kind of trouble it is.
    pub category: Category,
    /// How bad it is.
    pub severity: Severity,
    /// What the rule reports, in a line.
    pub summary: &'static str,
    /// The page about it, in Markdown.
    pub page: &'static str,
    /// The check.
    pub check: Check,
}

/// A check, by what it looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Each file that cannot be read.
    Unreadable(fn(&UnreadableFile, &mut Sink<'_>)),
    /// Each document that is no YAML.
    Syntax(fn(&SyntaxError, &mut Sink<'_>)),
    /// Each text that Kubernetes does not read, because a document has ended before it.
    Ignored(fn(Span, &mut Sink<'_>)),
    /// Each object that does not say of what type it is.
    Untyped(fn(&Untyped<'_>, &mut Sink<'_>)),
    /// Each object of a type that does not exist.
    UnknownKind(fn(&UnknownKind<'_>, &mut Sink<'_>)),
    /// What the API server refuses, of one family of errors.
    Refused {
        /// The family.
        family: Family,
        /// What to do about an error, where more can be said than the API server says itself.
        help: fn(&Error) -> Option<String>,
    },
    /// What the API server refuses of pods, of one family of errors.
    RefusedInPod {
        /// The family.
        family: Family,
        /// What to do about an error, in a pod with this spec.
        help: fn(&Error, &PodSpec) -> Option<String>,
    },
    /// Each object that does not decode, or not strictly.
    Faulty(fn(&Faulty<'_>, &mut Sink<'_>)),
    /// The spec of each Job, and of the Jobs that each CronJob makes.
    JobTemplate(fn(&JobTemplate<'_>, &mut Sink<'_>)),
}
