//! What a schedule is, and its parts.

use std::ops::Range;
use std::time::Duration;

use super::entry::{DAYS_OF_MONTH, DAYS_OF_WEEK, HOURS, MINUTES, MONTHS, TimeField};
use super::piece::Piece;
use super::{descriptor, time_zone};

/// When a CronJob fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Whenever the clock shows one of these times.
    Calendar(Calendar),
    /// At this distance, in whole seconds, from one time to the next: `@every 90m`.
    Every(Duration),
}

/// The times at which a clock and a calendar are looked at. A time is one of them where each of its five parts is in
/// the set; days are looked up in two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// From 0 to 59.
    pub minutes: TimeField,
    /// From 0 to 23.
    pub hours: TimeField,
    /// From 1 to 31. Where neither this nor `days_of_week` is a star, a day in one of the two is enough.
    pub days_of_month: TimeField,
    /// From 1 to 12.
    pub months: TimeField,
    /// From 0, which is Sunday, to 6.
    pub days_of_week: TimeField,
}

/// Why a text is no schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleError {
    /// What the API server says about it.
    pub message: String,
    /// The part of the text at fault, in bytes.
    pub range: Range<usize>,
}

impl Schedule {
    /// Reads a schedule as Kubernetes does (`ParseStandard`).
    ///
    /// It may have a time zone in front (`TZ=UTC 0 3 * * *`), which is looked at and forgotten. The API server refuses
    /// such a schedule all the same.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        let whole = Piece::whole(text);
        if text.is_empty() {
            return Err(whole.error("empty spec string"));
        }
        let times = behind_time_zone(whole)?;
        if times.text.starts_with('@') {
            return descriptor::parse(times);
        }
        let fields = times.split_to_filled(char::is_whitespace);
        let &[minutes, hours, days_of_month, months, days_of_week] = fields.as_slice() else {
            let texts: Vec<_> = fields.iter().map(|field| field.text).collect();
            let message = format!("expected exactly 5 fields, found {}: [{}]", fields.len(), texts.join(" "));
            return Err(whole.error(message));
        };
        Ok(Self::Calendar(Calendar {
            minutes: MINUTES.parse(minutes)?,
            hours: HOURS.parse(hours)?,
            days_of_month: DAYS_OF_MONTH.parse(days_of_month)?,
            months: MONTHS.parse(months)?,
            days_of_week: DAYS_OF_WEEK.parse(days_of_week)?,
        }))
    }
}

/// What stands behind a time zone in front.
///
/// Where no blank ends the time zone, the original panics; here nothing stands behind it.
fn behind_time_zone(whole: Piece<'_>) -> Result<Piece<'_>, ScheduleError> {
    let Some(zone) = whole.behind("TZ=").or_else(|| whole.behind("CRON_TZ=")) else { return Ok(whole) };
    let (name, times) = zone.split_once(' ');
    match time_zone::load(name.text) {
        Ok(()) => Ok(times.trim()),
        Err(problem) => Err(name.error(format!("provided bad location {}: {problem}", name.text))),
    }
}
