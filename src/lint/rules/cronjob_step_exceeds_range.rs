//! Steps in schedules that lead out of their range at once.

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::validate::cron::Schedule;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-step-exceeds-range",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a step in a schedule is longer than its range, so that only the first number is left",
    page: include_str!("../../../rules/cronjob-step-exceeds-range.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let Schedule::Calendar(calendar) = &job.schedule else { return };
    // How many there are of each: a step of as many leads to the same number in the next hour, day or year, as meant.
    let fields = [
        (&calendar.minutes, "minute", 60),
        (&calendar.hours, "hour", 24),
        (&calendar.days_of_month, "day of the month", 31),
        (&calendar.months, "month", 12),
        (&calendar.days_of_week, "day of the week", 7),
    ];
    for (field, what, count) in fields {
        for entry in &field.entries {
            if entry.step <= entry.last - entry.first || entry.step <= 1 || entry.step == count {
                continue;
            }
            let text = excerpt(job.text(entry.range.clone()));
            let first = entry.first;
            sink.report(job.place_in_schedule(entry.range.clone()), format!("`{text}` is the {what} {first} only"))
                .help(help(first, entry.step, count))
                .field("spec.schedule");
        }
    }
}

fn help(first: u64, step: u64, count: u64) -> String {
    let plain = format!("write `{first}` where that is meant");
    match (count, step % 60) {
        (60, 0) => format!("{plain}; for a longer distance, write a step of {} in the field of hours", step / 60),
        (60, _) if step > 60 => {
            format!("{plain}; a step starts anew each hour, and `@every {step}m` counts through")
        }
        _ => format!("{plain}; a step does not lead out of its range"),
    }
}
