//! CronJobs with schedules that no date fits.

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::{Scheduled, range};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Object, Typed};
use crate::schedule::gaps::ever_fires;
use crate::validate::cron::{Calendar, Schedule};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-never-fires",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a CronJob's schedule fits no date, so that it never fires",
    page: include_str!("../../../rules/cronjob-never-fires.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let Schedule::Calendar(calendar) = &job.schedule else { return };
    // Who suspends it as well wants to start its Jobs by hand.
    if ever_fires(calendar) || matches!(&object.typed, Typed::CronJob(job) if job.spec.suspend == Some(true)) {
        return;
    }
    let draft = if let Some(what) = empty(calendar) {
        sink.report(job.place("spec.schedule"), format!("the schedule fits no time: it names no {what}"))
            .help("write a number, or `*` for any, instead of the `,`")
    } else {
        let (days, months) = (range(&calendar.days_of_month), range(&calendar.months));
        let whole = days.zip(months).map_or(0..0, |(days, months)| days.start..months.end);
        sink.report(job.place_in_schedule(whole), "the schedule fits no date: no such month has such a day")
            .help("write days that the months have: 1 to 28 are in each of them")
    };
    draft.field("spec.schedule");
}

/// What a field is about in which nothing stands but commas.
fn empty(calendar: &Calendar) -> Option<&'static str> {
    let fields = [
        (&calendar.minutes, "minute"),
        (&calendar.hours, "hour"),
        (&calendar.days_of_month, "day of the month"),
        (&calendar.months, "month"),
        (&calendar.days_of_week, "day of the week"),
    ];
    fields.into_iter().find(|(field, _)| field.bits == 0).map(|(_, what)| what)
}
