//! The spec of a Job, or of the Jobs that a CronJob makes, as one thing to look at.

use k8s_openapi::api::batch::v1::{CronJob, JobSpec};
use k8s_openapi::api::core::v1::PodSpec;

use crate::manifest::{Object, Typed};
use crate::source::Span;

/// The spec of a Job, or of the Jobs that a CronJob makes.
#[derive(Clone, Copy, Debug)]
pub struct JobTemplate<'a> {
    object: &'a Object<'a>,
    prefix: &'static str,
    spec: Option<&'a JobSpec>,
}

impl<'a> JobTemplate<'a> {
    /// The Job spec in an object; `None` for objects of other kinds.
    pub(super) fn of(object: &'a Object<'a>) -> Option<Self> {
        let (prefix, spec) = match &object.typed {
            Typed::Job(job) => ("spec", job.spec.as_ref()),
            Typed::CronJob(job) => ("spec.jobTemplate.spec", job.spec.job_template.spec.as_ref()),
            _ => return None,
        };
        Some(Self { object, prefix, spec })
    }

    /// What the Job spec says; `None` where it is missing.
    pub fn spec(&self) -> Option<&'a JobSpec> {
        self.spec
    }

    /// What the pod spec says; `None` where it is missing.
    pub fn pod(&self) -> Option<&'a PodSpec> {
        self.spec.and_then(|spec| spec.template.spec.as_ref())
    }

    /// Whether a CronJob replaces the Job by the next one, however long it may take.
    pub fn is_replaced(&self) -> bool {
        let policy = |job: &'a CronJob| job.spec.concurrency_policy.as_deref();
        matches!(&self.object.typed, Typed::CronJob(job) if policy(job) == Some("Replace"))
    }

    /// The name of a field of the Job spec as the API server has it: `spec.jobTemplate.spec.completions`.
    pub fn field(&self, name: &str) -> String {
        format!("{}.{name}", self.prefix)
    }

    /// Where to point for a field of the Job spec: see [`crate::manifest::Written::place`].
    pub fn place(&self, name: &str) -> Span {
        self.object.written.place(&self.field(name))
    }
}
