//! CronJobs that fire often and let their Jobs run side by side.

use std::time::Duration;

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::schedule::gaps::{shortest_gap, spoken};
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-jobs-may-overlap",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a CronJob fires again within the hour, and lets slow Jobs run beside the next ones without end",
    page: include_str!("../../../rules/cronjob-jobs-may-overlap.md"),
    check: Check::Object(check),
};

/// What fires no more often than this is not expected to run on until it fires again.
const OFTEN: Duration = Duration::from_hours(1);

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let allows = job.spec.concurrency_policy.as_deref().is_none_or(|policy| policy == "Allow");
    let Some(gap) = shortest_gap(&job.schedule).filter(|gap| allows && *gap < OFTEN) else { return };
    let Some(spec) = job.job() else { return };
    let of_pod = spec.template.spec.as_ref().and_then(|pod| pod.active_deadline_seconds);
    if spec.active_deadline_seconds.is_some() || of_pod.is_some() {
        return;
    }
    let message =
        format!("a Job that takes more than {} runs beside the next one, and nothing limits how many do", spoken(gap));
    let field = "spec.concurrencyPolicy";
    let fix = sink.setting(Safety::Unsafe, field, Word::Text("Forbid"));
    sink.report(job.place(field), message)
        .help("write `concurrencyPolicy: Forbid` with an `activeDeadlineSeconds` for its Jobs, or only the latter")
        .field(field)
        .fix(fix)
        .related(job.place("spec.schedule"), "this is how often it fires");
}
