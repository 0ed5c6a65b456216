//! CronJobs that wait for a Job which may never end.

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink, repairs};
use crate::manifest::Object;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-forbid-without-deadline",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a CronJob forbids a second Job while one runs, and lets it run for ever",
    page: include_str!("../../../rules/cronjob-forbid-without-deadline.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let Some(spec) = job.job().filter(|_| job.spec.concurrency_policy.as_deref() == Some("Forbid")) else { return };
    // A deadline of the pod ends each try, and there are not many.
    let of_pod = spec.template.spec.as_ref().and_then(|pod| pod.active_deadline_seconds);
    if spec.active_deadline_seconds.is_some() || of_pod.is_some() {
        return;
    }
    let message = "with `Forbid` and no deadline, one Job that hangs stops all later ones";
    let fix = repairs::deadline("spec.jobTemplate.spec.activeDeadlineSeconds", sink);
    sink.report(job.place("spec.concurrencyPolicy"), message)
        .help("set `activeDeadlineSeconds` in `spec.jobTemplate.spec` to more than a run ever takes")
        .field("spec.concurrencyPolicy")
        .fix(fix);
}
