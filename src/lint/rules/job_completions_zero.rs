//! Jobs that are complete before they begin.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-completions-zero",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a Job's completions are 0, so that it is complete without running",
    page: include_str!("../../../rules/job-completions-zero.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    if job.spec().and_then(|spec| spec.completions) == Some(0) {
        sink.report(job.place("completions"), "with `completions: 0` the Job is complete at once, and no pod runs")
            .help("write how many pods are to succeed; or remove the field: one is enough then")
            .field(job.field("completions"));
    }
}
