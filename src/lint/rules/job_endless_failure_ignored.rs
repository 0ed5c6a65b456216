//! Failures that a Job ignores for ever.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-endless-failure-ignored",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a podFailurePolicy ignores exit codes, and no deadline ends the retries",
    page: include_str!("../../../rules/job-endless-failure-ignored.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.spec().filter(|spec| spec.active_deadline_seconds.is_none()) else { return };
    let Some(policy) = &spec.pod_failure_policy else { return };
    for (index, rule) in policy.rules.iter().enumerate() {
        // Disruptions come from outside, and end. Exit codes come back.
        if rule.action != "Ignore" || rule.on_exit_codes.is_none() {
            continue;
        }
        let field = format!("podFailurePolicy.rules[{index}].action");
        let message =
            "failures with these exit codes are retried without end: nothing counts them, and no deadline ends them";
        sink.report(job.place(&field), message)
            .help(format!("set `{}`, or let `Count` count them", job.field("activeDeadlineSeconds")))
            .field(job.field(&field));
    }
}
