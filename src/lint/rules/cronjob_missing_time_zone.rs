//! Schedules that name an hour without saying whose.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::validate::cron::Schedule;
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-missing-time-zone",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a CronJob fires at a certain hour, and does not say in what time zone",
    page: include_str!("../../../rules/cronjob-missing-time-zone.md"),
    check: Check::Object(check),
};

/// All hours of a day, a bit for each.
const ALL_HOURS: u64 = 0xff_ffff;

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object).filter(|job| job.spec.time_zone.is_none()) else { return };
    let Schedule::Calendar(calendar) = &job.schedule else { return };
    if calendar.hours.bits != ALL_HOURS {
        let fix = sink.setting(Safety::Unsafe, "spec.timeZone", Word::Text("Etc/UTC"));
        sink.report(job.place("spec.schedule"), "no `timeZone`: the hour is that of the cluster's control plane")
            .help("set `timeZone`, such as `Etc/UTC` or `Europe/Paris`")
            .field("spec.timeZone")
            .fix(fix);
    }
}
