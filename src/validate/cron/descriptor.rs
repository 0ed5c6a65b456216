//! Schedules of one word: `@daily`, and `@every` with a duration.

use std::time::Duration;

use super::duration;
use super::entry::{DAYS_OF_MONTH, DAYS_OF_WEEK, HOURS, MINUTES, MONTHS, TimeField};
use super::piece::Piece;
use super::schedule::{Calendar, Schedule, ScheduleError};

/// Reads a schedule that begins with `@`.
pub(super) fn parse(text: Piece<'_>) -> Result<Schedule, ScheduleError> {
    let calendar = match text.text {
        "@yearly" | "@annually" => Calendar {
            days_of_month: TimeField::only(1),
            months: TimeField::only(1),
            days_of_week: DAYS_OF_WEEK.all(),
            ..at_midnight()
        },
        "@monthly" => Calendar { days_of_month: TimeField::only(1), ..at_midnight() },
        "@weekly" => Calendar { days_of_week: TimeField::only(0), ..at_midnight() },
        "@daily" | "@midnight" => at_midnight(),
        "@hourly" => Calendar { hours: HOURS.all(), ..at_midnight() },
        _ => return every(text),
    };
    Ok(Schedule::Calendar(calendar))
}

/// Midnight of each day.
fn at_midnight() -> Calendar {
    Calendar {
        minutes: TimeField::only(MINUTES.least),
        hours: TimeField::only(HOURS.least),
        days_of_month: DAYS_OF_MONTH.all(),
        months: MONTHS.all(),
        days_of_week: DAYS_OF_WEEK.all(),
    }
}

fn every(text: Piece<'_>) -> Result<Schedule, ScheduleError> {
    let Some(distance) = text.behind("@every ") else {
        return Err(text.error(format!("unrecognized descriptor: {}", text.text)));
    };
    match duration::parse(distance.text) {
        // Less than a second, and less than nothing, is a second.
        Ok(nanoseconds) => {
            let seconds = nanoseconds.div_euclid(1_000_000_000).max(1);
            Ok(Schedule::Every(Duration::from_secs(seconds.unsigned_abs())))
        }
        Err(problem) => {
            let place = if distance.text.is_empty() { text } else { distance };
            Err(place.error(format!("failed to parse duration {}: {problem}", text.text)))
        }
    }
}
