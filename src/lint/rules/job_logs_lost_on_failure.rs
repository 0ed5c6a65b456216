//! Jobs whose pod is gone, with its logs, when they have failed.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "job-logs-lost-on-failure",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Job with `restartPolicy: OnFailure`, whose pod is deleted with its logs when the Job fails",
    page: include_str!("../../../rules/job-logs-lost-on-failure.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    if job.pod().and_then(|pod| pod.restart_policy.as_deref()) != Some("OnFailure") {
        return;
    }
    let field = "template.spec.restartPolicy";
    let fix = sink.setting(Safety::Unsafe, &job.field(field), Word::Text("Never"));
    sink.report(job.place(field), "when the Job fails, its pod is deleted, and its logs with it")
        .help("write `Never`: failed pods stay then, each with its logs, until the Job is deleted")
        .field(job.field(field))
        .fix(fix);
}
