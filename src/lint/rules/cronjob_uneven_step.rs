//! Steps in schedules that start anew before they are even.

use crate::diagnostic::{Category, Severity};
use crate::lint::cron::scheduled::Scheduled;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;
use crate::validate::cron::Schedule;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "cronjob-uneven-step",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a step in a schedule does not divide the hour or the day, so that the last distance is shorter",
    page: include_str!("../../../rules/cronjob-uneven-step.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(job) = Scheduled::of(object) else { return };
    let Schedule::Calendar(calendar) = &job.schedule else { return };
    // Where the minutes are of one hour only, their distance across its end is never seen.
    let runs_on = calendar.hours.bits.count_ones() > 1;
    let fields = [(&calendar.minutes, 60, "minute", runs_on), (&calendar.hours, 24, "hour", true)];
    for (field, count, what, _) in fields.into_iter().filter(|(.., runs_on)| *runs_on) {
        let [entry] = field.entries.as_slice() else { continue };
        let is_whole = entry.last == count - 1 && entry.first < entry.step;
        if !is_whole || entry.step >= count || count % entry.step == 0 {
            continue;
        }
        let text = excerpt(job.text(entry.range.clone()));
        let last = count - 1 - (count - 1 - entry.first) % entry.step;
        let short = count - last + entry.first;
        let plural = if short == 1 { "" } else { "s" };
        let message = format!(
            "`{text}` is not every {} {what}s: from {last} to {} it is {short} {what}{plural}",
            entry.step, entry.first
        );
        sink.report(job.place_in_schedule(entry.range.clone()), message)
            .help(format!("write a step that divides {count}, or `@every` with the distance, which counts through"))
            .field("spec.schedule");
    }
}
