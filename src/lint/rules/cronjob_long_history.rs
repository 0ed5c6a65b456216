//! CronJobs that keep many ended Jobs.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Object, Typed};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-long-history",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a CronJob keeps more than 10 ended Jobs of a kind, with all of their pods",
    page: include_str!("../../../rules/cronjob-long-history.md"),
    check: Check::Object(check),
};

/// More are rarely looked at.
const MOST: i32 = 10;

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Typed::CronJob(job) = &object.typed else { return };
    let limits = [
        ("spec.successfulJobsHistoryLimit", "have succeeded", job.spec.successful_jobs_history_limit),
        ("spec.failedJobsHistoryLimit", "have failed", job.spec.failed_jobs_history_limit),
    ];
    for (field, what, limit) in limits {
        if let Some(limit) = limit.filter(|limit| *limit > MOST) {
            let message = format!("{limit} Jobs that {what} are kept, with all of their pods");
            sink.report(object.written.place(field), message)
                .help(format!("keep {MOST} or fewer: logs and metrics are a better history"))
                .field(field);
        }
    }
}
