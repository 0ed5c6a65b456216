//! Jobs that have no time at all.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-active-deadline-zero",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a Job's deadline is over when it starts, so that it always fails",
    page: include_str!("../../../rules/job-active-deadline-zero.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    if job.spec().and_then(|spec| spec.active_deadline_seconds) == Some(0) {
        sink.report(job.place("activeDeadlineSeconds"), "the Job always fails: its deadline is over when it starts")
            .help("write how many seconds it may take; or remove the field, for no deadline")
            .field(job.field("activeDeadlineSeconds"));
    }
}
