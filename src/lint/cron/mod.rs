//! Schedules: what to write instead of one, or of a time zone, that the API server refuses.
//!
//! What is offered has been read as Kubernetes reads it: it would be accepted.

mod entry;
mod fields;
pub(super) mod scheduled;
mod word;
mod zone;

use super::advice;
use crate::diagnostic::Safety;
use crate::validate::cron::{Schedule, ScheduleError};
use crate::validate::{Error, ErrorKind, Part};
pub(super) use zone::{advice as advice_on_time_zone, meant as meant_time_zone};

/// What to do about an error of a schedule.
pub(super) fn advice_on_schedule(error: &Error) -> Option<String> {
    if error.kind == ErrorKind::Required {
        return Some("say when it fires, such as `\"0 3 * * *\"`, which is each day at 3".to_owned());
    }
    let text = advice::word(error);
    let part = match &error.at.part {
        Part::Within(range) => text.get(range.clone())?,
        _ => text.as_str(),
    };
    if error.detail.starts_with("cannot use TZ") {
        return Some(zone::beside_schedule(part.split_once("TZ=").map_or("", |(_, zone)| zone)));
    }
    let ScheduleError { message, range } = Schedule::parse(&text).err()?;
    if message != error.detail {
        return None;
    }
    if message.starts_with("provided bad location") {
        return Some(zone::beside_schedule(part));
    }
    if message.starts_with("expected exactly") {
        return Some(fields::advice(&text));
    }
    if text.starts_with('@') {
        return Some(word::advice(&text));
    }
    entry::advice(&text, range)
}

/// The schedule that was meant by one that the API server refuses, where it is clear, and whether it can be no other.
pub(super) fn repaired(error: &Error) -> Option<(String, Safety)> {
    let text = advice::word(error);
    let ScheduleError { message, range } = Schedule::parse(&text).err()?;
    if message != error.detail || text.starts_with('@') || text.contains("TZ") {
        return None;
    }
    entry::repaired(&text, range)
}

/// The name of the time zone that stands in a schedule, and the rest of it.
pub(super) fn without_time_zone(schedule: &str) -> Option<(&str, &str)> {
    let zone = schedule.strip_prefix("TZ=").or_else(|| schedule.strip_prefix("CRON_TZ="))?;
    let (zone, rest) = zone.split_once(' ')?;
    let rest = rest.trim();
    (!rest.is_empty() && !rest.contains("TZ")).then_some((zone, rest))
}

/// A text, where Kubernetes can read it as a schedule, and a person as well.
fn readable(text: String) -> Option<String> {
    (text.len() <= 100 && Schedule::parse(&text).is_ok()).then_some(text)
}

#[cfg(test)]
mod tests;
