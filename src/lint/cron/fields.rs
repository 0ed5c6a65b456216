//! Schedules with more fields than five, or fewer.

use super::readable;
use super::word;

const FIVE: &str = "write five fields: minute, hour, day of month, month and day of week, with `*` for any";

/// What to do about a schedule that has not got five fields.
pub(super) fn advice(text: &str) -> String {
    let fields: Vec<_> = text.split_whitespace().collect();
    match fields.as_slice() {
        [word] if word.starts_with('@') => {
            let word = (*word).to_owned();
            readable(word).map_or_else(|| FIVE.to_owned(), |word| format!("write `{word}` without anything around it"))
        }
        ["@every", duration @ ..] => word::advice(&format!("@every {}", duration.join(" "))),
        [word] => readable(format!("@{}", word.to_lowercase()))
            .map_or_else(|| FIVE.to_owned(), |word| format!("did you mean `{word}`?")),
        [times @ .., last] if times.len() == 5 && has_year(times, last) => {
            shorter(times).map_or_else(|| FIVE.to_owned(), |text| format!("Kubernetes has no years: write `{text}`"))
        }
        [_, times @ ..] if times.len() == 5 => {
            shorter(times).map_or_else(|| FIVE.to_owned(), |text| format!("Kubernetes has no seconds: write `{text}`"))
        }
        [_, times @ .., _] if times.len() == 5 => shorter(times).map_or_else(
            || FIVE.to_owned(),
            |text| format!("Kubernetes has neither seconds nor years: write `{text}`"),
        ),
        _ => FIVE.to_owned(),
    }
}

/// Whether the sixth field is one of years, as some clouds have it, and the first one not of seconds, as with Quartz:
/// one of the days is a question mark there, and tells where they stand.
fn has_year(times: &[&str], last: &str) -> bool {
    let is_year = last.len() >= 4 && last.bytes().take(4).all(|byte| byte.is_ascii_digit());
    is_year || matches!(times, [_, _, "?", ..] | [.., "?"])
}

fn shorter(times: &[&str]) -> Option<String> {
    readable(times.join(" "))
}
