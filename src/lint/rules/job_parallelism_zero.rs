//! Jobs that run no pods.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-parallelism-zero",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a Job's parallelism is 0, so that it never runs a pod and never ends",
    page: include_str!("../../../rules/job-parallelism-zero.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.spec() else { return };
    // A Job of nothing ends at once, whatever its parallelism is.
    if spec.parallelism != Some(0) || spec.completions == Some(0) || spec.suspend == Some(true) {
        return;
    }
    sink.report(job.place("parallelism"), "with `parallelism: 0` no pod runs, and the Job never ends")
        .help("write how many pods run at a time; to keep the Job waiting, write `suspend: true`")
        .field(job.field("parallelism"));
}
