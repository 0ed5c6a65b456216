//! What a rule is.

use k8s_openapi::api::core::v1::PodSpec;

use super::{InSet, JobTemplate, Risk, Sink, Suppression, fixable};
use crate::diagnostic::{Category, Safety, Severity};
use crate::manifest::{
    BindingFacts, Facts, Faulty, Object, RoleFacts, UnknownKind, UnreadableFile, Untyped, WorkloadFacts,
};
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
    /// From which profile on it is applied.
    pub profile: Profile,
    /// What the rule reports, in a line.
    pub summary: &'static str,
    /// The page about it, in Markdown.
    pub page: &'static str,
    /// The check.
    pub check: Check,
}

impl Rule {
    /// The best that there is to put right what it finds; `None` where nothing can be.
    pub fn fix(&self) -> Option<Safety> {
        let has = |rules: &[&str]| rules.binary_search(&self.id).is_ok();
        has(&fixable::SAFELY).then_some(Safety::Safe).or_else(|| has(&fixable::UNSAFELY).then_some(Safety::Unsafe))
    }
}

/// How much is to be told. Each profile has the rules of those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// What deserves attention whenever it is found.
    Default,
    /// Matters of taste and tidiness, too.
    Pedantic,
    /// Everything, as for an audit.
    Audit,
}

impl Profile {
    /// All profiles, those that tell less first.
    pub const ALL: [Self; 3] = [Self::Default, Self::Pedantic, Self::Audit];

    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Pedantic => "pedantic",
            Self::Audit => "audit",
        }
    }
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
    /// Each object that decodes, by itself.
    Object(fn(&Object<'_>, &mut Sink<'_>)),
    /// Each Role and ClusterRole, with all that was read.
    Role(fn(&InSet<'_, RoleFacts>, &mut Sink<'_>)),
    /// Each Role and ClusterRole, for a power that it hands out.
    Risk(&'static Risk),
    /// Each RoleBinding and ClusterRoleBinding, with all that was read.
    Binding(fn(&InSet<'_, BindingFacts>, &mut Sink<'_>)),
    /// Each object with pods, with all that was read.
    Workload(fn(&InSet<'_, WorkloadFacts>, &mut Sink<'_>)),
    /// Each object whose name is known, with all that was read.
    Known(fn(&InSet<'_, Facts>, &mut Sink<'_>)),
    /// Each comment and annotation that says what is not to be told, once all else is known.
    Suppression(fn(&Suppression, &mut Sink<'_>)),
}

impl Check {
    /// Whether it looks at objects among all others.
    pub(super) fn is_of_second_pass(self) -> bool {
        matches!(self, Self::Role(_) | Self::Risk(_) | Self::Binding(_) | Self::Workload(_) | Self::Known(_))
    }
}
