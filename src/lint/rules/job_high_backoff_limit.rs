//! Jobs with more retries than anybody waits for.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-high-backoff-limit",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Job retries so often that it takes hours to fail",
    page: include_str!("../../../rules/job-high-backoff-limit.md"),
    check: Check::JobTemplate(check),
};

/// More than these take over an hour and a half, for waiting alone.
const MANY: i32 = 15;

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.spec().filter(|spec| spec.active_deadline_seconds.is_none()) else { return };
    let Some(limit) = spec.backoff_limit.filter(|limit| *limit > MANY) else { return };
    // With a limit for each index, this one is for all of them together; with many pods, it is for many.
    let is_for_one =
        spec.backoff_limit_per_index.is_none() && spec.completions.is_none_or(|completions| completions <= 1);
    if is_for_one && spec.parallelism.is_none_or(|parallelism| parallelism <= 1) {
        sink.report(job.place("backoffLimit"), format!("with {limit} retries it takes hours until the Job fails"))
            .help("lower it to what a retry can help, or set `activeDeadlineSeconds`")
            .field(job.field("backoffLimit"));
    }
}
