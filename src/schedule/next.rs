//! The next time at which a schedule fires, found as `SpecSchedule.Next` of `github.com/robfig/cron/v3` finds it.
//!
//! It looks at one field after the other, from the month to the second, and goes on from where it is until each fits.
//! What it makes of days on which a clock is changed follows from that, and from how Go makes a moment of a date: an hour
//! that the clock skips never comes, and one that it shows twice comes twice.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::gaps::fires_on;
use crate::validate::cron::{Calendar, Schedule, TimeField};

/// So many years are searched.
const YEARS: i16 = 5;

/// The first time after another at which a schedule fires, in a time zone; `None` where it does not within five years.
pub(crate) fn next(schedule: &Schedule, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
    let whole = Timestamp::from_second(after.as_second()).ok()?;
    match schedule {
        Schedule::Every(distance) => whole.checked_add(*distance).ok(),
        Schedule::Calendar(calendar) => Search::from(whole, calendar, zone)?.run(),
    }
}

/// A moment that is moved on until the calendar fits it.
struct Search<'a> {
    calendar: &'a Calendar,
    zone: &'a TimeZone,
    at: Timestamp,
    /// Whether it has been moved on, so that all that is finer than what is looked at is at its beginning.
    is_moved: bool,
}

/// Whether a field fits. Where it does not, the search begins again with the first one.
type Fits = Option<bool>;

impl<'a> Search<'a> {
    fn from(whole: Timestamp, calendar: &'a Calendar, zone: &'a TimeZone) -> Option<Self> {
        let at = whole.checked_add(SignedDuration::from_secs(1)).ok()?;
        Some(Self { calendar, zone, at, is_moved: false })
    }

    fn run(mut self) -> Option<Timestamp> {
        let last = self.clock().year().checked_add(YEARS)?;
        while self.clock().year() <= last {
            if self.month()? && self.day()? && self.hour()? && self.minute()? && self.second()? {
                return Some(self.at);
            }
        }
        None
    }

    fn clock(&self) -> DateTime {
        self.zone.to_datetime(self.at)
    }

    fn month(&mut self) -> Fits {
        while !has(&self.calendar.months, self.clock().month()) {
            if !self.is_moved {
                self.is_moved = true;
                self.at = moment(self.zone, self.clock().date().first_of_month().into())?;
            }
            self.at = moment(self.zone, self.clock().checked_add(1.month()).ok()?)?;
            if self.clock().month() == 1 {
                return Some(false);
            }
        }
        Some(true)
    }

    fn day(&mut self) -> Fits {
        while !self.is_day(self.clock().date()) {
            if !self.is_moved {
                self.is_moved = true;
                self.at = moment(self.zone, self.clock().date().into())?;
            }
            self.at = moment(self.zone, self.clock().checked_add(1.day()).ok()?)?;
            // Where the clock skips midnight, it has ended up an hour beside it.
            let hour = i64::from(self.clock().hour());
            let aside = if hour > 12 { 24 - hour } else { -hour };
            self.at = self.at.checked_add(SignedDuration::from_hours(aside)).ok()?;
            if self.clock().day() == 1 {
                return Some(false);
            }
        }
        Some(true)
    }

    fn is_day(&self, date: Date) -> bool {
        let day = (number(date.month()), number(date.day()));
        fires_on(self.calendar, day, number(date.weekday().to_sunday_zero_offset()))
    }

    fn hour(&mut self) -> Fits {
        while !has(&self.calendar.hours, self.clock().hour()) {
            if !self.is_moved {
                self.is_moved = true;
                let clock = self.clock();
                self.at = moment(self.zone, clock.date().at(clock.hour(), 0, 0, 0))?;
            }
            self.at = self.at.checked_add(SignedDuration::from_hours(1)).ok()?;
            if self.clock().hour() == 0 {
                return Some(false);
            }
        }
        Some(true)
    }

    fn minute(&mut self) -> Fits {
        while !has(&self.calendar.minutes, self.clock().minute()) {
            if !self.is_moved {
                self.is_moved = true;
                self.at = Timestamp::from_second(self.at.as_second().div_euclid(60) * 60).ok()?;
            }
            self.at = self.at.checked_add(SignedDuration::from_mins(1)).ok()?;
            if self.clock().minute() == 0 {
                return Some(false);
            }
        }
        Some(true)
    }

    /// The schedules of Kubernetes fire at the beginning of a minute.
    fn second(&mut self) -> Fits {
        while self.clock().second() != 0 {
            self.is_moved = true;
            self.at = self.at.checked_add(SignedDuration::from_secs(1)).ok()?;
            if self.clock().second() == 0 {
                return Some(false);
            }
        }
        Some(true)
    }
}

/// The moment of a date, as Go makes it (`time.Date`): where the clock skips it or shows it twice, by the offset that was
/// in force before or after the change, whichever Go comes upon.
fn moment(zone: &TimeZone, clock: DateTime) -> Option<Timestamp> {
    let as_utc = Offset::UTC.to_timestamp(clock).ok()?;
    let offset = zone.to_offset(as_utc);
    let guess = offset.to_timestamp(clock).ok()?;
    let (first, last) = (guess.min(as_utc), guess.max(as_utc));
    // A change between the two means that the offset looked up is not that of the guess.
    let changes = zone.following(first).next().is_some_and(|change| change.timestamp() <= last);
    if changes { zone.to_offset(guess).to_timestamp(clock).ok() } else { Some(guess) }
}

fn has(field: &TimeField, value: i8) -> bool {
    field.contains(number(value))
}

fn number(value: i8) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZoneDatabase;

    use super::*;

    /// The next times after one, as the clock shows them, with their offsets.
    fn times(schedule: &str, zone: &str, from: &str, count: usize) -> Vec<String> {
        let schedule = Schedule::parse(schedule).unwrap();
        let zone = TimeZoneDatabase::bundled().get(zone).unwrap();
        let mut at: Timestamp = from.parse().unwrap();
        let mut times = Vec::new();
        for _ in 0..count {
            let Some(next) = next(&schedule, &zone, at) else { break };
            assert!(next > at);
            at = next;
            times.push(at.to_zoned(zone.clone()).strftime("%m-%d %H:%M %:z").to_string());
        }
        times
    }

    #[test]
    fn times_come_one_after_the_other() {
        for (schedule, from, expected) in [
            ("*/15 * * * *", "2026-11-24T10:00:00Z", ["11-24 10:15", "11-24 10:30", "11-24 10:45"]),
            ("30 4 * * *", "2026-11-24T04:29:59.5Z", ["11-24 04:30", "11-25 04:30", "11-26 04:30"]),
            ("30 4 * * *", "2026-11-24T04:30:00Z", ["11-25 04:30", "11-26 04:30", "11-27 04:30"]),
            ("0 0 1,15 * 5", "2026-11-24T00:00:00Z", ["11-27 00:00", "12-01 00:00", "12-04 00:00"]),
            ("0 12 31 * *", "2026-11-24T00:00:00Z", ["12-31 12:00", "01-31 12:00", "03-31 12:00"]),
            ("59 23 29 2 *", "2026-11-24T00:00:00Z", ["02-29 23:59", "02-29 23:59", "02-29 23:59"]),
            ("@every 90m", "2026-11-24T10:00:07Z", ["11-24 11:30", "11-24 13:00", "11-24 14:30"]),
        ] {
            let expected = expected.map(|time| format!("{time} +00:00"));
            assert_eq!(times(schedule, "Etc/UTC", from, 3), expected, "{schedule}");
        }
        assert_eq!(times("0 0 31 2 *", "Etc/UTC", "2026-11-24T00:00:00Z", 3), [""; 0]);
        assert_eq!(times(", * * * *", "Etc/UTC", "2026-11-24T00:00:00Z", 3), [""; 0]);
    }

    #[test]
    fn an_hour_that_the_clock_skips_does_not_come() {
        let berlin = times("30 2 * * *", "Europe/Berlin", "2027-03-26T12:00:00Z", 3);
        assert_eq!(berlin, ["03-27 02:30 +01:00", "03-29 02:30 +02:00", "03-30 02:30 +02:00"]);
        let new_york = times("30 2 * * *", "America/New_York", "2027-03-12T12:00:00Z", 2);
        assert_eq!(new_york, ["03-13 02:30 -05:00", "03-15 02:30 -04:00"]);
        let half_hours = times("*/30 * * * *", "Europe/Berlin", "2027-03-28T00:00:00Z", 3);
        assert_eq!(half_hours, ["03-28 01:30 +01:00", "03-28 03:00 +02:00", "03-28 03:30 +02:00"]);
        let shortly_before = times("0 3 * * *", "Europe/Berlin", "2027-03-28T00:59:59Z", 2);
        assert_eq!(shortly_before, ["03-28 03:00 +02:00", "03-29 03:00 +02:00"]);
    }

    #[test]
    fn an_hour_that_the_clock_shows_twice_comes_twice() {
        let berlin = times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 3);
        assert_eq!(berlin, ["10-25 02:30 +02:00", "10-25 02:30 +01:00", "10-26 02:30 +01:00"]);
        let new_york = times("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", 3);
        assert_eq!(new_york, ["11-01 01:30 -04:00", "11-01 01:30 -05:00", "11-02 01:30 -05:00"]);
        let hourly = times("0 * * * *", "America/New_York", "2026-11-01T04:30:00Z", 3);
        assert_eq!(hourly, ["11-01 01:00 -04:00", "11-01 01:00 -05:00", "11-01 02:00 -05:00"]);
    }

    #[test]
    fn a_midnight_that_the_clock_skips_does_not_come() {
        let azores = times("0 0 * * *", "Atlantic/Azores", "2027-03-26T12:00:00Z", 3);
        assert_eq!(azores, ["03-27 00:00 -01:00", "03-29 00:00 +00:00", "03-30 00:00 +00:00"]);
        // The day after is found although its midnight is looked for from an hour beside it.
        let day = times("0 5 28 * *", "Atlantic/Azores", "2027-03-27T12:00:00Z", 2);
        assert_eq!(day, ["03-28 05:00 +00:00", "04-28 05:00 +00:00"]);
        let cairo = times("0 0 * * 5", "Africa/Cairo", "2027-04-28T12:00:00Z", 2);
        assert_eq!(cairo, ["05-07 00:00 +03:00", "05-14 00:00 +03:00"]);
    }

    #[test]
    fn half_hours_and_quarters_beside_greenwich_are_kept() {
        let lord_howe = times("15 2 * * *", "Australia/Lord_Howe", "2026-10-02T20:00:00Z", 2);
        assert_eq!(lord_howe, ["10-05 02:15 +11:00", "10-06 02:15 +11:00"]);
        let kathmandu = times("0 9 * * 1", "Asia/Kathmandu", "2026-11-24T00:00:00Z", 1);
        assert_eq!(kathmandu, ["11-30 09:00 +05:45"]);
    }
}
