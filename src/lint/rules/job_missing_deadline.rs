//! Jobs that may run for ever.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink, repairs};

pub(super) static RULE: Rule = Rule {
    id: "job-missing-deadline",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Job has no deadline, so that it can wait for ever",
    page: include_str!("../../../rules/job-missing-deadline.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.spec() else { return };
    let of_pod = job.pod().and_then(|pod| pod.active_deadline_seconds);
    if spec.active_deadline_seconds.is_none() && of_pod.is_none() {
        let field = job.field("activeDeadlineSeconds");
        let fix = repairs::deadline(&field, sink).filter(|_| !job.is_replaced());
        sink.report(job.place("activeDeadlineSeconds"), "no `activeDeadlineSeconds`: a Job that hangs never fails")
            .help("say after how many seconds it has failed, with all its retries")
            .field(field)
            .fix(fix);
    }
}
