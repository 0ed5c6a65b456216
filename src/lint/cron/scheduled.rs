//! A CronJob with its schedule, and where the parts of that stand.

use std::ops::Range;

use k8s_openapi::api::batch::v1::{CronJobSpec, JobSpec};

use crate::manifest::{Object, Typed};
use crate::source::Span;
use crate::validate::cron::{Schedule, TimeField};
use crate::validate::{At, Part};
use crate::yaml::path::Path;

/// A CronJob whose schedule Kubernetes takes.
#[derive(Debug)]
pub(in crate::lint) struct Scheduled<'a> {
    object: &'a Object<'a>,
    /// What the CronJob says.
    pub(in crate::lint) spec: &'a CronJobSpec,
    /// When it fires.
    pub(in crate::lint) schedule: Schedule,
}

impl<'a> Scheduled<'a> {
    /// The CronJob that an object is; `None` for other objects, and where the schedule is refused.
    pub(in crate::lint) fn of(object: &'a Object<'a>) -> Option<Self> {
        let Typed::CronJob(job) = &object.typed else { return None };
        let schedule = Schedule::parse(&job.spec.schedule).ok().filter(|_| !job.spec.schedule.contains("TZ"))?;
        Some(Self { object, spec: &job.spec, schedule })
    }

    /// The spec of the Jobs that it makes; `None` where it is missing.
    pub(in crate::lint) fn job(&self) -> Option<&'a JobSpec> {
        self.spec.job_template.spec.as_ref()
    }

    /// Where to point for a field of the CronJob.
    pub(in crate::lint) fn place(&self, path: &str) -> Span {
        self.object.written.place(path)
    }

    /// Where some bytes of the schedule stand.
    pub(in crate::lint) fn place_in_schedule(&self, bytes: Range<usize>) -> Span {
        self.object.written.fault(&At { path: Path::parse("spec.schedule"), part: Part::Within(bytes) })
    }

    /// The text of some bytes of the schedule.
    pub(in crate::lint) fn text(&self, bytes: Range<usize>) -> &'a str {
        self.spec.schedule.get(bytes).unwrap_or_default()
    }
}

/// Where a field of a schedule stands in it, in bytes; `None` where it has no entries.
pub(in crate::lint) fn range(field: &TimeField) -> Option<Range<usize>> {
    Some(field.entries.first()?.range.start..field.entries.last()?.range.end)
}
