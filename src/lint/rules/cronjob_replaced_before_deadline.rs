//! CronJobs that replace their Jobs before these have had their time.

use std::time::Duration;

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::schedule::gaps::{shortest_gap, spoken};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-replaced-before-deadline",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a CronJob replaces its Job before the Job's deadline, or each minute",
    page: include_str!("../../../rules/cronjob-replaced-before-deadline.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let Some(spec) = job.job().filter(|_| job.spec.concurrency_policy.as_deref() == Some("Replace")) else { return };
    let Some(gap) = shortest_gap(&job.schedule) else { return };
    let deadline =
        spec.active_deadline_seconds.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs);
    let distance = spoken(gap);
    let message = match deadline {
        Some(deadline) if deadline > gap => {
            format!("a Job has {} but is replaced after {distance}", spoken(deadline))
        }
        None if gap <= Duration::from_mins(1) => {
            format!("a Job that takes more than {distance} never finishes: it is replaced")
        }
        _ => return,
    };
    let draft = sink
        .report(job.place("spec.concurrencyPolicy"), message)
        .help("write `Forbid` to let a Job finish and skip the firing, or fire less often")
        .field("spec.concurrencyPolicy")
        .related(job.place("spec.schedule"), format!("fires again after {distance}"));
    if deadline.is_some() {
        draft.related(job.place("spec.jobTemplate.spec.activeDeadlineSeconds"), "the time that a Job is given");
    }
}
