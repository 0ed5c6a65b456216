//! Schedules that name days of the month and days of the week, and fire on both.

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::{Scheduled, range};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::validate::cron::Schedule;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-day-of-month-and-week",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a schedule names days of the month and of the week, and fires on either",
    page: include_str!("../../../rules/cronjob-day-of-month-and-week.md"),
    check: Check::Object(check),
};

/// The days of a week, a bit for each.
const ALL_OF_WEEK: u64 = 0b111_1111;
/// The days of a month: 1 to 31.
const ALL_OF_MONTH: u64 = 0xffff_fffe;

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let Schedule::Calendar(calendar) = &job.schedule else { return };
    let (of_month, of_week) = (&calendar.days_of_month, &calendar.days_of_week);
    if of_month.is_star || of_week.is_star {
        return;
    }
    let (Some(month_range), Some(week_range)) = (range(of_month), range(of_week)) else { return };
    let month = excerpt(job.text(month_range.clone()));
    let week = excerpt(job.text(week_range.clone()));
    let message = if of_month.bits == ALL_OF_MONTH || of_week.bits == ALL_OF_WEEK {
        format!("the schedule fires on every day: one of `{month}` and `{week}` is enough, and one of them is any day")
    } else {
        format!("the schedule fires on days that fit `{month}` and also on all that fit `{week}`: one is enough")
    };
    sink.report(job.place_in_schedule(week_range), message)
        .help("write `*` for one of the two, and where both are to fit, let the job end early on other days")
        .field("spec.schedule")
        .related(job.place_in_schedule(month_range), "the days of the month");
}
