//! Schedules of one word, and distances.

use super::readable;

const WORDS: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// How people write units, and how they are written, with the hours of a day and a week. Longer ones come first.
const UNITS: [(&str, &str, u64); 21] = [
    ("milliseconds", "ms", 1),
    ("seconds", "s", 1),
    ("minutes", "m", 1),
    ("second", "s", 1),
    ("minute", "m", 1),
    ("hours", "h", 1),
    ("weeks", "h", 168),
    ("hour", "h", 1),
    ("days", "h", 24),
    ("mins", "m", 1),
    ("secs", "s", 1),
    ("week", "h", 168),
    ("day", "h", 24),
    ("min", "m", 1),
    ("sec", "s", 1),
    ("hrs", "h", 1),
    ("hr", "h", 1),
    ("ms", "ms", 1),
    ("w", "h", 168),
    ("d", "h", 24),
    ("s", "s", 1),
];

/// What to do about a schedule that begins with `@`.
pub(super) fn advice(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    match lower.as_str() {
        "@reboot" => "a CronJob fires at times only: to run something once, make it a Job".to_owned(),
        _ if lower.starts_with("@every") => every(lower.trim_start_matches("@every").trim()),
        _ => {
            let near = WORDS.iter().filter(|_| lower.len() < 20).filter(|word| strsim::osa_distance(word, &lower) <= 2);
            match near.min_by_key(|word| strsim::osa_distance(word, &lower)) {
                Some(word) if *word == lower || *word == text.to_lowercase() => format!("write `{word}`"),
                Some(word) => format!("did you mean `{word}`?"),
                None => format!("write one of `{}`, `@every` with a duration, or five fields", WORDS.join("`, `")),
            }
        }
    }
}

fn every(duration: &str) -> String {
    if duration.is_empty() {
        return "say how long it is from one time to the next, as in `@every 1h30m`".to_owned();
    }
    let in_minutes = || readable(format!("@every {duration}m"));
    match readable(format!("@every {}", translated(duration))) {
        Some(text) => format!("write `{text}`"),
        None => match in_minutes() {
            Some(text) => format!("say in what unit, as in `{text}` for minutes; there are `h`, `m` and `s`"),
            None => "write a duration in hours, minutes and seconds, as in `@every 1h30m`".to_owned(),
        },
    }
}

/// A duration in Go's units, as far as it can be made out.
fn translated(duration: &str) -> String {
    let mut translated = String::new();
    let mut rest = duration;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let behind = behind.trim_start();
        let end = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(end).unwrap_or((behind, ""));
        if number.is_empty() || unit.is_empty() {
            return translated + rest;
        }
        let known = UNITS.iter().find(|(name, ..)| *name == unit);
        let (_, unit, times) = known.copied().unwrap_or((unit, unit, 1));
        match number.parse::<u64>().ok().and_then(|count| count.checked_mul(times)) {
            Some(count) => translated.extend([&count.to_string(), unit]),
            // A fraction stays what it is, where it is not one of days.
            None if times == 1 => translated.extend([number, unit]),
            None => return translated + rest,
        }
        rest = behind;
    }
}
