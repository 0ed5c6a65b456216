//! What a plain scalar means to Kubernetes: YAML 1.1 as kubectl's conversion reads it.
//!
//! Follows `resolve` of gopkg.in/yaml.v2 (`resolve.go`), on which sigs.k8s.io/yaml stands: `y`, `yes`, `on` and their
//! opposites are booleans, `0755` and `0o17` octal, underscores in numbers are dropped, base 60 is unknown, and
//! timestamps stay strings.

use std::borrow::Cow;

use super::excerpt;

const STR: &str = "tag:yaml.org,2002:str";
/// The tag of base64 text.
pub(super) const BINARY: &str = "tag:yaml.org,2002:binary";
/// The tag of merge keys.
pub(super) const MERGE: &str = "tag:yaml.org,2002:merge";
const BOOL: &str = "tag:yaml.org,2002:bool";
const INT: &str = "tag:yaml.org,2002:int";
const FLOAT: &str = "tag:yaml.org,2002:float";
const NULL: &str = "tag:yaml.org,2002:null";
const TIMESTAMP: &str = "tag:yaml.org,2002:timestamp";

/// What a scalar that is no string means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number that only fits without a sign.
    Uint(u64),
    /// Any other number.
    Float(f64),
    /// A string: the text as it is written.
    Str,
}

impl Scalar {
    fn tag(self) -> &'static str {
        match self {
            Self::Null => NULL,
            Self::Bool(_) => BOOL,
            Self::Int(_) | Self::Uint(_) => INT,
            Self::Float(_) => FLOAT,
            Self::Str => STR,
        }
    }
}

/// What an untagged plain scalar means.
pub fn resolve(text: &str) -> Scalar {
    match text.as_bytes().first() {
        None => Scalar::Null,
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => word(text),
        Some(b'.') => special_float(text).or_else(|| go_float(text)).map_or(Scalar::Str, Scalar::Float),
        Some(b'+' | b'-' | b'0'..=b'9') => special_float(text).map_or_else(|| number(text), Scalar::Float),
        Some(_) => Scalar::Str,
    }
}

/// What a scalar with a tag means; the error says why Kubernetes refuses it.
///
/// A tag outside of YAML's own leaves a string.
pub fn resolve_tagged(text: &str, tag: &str) -> Result<Scalar, Cow<'static, str>> {
    let found = match tag {
        TIMESTAMP if is_timestamp(text) => return Ok(Scalar::Str),
        BOOL | INT | FLOAT | NULL | TIMESTAMP => resolve(text),
        _ => return Ok(Scalar::Str),
    };
    match found {
        Scalar::Int(value) if tag == FLOAT => Ok(Scalar::Float(as_float(value))),
        _ if found.tag() == tag => Ok(found),
        _ => Err(Cow::Owned(format!("cannot decode {} `{}` as a {}", short(found.tag()), excerpt(text), short(tag)))),
    }
}

fn short(tag: &str) -> String {
    tag.replace("tag:yaml.org,2002:", "!!")
}

#[expect(clippy::cast_precision_loss, reason = "Kubernetes converts with the same loss")]
pub(super) fn as_float(value: i64) -> f64 {
    value as f64
}

fn word(text: &str) -> Scalar {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        _ => Scalar::Str,
    }
}

fn special_float(text: &str) -> Option<f64> {
    match text {
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn number(text: &str) -> Scalar {
    let plain: Cow<'_, str> = if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
    integer(&plain).or_else(|| yaml_float(&plain).map(Scalar::Float)).unwrap_or(Scalar::Str)
}

/// Go's `strconv.ParseInt(text, 0, 64)`, and `ParseUint` where that overflows.
fn integer(text: &str) -> Option<Scalar> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (radix, digits) = radix_and_digits(unsigned)?;
    // `from_str_radix` would take a second sign.
    if !digits.bytes().all(|byte| char::from(byte).is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if negative {
        0_i64.checked_sub_unsigned(magnitude).map(Scalar::Int)
    } else if let Ok(value) = i64::try_from(magnitude) {
        Some(Scalar::Int(value))
    } else {
        // `ParseUint` takes no sign.
        (!text.starts_with('+')).then_some(Scalar::Uint(magnitude))
    }
}

fn radix_and_digits(text: &str) -> Option<(u32, &str)> {
    let bytes = text.as_bytes();
    let parts = match (bytes.first()?, bytes.get(1).map(u8::to_ascii_lowercase)) {
        (b'0', Some(b'x')) => (16, text.get(2..)?),
        (b'0', Some(b'o')) => (8, text.get(2..)?),
        (b'0', Some(b'b')) => (2, text.get(2..)?),
        (b'0', Some(_)) => (8, text.get(1..)?),
        _ => (10, text),
    };
    Some(parts)
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, within the range of a double.
fn yaml_float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let exponent_is_fine = exponent.is_none_or(|digits| is_digits(digits.strip_prefix(['-', '+']).unwrap_or(digits)));
    let mantissa_is_fine = match mantissa.split_once('.') {
        Some(("", fraction)) => is_digits(fraction),
        Some((whole, fraction)) => is_digits(whole) && (fraction.is_empty() || is_digits(fraction)),
        None => is_digits(mantissa),
    };
    if exponent_is_fine && mantissa_is_fine { go_float(text) } else { None }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Go's `strconv.ParseFloat` on text that begins with a digit, a sign or a point: out of range is an error.
fn go_float(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Whether Kubernetes' parser takes the text for a timestamp (`parseTimestamp` in yaml.v2's `resolve.go`).
fn is_timestamp(text: &str) -> bool {
    let Some((year, rest)) = text.split_once('-') else { return false };
    if year.len() != 4 || !is_digits(year) {
        return false;
    }
    let (date, time) = match rest.find(['T', 't', ' ']).and_then(|at| rest.split_at_checked(at)) {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    is_month_and_day(year, date) && time.is_none_or(is_time)
}

fn is_month_and_day(year: &str, date: &str) -> bool {
    let Some((month, day)) = date.split_once('-') else { return false };
    let (Some(month), Some(day)) = (short_number(month), short_number(day)) else { return false };
    let leap = year
        .parse::<u32>()
        .is_ok_and(|year| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// `T15:4:5.9Z` and ` 15:4:5.9`: a zone belongs to the first form and only to that.
fn is_time(time: &str) -> bool {
    let zoned = !time.starts_with(' ');
    let Some(clock) = time.get(1..) else { return false };
    let clock = match (zoned, clock.strip_suffix('Z'), clock.rfind(['+', '-'])) {
        (false, ..) => clock,
        (true, Some(clock), _) => clock,
        (true, None, Some(at)) => match clock.split_at_checked(at) {
            Some((clock, zone)) if is_zone(zone) => clock,
            _ => return false,
        },
        (true, None, None) => return false,
    };
    let mut parts = clock.splitn(3, ':');
    let (hour, minute, second) = (parts.next(), parts.next(), parts.next().unwrap_or(""));
    let (whole, fraction) = second.split_once('.').unwrap_or((second, "0"));
    hour.and_then(short_number).is_some_and(|hour| hour < 24)
        && minute.and_then(short_number).is_some_and(|minute| minute < 60)
        && short_number(whole).is_some_and(|second| second < 60)
        && is_digits(fraction)
}

fn is_zone(zone: &str) -> bool {
    zone.get(1..).and_then(|zone| zone.split_once(':')).is_some_and(|(hours, minutes)| {
        hours.len() == 2
            && minutes.len() == 2
            && is_digits(hours)
            && is_digits(minutes)
            && hours <= "24"
            && minutes < "60"
    })
}

fn short_number(text: &str) -> Option<u32> {
    (is_digits(text) && text.len() <= 2).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_yaml_1_1() {
        for word in ["y", "Yes", "ON", "true"] {
            assert_eq!(resolve(word), Scalar::Bool(true), "{word}");
        }
        for word in ["n", "No", "OFF", "False"] {
            assert_eq!(resolve(word), Scalar::Bool(false), "{word}");
        }
        for word in ["", "~", "null", "NULL"] {
            assert_eq!(resolve(word), Scalar::Null, "{word}");
        }
        for word in ["yEs", "nUll", "Never", "0.1.2", "1:30", "08:00", "2001-01-01", "1e400", "0xg", "--5", "-"] {
            assert_eq!(resolve(word), Scalar::Str, "{word}");
        }
    }

    #[test]
    fn numbers_are_read_as_go_reads_them() {
        for (text, value) in
            [("0755", 493), ("0o17", 15), ("0X1f", 31), ("1_000", 1000), ("-0b11", -3), ("+5", 5), ("-0", 0)]
        {
            assert_eq!(resolve(text), Scalar::Int(value), "{text}");
        }
        assert_eq!(resolve("18446744073709551615"), Scalar::Uint(u64::MAX));
        assert_eq!(resolve("+18446744073709551615"), Scalar::Float(18_446_744_073_709_551_615.0));
        for (text, value) in [("08", 8.0), ("1e3", 1000.0), (".5", 0.5), ("5.", 5.0), ("-1.5E-2", -0.015)] {
            assert_eq!(resolve(text), Scalar::Float(value), "{text}");
        }
    }

    #[test]
    fn tags_must_fit_their_values() {
        assert_eq!(resolve_tagged("yes", BOOL), Ok(Scalar::Bool(true)));
        assert_eq!(resolve_tagged("3", FLOAT), Ok(Scalar::Float(3.0)));
        assert_eq!(resolve_tagged("5", STR), Ok(Scalar::Str));
        assert_eq!(resolve_tagged("5", "!custom"), Ok(Scalar::Str));
        assert_eq!(resolve_tagged("2001-12-14t21:59:43.10-05:00", TIMESTAMP), Ok(Scalar::Str));
        assert_eq!(resolve_tagged("x", INT), Err(Cow::Borrowed("cannot decode !!str `x` as a !!int")));
        assert!(resolve_tagged("2001-02-30", TIMESTAMP).is_err());
    }
}
