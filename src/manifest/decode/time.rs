//! Times as the API server reads them.

/// Whether a text is a time of RFC 3339, such as `2026-01-31T08:30:00Z`, as Go's `time.Parse` has it.
pub(super) fn is_rfc3339(text: &str) -> bool {
    parse(text.as_bytes()).is_some()
}

/// Takes the parts of a time from the front of a text, one after the other.
fn parse(text: &[u8]) -> Option<()> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix(b"-")?, 2)?;
    let (day, rest) = digits(rest.strip_prefix(b"-")?, 2)?;
    let (hour, rest) = digits(rest.strip_prefix(b"T")?, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(b":")?, 2)?;
    let (second, rest) = digits(rest.strip_prefix(b":")?, 2)?;
    let is_time = (1..=days_of(month, year)?).contains(&day) && hour < 24 && minute < 60 && second < 60;
    let rest = without_fraction(rest)?;
    (is_time && is_zone(rest)).then_some(())
}

fn digits(text: &[u8], count: usize) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at_checked(count)?;
    let number = digits
        .iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))?;
    Some((number, rest))
}

fn days_of(month: u32, year: u32) -> Option<u32> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if is_leap { 29 } else { 28 }),
        _ => None,
    }
}

/// The text behind the fraction of a second, where there is one. `None` where it has no digits.
fn without_fraction(text: &[u8]) -> Option<&[u8]> {
    let Some(fraction) = text.strip_prefix(b".") else { return Some(text) };
    let end = fraction.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(fraction.len());
    if end == 0 { None } else { fraction.get(end..) }
}

fn is_zone(text: &[u8]) -> bool {
    let offset = |text: &[u8]| {
        let (hours, rest) = digits(text, 2)?;
        let (minutes, rest) = digits(rest.strip_prefix(b":")?, 2)?;
        Some(hours < 24 && minutes < 60 && rest.is_empty())
    };
    match text {
        b"Z" => true,
        [b'+' | b'-', rest @ ..] => offset(rest).unwrap_or(false),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_from_what_looks_like_them() {
        for text in [
            "2026-01-31T08:30:00Z",
            "2024-02-29T23:59:59.123456789+05:30",
            "0001-01-01T00:00:00-12:00",
            "2000-02-29T00:00:00.5Z",
        ] {
            assert!(is_rfc3339(text), "{text}");
        }
        for text in [
            "",
            "2026-01-31",
            "2026-01-31 08:30:00Z",
            "2026-01-31T08:30:00",
            "2026-02-29T08:30:00Z",
            "1900-02-29T08:30:00Z",
            "2026-13-01T08:30:00Z",
            "2026-00-01T08:30:00Z",
            "2026-01-00T08:30:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T08:60:00Z",
            "2026-01-31T08:30:60Z",
            "2026-01-31T08:30Z",
            "2026-01-31T08:30:00.Z",
            "2026-01-31T08:30:00z",
            "2026-01-31t08:30:00Z",
            "2026-01-31T08:30:00+0530",
            "2026-01-31T08:30:00+24:00",
            "2026-01-31T08:30:00Z ",
            "+026-01-31T08:30:00Z",
            "2026-01-31T08:30:00é",
        ] {
            assert!(!is_rfc3339(text), "{text}");
        }
    }
}
