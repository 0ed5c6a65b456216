//! The hours that a clock skips when it is put forward, and shows twice when it is put back.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase, TimeZoneTransition};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::gaps::fires_on;
use crate::validate::cron::Calendar;

/// From when on, and until when, changes are looked at: not from today on, so that the same manifests give the same
/// findings on each day.
const YEARS: [&str; 2] = ["2026-01-01T00:00:00Z", "2038-01-01T00:00:00Z"];

/// No clock is put forward or back by more minutes.
const MOST_MINUTES: usize = 24 * 60;

/// A time at which something fires that a clock skips or shows twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Affected {
    /// What the clock would show.
    pub(crate) time: DateTime,
    /// Whether it skips that; otherwise it shows it twice.
    pub(crate) is_skipped: bool,
}

/// The first times at which something fires that the clock of a zone skips, and shows twice.
pub(crate) fn affected(calendar: &Calendar, zone: &str) -> (Option<Affected>, Option<Affected>) {
    let mut hits = changes(zone).into_iter().filter_map(|change| hit(calendar, change));
    let (mut skipped, mut repeated) = (None, None);
    for hit in &mut hits {
        let first = if hit.is_skipped { &mut skipped } else { &mut repeated };
        first.get_or_insert(hit);
    }
    (skipped, repeated)
}

/// What a clock shows before and after a change.
type Change = (DateTime, DateTime);

fn changes(zone: &str) -> Vec<Change> {
    let [Ok(start), Ok(end)] = YEARS.map(str::parse::<Timestamp>) else { return Vec::new() };
    let Ok(zone) = TimeZoneDatabase::bundled().get(zone) else { return Vec::new() };
    let changes = zone.following(start).take_while(|change| change.timestamp() < end);
    changes.filter_map(|transition| change(&zone, &transition)).collect()
}

fn change(zone: &TimeZone, transition: &TimeZoneTransition<'_>) -> Option<Change> {
    let at = transition.timestamp();
    let before = zone.to_offset(at.checked_sub(SignedDuration::from_secs(1)).ok()?);
    Some((before.to_datetime(at), transition.offset().to_datetime(at)))
}

/// The first minute of those skipped or repeated at which something fires.
fn hit(calendar: &Calendar, (before, after): Change) -> Option<Affected> {
    let is_skipped = after > before;
    let (start, end) = if is_skipped { (before, after) } else { (after, before) };
    let time = minutes(start, end).find(|minute| fires_at(calendar, *minute))?;
    Some(Affected { time, is_skipped })
}

fn minutes(start: DateTime, end: DateTime) -> impl Iterator<Item = DateTime> {
    start.series(1.minute()).take_while(move |minute| *minute < end).take(MOST_MINUTES)
}

/// The times at which something would fire after a moment and until another, if the clock did not skip them: each with
/// the moment at which the clock is put forward.
pub(crate) fn skipped(
    calendar: &Calendar,
    zone: &TimeZone,
    after: Timestamp,
    until: Timestamp,
) -> Vec<(Timestamp, DateTime)> {
    let transitions = zone.following(after).take_while(|transition| transition.timestamp() <= until);
    let skipped = transitions.flat_map(|transition| {
        let change = change(zone, &transition).filter(|(before, after)| after > before);
        let times = change.into_iter().flat_map(|(before, after)| minutes(before, after));
        let at = transition.timestamp();
        times.filter(|minute| fires_at(calendar, *minute)).map(move |time| (at, time)).collect::<Vec<_>>()
    });
    skipped.collect()
}

/// The how manieth time it is that a clock shows the same, where it shows it twice.
pub(crate) fn repetition(zone: &TimeZone, at: Timestamp) -> Option<u8> {
    let offset = zone.to_offset(at);
    match zone.to_ambiguous_timestamp(offset.to_datetime(at)).offset() {
        AmbiguousOffset::Fold { before, .. } => Some(if offset == before { 1 } else { 2 }),
        _ => None,
    }
}

fn fires_at(calendar: &Calendar, time: DateTime) -> bool {
    let number = |number: i8| u32::try_from(number).unwrap_or_default();
    let date: Date = time.date();
    let of_week = number(date.weekday().to_sunday_zero_offset());
    calendar.hours.contains(number(time.hour()))
        && calendar.minutes.contains(number(time.minute()))
        && fires_on(calendar, (number(date.month()), number(date.day())), of_week)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::cron::Schedule;

    fn of(schedule: &str, zone: &str) -> [Option<String>; 2] {
        let Schedule::Calendar(calendar) = Schedule::parse(schedule).unwrap() else { return [None, None] };
        let (skipped, repeated) = affected(&calendar, zone);
        [skipped, repeated].map(|hit| hit.map(|hit| hit.time.to_string()))
    }

    #[test]
    fn times_that_come_never_or_twice_are_found() {
        let some = |time: &str| Some(time.to_owned());
        for (schedule, zone, skipped, repeated) in [
            ("30 2 * * *", "America/New_York", some("2026-03-08T02:30:00"), None),
            ("30 1 * * *", "America/New_York", None, some("2026-11-01T01:30:00")),
            ("0 2 * * *", "Europe/Paris", some("2026-03-29T02:00:00"), some("2026-10-25T02:00:00")),
            ("0 2 * * 1-5", "Europe/Paris", None, None),
            ("0 2 * 6 *", "Europe/Paris", None, None),
            ("0 2 25 10 *", "Europe/Paris", None, some("2026-10-25T02:00:00")),
            ("0 3 * * *", "Europe/Paris", None, None),
            ("0 2 * * *", "Asia/Tokyo", None, None),
            ("0 2 * * *", "Etc/UTC", None, None),
            ("0 2 * * *", "Nowhere/Atall", None, None),
            ("0 0 * * *", "Atlantic/Azores", some("2026-03-29T00:00:00"), some("2026-10-25T00:00:00")),
        ] {
            assert_eq!(of(schedule, zone), [skipped, repeated], "{schedule} {zone}");
        }
    }
}
