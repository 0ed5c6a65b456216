//! Jobs that are never tried again, and fail when their node is drained.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-fails-by-disruption",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Job with `backoffLimit: 0` and no podFailurePolicy, which a drained node makes fail",
    page: include_str!("../../../rules/job-fails-by-disruption.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.spec() else { return };
    let is_never = job.pod().and_then(|pod| pod.restart_policy.as_deref()) == Some("Never");
    if spec.backoff_limit != Some(0) || spec.pod_failure_policy.is_some() || !is_never {
        return;
    }
    let message = "with `backoffLimit: 0`, the Job fails when its pod is preempted or evicted, as from a drained node";
    sink.report(job.place("backoffLimit"), message)
        .help("ignore the condition `DisruptionTarget` in a `podFailurePolicy`: the pod is replaced then")
        .field(job.field("backoffLimit"));
}
