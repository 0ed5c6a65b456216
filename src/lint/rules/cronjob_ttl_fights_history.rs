//! CronJobs whose Jobs are deleted before the history is as long as it says.

use std::time::Duration;

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::schedule::gaps::{shortest_gap, spoken};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-ttl-fights-history",
    category: Category::Broken,
    severity: Severity::Info,
    profile: Profile::Default,
    summary: "a CronJob's Jobs are deleted before as many are kept as its history limits say",
    page: include_str!("../../../rules/cronjob-ttl-fights-history.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let ttl = job.job().and_then(|spec| spec.ttl_seconds_after_finished).and_then(|ttl| u64::try_from(ttl).ok());
    let (Some(ttl), Some(gap)) = (ttl, shortest_gap(&job.schedule)) else { return };
    let limits = [
        ("successfulJobsHistoryLimit", job.spec.successful_jobs_history_limit),
        ("failedJobsHistoryLimit", job.spec.failed_jobs_history_limit),
    ];
    let kept = ttl.div_ceil(gap.as_secs().max(1));
    for (name, limit) in limits {
        let Some(limit) = limit.and_then(|limit| u64::try_from(limit).ok()).filter(|limit| kept < *limit) else {
            continue;
        };
        let lifetime = spoken(Duration::from_secs(ttl));
        let message = match ttl {
            0 => format!("no Job is kept: each is deleted when it has ended, whatever `{name}` says"),
            _ => format!(
                "a Job is deleted after {lifetime}: there are never more than {kept} of the {limit} that `{name}` keeps"
            ),
        };
        let field = "spec.jobTemplate.spec.ttlSecondsAfterFinished";
        let fix = sink.removing_field(Safety::Unsafe, field);
        sink.report(job.place(field), message)
            .help("remove `ttlSecondsAfterFinished` from the template, and leave it to the limits to delete Jobs")
            .field(field)
            .fix(fix)
            .related(job.place(&format!("spec.{name}")), format!("keeps {limit}"));
        return;
    }
}
