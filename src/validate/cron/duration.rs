//! Durations such as `1h30m`, as Go reads them.

/// What is one more than the greatest number of nanoseconds.
const TOO_MANY: u64 = 1 << 63;

/// A number with a fraction, as whole numbers.
struct Number {
    whole: u64,
    fraction: u64,
    /// By what the fraction is to be divided.
    scale: f64,
}

/// `time.ParseDuration`: nanoseconds, or what is wrong.
pub(super) fn parse(text: &str) -> Result<i64, String> {
    let invalid = || format!("time: invalid duration {}", quoted(text));
    let (is_negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut sum: u64 = 0;
    while !rest.is_empty() {
        let (number, behind) = number(rest).ok_or_else(invalid)?;
        let end = behind.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(end).unwrap_or((behind, ""));
        if unit.is_empty() {
            return Err(format!("time: missing unit in duration {}", quoted(text)));
        }
        let size = nanoseconds(unit)
            .ok_or_else(|| format!("time: unknown unit {} in duration {}", quoted(unit), quoted(text)))?;
        // Two that are too many by one each make nothing, in Go as well.
        sum = sum.wrapping_add(number.times(size).ok_or_else(invalid)?);
        if sum > TOO_MANY {
            return Err(invalid());
        }
        rest = behind;
    }
    let signed = if is_negative { 0_i64.checked_sub_unsigned(sum) } else { i64::try_from(sum).ok() };
    signed.ok_or_else(invalid)
}

/// The number with which a text begins, and what stands behind it.
fn number(text: &str) -> Option<(Number, &str)> {
    let (digits, rest) = digits(text);
    let mut whole: u64 = 0;
    for digit in digits.bytes() {
        whole = whole.checked_mul(10)?.checked_add(u64::from(digit - b'0')).filter(|whole| *whole <= TOO_MANY)?;
    }
    let Some(rest) = rest.strip_prefix('.') else {
        return (!digits.is_empty()).then_some((Number { whole, fraction: 0, scale: 1.0 }, rest));
    };
    let (decimals, rest) = self::digits(rest);
    let (fraction, scale) = fraction(decimals);
    (!digits.is_empty() || !decimals.is_empty()).then_some((Number { whole, fraction, scale }, rest))
}

/// The digits with which a text begins, and what stands behind them.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The digits of a fraction as a number, and by what it is to be divided. Those for which there is no room are lost.
fn fraction(decimals: &str) -> (u64, f64) {
    let (mut fraction, mut scale) = (0_u64, 1.0);
    for digit in decimals.bytes() {
        let longer = fraction.checked_mul(10).and_then(|tens| tens.checked_add(u64::from(digit - b'0')));
        match longer.filter(|longer| fraction <= (TOO_MANY - 1) / 10 && *longer <= TOO_MANY) {
            Some(longer) => (fraction, scale) = (longer, scale * 10.0),
            None => break,
        }
    }
    (fraction, scale)
}

impl Number {
    /// So many units of this size; `None` where that is too many.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "Go computes the fraction like this; it is less than one unit"
    )]
    fn times(&self, size: u64) -> Option<u64> {
        let whole = self.whole.checked_mul(size).filter(|whole| *whole <= TOO_MANY)?;
        let part = (self.fraction as f64 * (size as f64 / self.scale)) as u64;
        Some(whole + part).filter(|sum| self.fraction == 0 || *sum <= TOO_MANY)
    }
}

fn nanoseconds(unit: &str) -> Option<u64> {
    let nanoseconds = match unit {
        "ns" => 1,
        // The micro sign and the Greek letter.
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    Some(nanoseconds)
}

/// A string as Go's package `time` quotes it: other than elsewhere in Go, byte by byte what is not ASCII.
fn quoted(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=0x7F => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
