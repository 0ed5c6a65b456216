//! CronJobs whose Jobs would have to start sooner than anybody looks.

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-starting-deadline-too-short",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a CronJob's startingDeadlineSeconds is too short for its Jobs to start in time",
    page: include_str!("../../../rules/cronjob-starting-deadline-too-short.md"),
    check: Check::Object(check),
};

/// What Kubernetes' documentation asks for.
const SHORTEST: i64 = 10;

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let message = match job.spec.starting_deadline_seconds {
        Some(0) => "no Job is ever started: it would have to start in no time".to_owned(),
        Some(seconds @ 1..SHORTEST) => {
            let plural = if seconds == 1 { "" } else { "s" };
            format!("a Job that cannot start within {seconds} second{plural} is skipped, and that is soon")
        }
        _ => return,
    };
    sink.report(job.place("spec.startingDeadlineSeconds"), message)
        .help(format!("write the seconds after which a late Job is of no use, {SHORTEST} or more; or remove the field"))
        .field("spec.startingDeadlineSeconds");
}
