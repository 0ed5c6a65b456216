//! On which days a schedule fires, and how far apart.

use std::time::Duration;

use crate::validate::cron::{Calendar, Schedule};

const MINUTES_OF_DAY: u32 = 24 * 60;

/// The shortest time from one firing to the next, by a clock that nobody sets; `None` where nothing fires twice.
pub(crate) fn shortest_gap(schedule: &Schedule) -> Option<Duration> {
    let calendar = match schedule {
        Schedule::Every(distance) => return Some(*distance),
        Schedule::Calendar(calendar) => calendar,
    };
    let minutes = minutes_of_day(calendar);
    let (first, last) = (minutes.first()?, minutes.last()?);
    let within_a_day = shortest_step(&minutes);
    let days = days(calendar);
    let from_day_to_day = shortest_step(&days).map(|days| days * MINUTES_OF_DAY - (last - first));
    let within_a_day = within_a_day.filter(|_| !days.is_empty());
    let minutes = within_a_day.into_iter().chain(from_day_to_day).min()?;
    Some(Duration::from_secs(u64::from(minutes) * 60))
}

/// Whether it fires at all.
pub(crate) fn ever_fires(calendar: &Calendar) -> bool {
    !minutes_of_day(calendar).is_empty() && !days(calendar).is_empty()
}

/// How long a time is, in the unit in which people say it.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = [(24 * 60 * 60, "day"), (60 * 60, "hour"), (60, "minute")];
    let (count, unit) = units
        .into_iter()
        .find(|(length, _)| seconds >= *length && seconds.is_multiple_of(*length))
        .map_or((seconds, "second"), |(length, unit)| (seconds / length, unit));
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn shortest_step(numbers: &[u32]) -> Option<u32> {
    let steps = numbers.iter().zip(numbers.iter().skip(1)).map(|(one, next)| next - one);
    steps.min()
}

/// The minutes since midnight at which it fires.
fn minutes_of_day(calendar: &Calendar) -> Vec<u32> {
    let fires = |minute: &u32| calendar.hours.contains(minute / 60) && calendar.minutes.contains(minute % 60);
    (0..MINUTES_OF_DAY).filter(fires).collect()
}

/// The days on which it fires, counted through eight years, of which two are leap years.
fn days(calendar: &Calendar) -> Vec<u32> {
    const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let months = (2001..2009).flat_map(|year| (1..).zip(LENGTHS).map(move |(month, length)| (year, month, length)));
    let dates = months.flat_map(|(year, month, length)| {
        let length = if month == 2 && year % 4 == 0 { 29 } else { length };
        (1..=length).map(move |day| (month, day))
    });
    // The first day of 2001 was a Monday.
    let fires = |(number, (month, day)): &(u32, (u32, u32))| fires_on(calendar, (*month, *day), (number + 1) % 7);
    (0..).zip(dates).filter(fires).map(|(number, _)| number).collect()
}

/// Whether it fires on a day: a month and a day of it, and a day of the week, from 0, which is Sunday.
pub(crate) fn fires_on(calendar: &Calendar, (month, day): (u32, u32), of_week: u32) -> bool {
    let of_week = calendar.days_of_week.contains(of_week);
    let of_month = calendar.days_of_month.contains(day);
    let is_either = !calendar.days_of_month.is_star && !calendar.days_of_week.is_star;
    let is_day = if is_either { of_week || of_month } else { of_week && of_month };
    calendar.months.contains(month) && is_day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(schedule: &str) -> Option<String> {
        shortest_gap(&Schedule::parse(schedule).unwrap()).map(spoken)
    }

    fn fires(schedule: &str) -> bool {
        let Schedule::Calendar(calendar) = Schedule::parse(schedule).unwrap() else { return true };
        ever_fires(&calendar)
    }

    #[test]
    fn gaps_are_the_shortest_there_are() {
        for (schedule, expected) in [
            ("* * * * *", "1 minute"),
            ("*/45 * * * *", "15 minutes"),
            ("0,1 * * * *", "1 minute"),
            ("0 */7 * * *", "3 hours"),
            ("30 4 * * *", "1 day"),
            ("0 6,18 * * 1", "12 hours"),
            ("0 0,23 * * *", "1 hour"),
            ("0 0,23 * * 1", "23 hours"),
            ("0 0 * * 1", "7 days"),
            ("0 0 * * 1,3", "2 days"),
            ("0 0 1 * *", "28 days"),
            ("0 0 1,15 * 5", "1 day"),
            ("0 0 29 2 *", "1461 days"),
            ("@hourly", "1 hour"),
            ("@every 90s", "90 seconds"),
        ] {
            assert_eq!(gap(schedule).as_deref(), Some(expected), "{schedule}");
        }
        assert_eq!(gap("0 0 31 2 *"), None);
        assert_eq!(gap("0,5 0 31 2 *"), None);
    }

    #[test]
    fn dates_that_no_year_has_never_come() {
        for schedule in ["0 0 30 2 *", "0 0 31 2,4,6,9,11 *", ", * * * *", "0 , * * *", "0 0 , * *", "0 0 * , *"] {
            assert!(!fires(schedule), "{schedule}");
        }
        for schedule in ["0 0 29 2 *", "0 0 31 2,3 *", "0 0 31 2 1", "0 0 , * 1", "@yearly", "* * * * *"] {
            assert!(fires(schedule), "{schedule}");
        }
    }
}
