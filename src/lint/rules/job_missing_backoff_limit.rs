//! Jobs that leave the number of their retries to the default.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "job-missing-backoff-limit",
    category: Category::Hygiene,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a Job does not say how often a failed pod is retried",
    page: include_str!("../../../rules/job-missing-backoff-limit.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    // With backoffLimitPerIndex the default is another one: retries are counted for each index (batch/v1/defaults.go).
    let says_so = |spec: &k8s_openapi::api::batch::v1::JobSpec| {
        spec.backoff_limit.is_some() || spec.backoff_limit_per_index.is_some()
    };
    if !job.spec().is_some_and(says_so) {
        let field = job.field("backoffLimit");
        // This is the default, so that nothing changes.
        let fix = sink.setting(Safety::Safe, &field, Word::Bare("6"));
        sink.report(job.place("backoffLimit"), "no `backoffLimit`: failures are retried 6 times by default")
            .help("say how often a retry can help, such as `backoffLimit: 2`, or `backoffLimit: 0` for none")
            .field(field)
            .fix(fix);
    }
}
