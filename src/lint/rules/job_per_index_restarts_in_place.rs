//! Limits for each index that nothing is counted against.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "job-per-index-restarts-in-place",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "backoffLimitPerIndex stands beside OnFailure, where no pod fails and nothing is counted",
    page: include_str!("../../../rules/job-per-index-restarts-in-place.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let (Some(spec), Some(pod)) = (job.spec(), job.pod()) else { return };
    let is_indexed = spec.completion_mode.as_deref() == Some("Indexed");
    let Some(limit) = spec.backoff_limit_per_index.filter(|limit| *limit >= 0 && is_indexed) else { return };
    if pod.restart_policy.as_deref() == Some("OnFailure") {
        let message = "`backoffLimitPerIndex` counts pods that fail, and with `OnFailure` containers restart instead";
        let field = job.field("template.spec.restartPolicy");
        let fix = sink.setting(Safety::Unsafe, &field, Word::Text("Never"));
        sink.report(job.place("template.spec.restartPolicy"), message)
            .help("write `restartPolicy: Never`")
            .field(field)
            .fix(fix)
            .related(job.place("backoffLimitPerIndex"), format!("`backoffLimitPerIndex` is {limit}"));
    }
}
