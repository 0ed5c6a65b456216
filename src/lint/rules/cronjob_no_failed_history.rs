//! CronJobs whose failures leave no trace.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Object, Typed};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-no-failed-history",
    category: Category::Hygiene,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a CronJob keeps no failed Job, so that nobody can see why it failed",
    page: include_str!("../../../rules/cronjob-no-failed-history.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Typed::CronJob(job) = &object.typed else { return };
    if job.spec.failed_jobs_history_limit == Some(0) {
        let message = "no failed Job is kept: its pods and their logs are deleted with it";
        sink.report(object.written.place("spec.failedJobsHistoryLimit"), message)
            .help("keep 1 or more, or remove the field to keep 1")
            .field("spec.failedJobsHistoryLimit");
    }
}
