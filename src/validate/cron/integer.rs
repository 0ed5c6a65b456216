//! Whole numbers, as Go reads them.

use super::ScheduleError;
use super::piece::Piece;
use crate::rbac::quoted::quoted;

/// A number that is not below zero, in a part of `entry`: where the part is empty, the entry is at fault.
pub(super) fn parse(text: Piece<'_>, entry: Piece<'_>) -> Result<u64, ScheduleError> {
    let place = if text.text.is_empty() { entry } else { text };
    let number = atoi(text.text).map_err(|problem| {
        let quoted = quoted(text.text);
        place.error(format!("failed to parse int from {}: strconv.Atoi: parsing {quoted}: {problem}", text.text))
    })?;
    u64::try_from(number).map_err(|_| place.error(format!("negative number ({number}) not allowed: {}", text.text)))
}

/// `strconv.Atoi`, on 64 bits. It reads from left to right: too many digits are noticed before what is no digit.
fn atoi(text: &str) -> Result<i64, &'static str> {
    const SYNTAX: &str = "invalid syntax";
    const RANGE: &str = "value out of range";
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return Err(SYNTAX);
    }
    let mut size: u64 = 0;
    for c in digits.chars() {
        let digit = c.to_digit(10).ok_or(SYNTAX)?;
        size = size.checked_mul(10).and_then(|size| size.checked_add(u64::from(digit))).ok_or(RANGE)?;
    }
    let number = if is_negative { 0_i64.checked_sub_unsigned(size) } else { 0_i64.checked_add_unsigned(size) };
    number.ok_or(RANGE)
}
