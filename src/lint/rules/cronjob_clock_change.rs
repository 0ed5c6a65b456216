//! CronJobs that fire at an hour which the clock skips or shows twice once a year.

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::schedule::clock_changes::{Affected, affected};
use crate::validate::cron::{Calendar, Schedule};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-clock-change",
    category: Category::Broken,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a CronJob fires at an hour that the clock of its time zone skips, or shows twice",
    page: include_str!("../../../rules/cronjob-clock-change.md"),
    check: Check::Object(check),
};

/// What fires at more hours of the day than this will make up for one firing with the next.
const MOST_HOURS: u32 = 4;

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let (Schedule::Calendar(calendar), Some(zone)) = (&job.schedule, &job.spec.time_zone) else { return };
    if !is_at_hours(calendar) {
        return;
    }
    let time = |hit: Affected| hit.time.strftime("%H:%M").to_string();
    let date = |hit: Affected| hit.time.date();
    let message = match affected(calendar, zone) {
        (Some(skipped), Some(repeated)) => format!(
            "the clock of `{zone}` skips {} on some days, such as {}, and shows {} twice on others, such as {}",
            time(skipped),
            date(skipped),
            time(repeated),
            date(repeated)
        ),
        (Some(skipped), None) => {
            format!("the clock of `{zone}` skips {} on some days, such as {}", time(skipped), date(skipped))
        }
        (None, Some(repeated)) => {
            format!("the clock of `{zone}` shows {} twice on some days, such as {}", time(repeated), date(repeated))
        }
        (None, None) => return,
    };
    sink.report(job.place("spec.schedule"), message)
        .help("fire at an hour that each day has once, or in a zone whose clock is never changed, such as `Etc/UTC`")
        .field("spec.schedule")
        .related(job.place("spec.timeZone"), "this clock is put forward and back");
}

fn is_at_hours(calendar: &Calendar) -> bool {
    calendar.hours.bits.count_ones() <= MOST_HOURS
}
