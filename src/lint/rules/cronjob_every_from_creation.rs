//! CronJobs with `@every` that could name the times at which they fire.

use std::time::Duration;

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::validate::cron::Schedule;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-every-from-creation",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a CronJob with `@every` fires at times that depend on when it was created, where it could name them",
    page: include_str!("../../../rules/cronjob-every-from-creation.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let Schedule::Every(distance) = job.schedule else { return };
    if let Some(times) = times(distance) {
        let message = "`@every` counts from when the CronJob was created: nobody can read off when it fires";
        sink.report(job.place("spec.schedule"), message)
            .help(format!("write `{times}`, which fires as often, at times that stay"))
            .field("spec.schedule");
    }
}

/// A schedule with the same distance between all of its times; `None` where no calendar has one.
fn times(distance: Duration) -> Option<String> {
    let seconds = distance.as_secs();
    let minutes = seconds.is_multiple_of(60).then_some(seconds / 60)?;
    Some(match (minutes, minutes / 60) {
        (1, _) => "* * * * *".to_owned(),
        (2..60, _) if 60 % minutes == 0 => format!("*/{minutes} * * * *"),
        (60, _) => "0 * * * *".to_owned(),
        (1440, _) => "0 0 * * *".to_owned(),
        (10_080, _) => "0 0 * * 0".to_owned(),
        (_, hours @ 2..24) if minutes % 60 == 0 && 24 % hours == 0 => format!("0 */{hours} * * *"),
        _ => return None,
    })
}
