//! Jobs that run all of their indexes however many fail.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-unlimited-failed-indexes",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Job with `backoffLimitPerIndex` and no `maxFailedIndexes`, which runs on when every index fails",
    page: include_str!("../../../rules/job-unlimited-failed-indexes.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.spec() else { return };
    let is_limited = spec.max_failed_indexes.is_some() || spec.active_deadline_seconds.is_some();
    let has_few = spec.completions.is_none_or(|completions| completions < 2);
    if spec.backoff_limit_per_index.is_none() || is_limited || has_few {
        return;
    }
    sink.report(
        job.place("backoffLimitPerIndex"),
        "no `maxFailedIndexes`: all indexes are run, even if each of them fails",
    )
    .help("set `maxFailedIndexes` to how many may fail before the rest is not worth running")
    .field(job.field("maxFailedIndexes"));
}
