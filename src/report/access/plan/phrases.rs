//! Times and lengths in words.

use crate::query::plan::Length;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const YEAR: u64 = 365 * DAY;

/// A time as people say it: `10s`, `1m 30s`, `2h`, `1d 4h`.
pub(super) fn spoken(seconds: u64) -> String {
    if seconds >= 2 * YEAR {
        return format!("over {} years", seconds / YEAR);
    }
    let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (1, "s")];
    let mut left = seconds;
    let parts = units.iter().filter_map(|(size, unit)| {
        let count = left / size;
        left %= size;
        (count > 0).then(|| format!("{count}{unit}"))
    });
    let parts: Vec<_> = parts.collect();
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

/// The same without spaces, for drawings.
pub(super) fn short(seconds: u64) -> String {
    if seconds >= 2 * YEAR { format!(">{}y", seconds / YEAR) } else { spoken(seconds).replace(' ', "") }
}

/// How long something takes: a time where that is known, and otherwise runs of a pod, and waiting.
pub(super) fn length(length: Length, run: Option<u64>) -> String {
    if let Some(run) = run {
        return spoken(length.total(run));
    }
    match (length.runs, length.waiting) {
        (0, waiting) => spoken(waiting),
        (runs, 0) => of_runs(runs),
        (runs, waiting) => format!("{} and {} of waiting", of_runs(runs), spoken(waiting)),
    }
}

fn of_runs(runs: u64) -> String {
    counted(runs, "run", "runs")
}

/// `1 pod`, `3 pods`.
pub(super) fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `1st`, `2nd`, `13th`.
pub(super) fn ordinal(number: u64) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_their_units() {
        for (seconds, expected) in [
            (0, "0s"),
            (59, "59s"),
            (60, "1m"),
            (630, "10m 30s"),
            (3600, "1h"),
            (100_000, "1d 3h 46m 40s"),
            (u64::MAX, "over 584942417355 years"),
        ] {
            assert_eq!(spoken(seconds), expected);
        }
    }

    #[test]
    fn lengths_are_runs_until_it_is_known_how_long_one_is() {
        assert_eq!(length(Length { runs: 7, waiting: 630 }, None), "7 runs and 10m 30s of waiting");
        assert_eq!(length(Length { runs: 1, waiting: 0 }, None), "1 run");
        assert_eq!(length(Length { runs: 7, waiting: 630 }, Some(30)), "14m");
    }

    #[test]
    fn numbers_have_their_endings() {
        let ordinals = [1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal);
        assert_eq!(ordinals, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"]);
    }
}
