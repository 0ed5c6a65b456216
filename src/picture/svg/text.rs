//! How wide text is, without a font at hand.

/// Widths of the signs from space to tilde in hundredths of the font size: those of a wide sans-serif font, so that text
/// in any usual one fits into what is measured here.
static WIDTHS: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 56, 102, 68, 69, 72, 77, 67, 61, 78, 75, 29, 50, 67, 56, 86, 75, 79, 67, 79, 72, 67, 61, 73, 68, 99, 69,
    67, 69, 39, 34, 39, 84, 56, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63,
    59, 82, 59, 59, 52, 64, 34, 64, 84,
];

/// How wide a text is at most, in the unit of the font size.
pub(super) fn width(text: &str, font_size: f64) -> f64 {
    text.chars().map(of_char).sum::<f64>() * font_size
}

fn of_char(c: char) -> f64 {
    let place = u32::from(c).checked_sub(u32::from(' ')).and_then(|place| usize::try_from(place).ok());
    match place.and_then(|place| WIDTHS.get(place)) {
        Some(&hundredths) => f64::from(hundredths) / 100.0,
        None if c == '·' => 0.32,
        None if c < '\u{1100}' => 0.8,
        // The ellipsis, and scripts that fill a square with each sign.
        None => 1.0,
    }
}

/// The text, or as much of its beginning and end as fits: names that are much alike differ at either of them.
pub(super) fn elided(text: &str, font_size: f64, room: f64) -> String {
    if width(text, font_size) <= room {
        return text.to_owned();
    }
    let half = (room / font_size - of_char('…')) / 2.0;
    let fitting = |chars: &mut dyn Iterator<Item = char>| {
        let mut left = half;
        let fits = |c: &char| {
            left -= of_char(*c);
            left >= 0.0
        };
        chars.take_while(fits).collect::<Vec<_>>()
    };
    let mut end = fitting(&mut text.chars().rev());
    end.reverse();
    fitting(&mut text.chars()).into_iter().chain(['…']).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_keeps_its_ends() {
        assert_eq!(elided("short", 12.0, 100.0), "short");
        let long = "topic-operator-cluster-role-binding";
        let short = elided(long, 12.0, 100.0);
        assert!(width(&short, 12.0) <= 100.0, "{short}");
        assert!(short.starts_with("topic-") && short.ends_with("nding") && short.contains('…'), "{short}");
        assert_eq!(elided("日本語の名前", 10.0, 30.0), "日…前");
        assert_eq!(elided("anything", 12.0, 0.0), "…");
    }
}
