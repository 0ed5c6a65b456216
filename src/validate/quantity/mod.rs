//! Amounts of resources, such as `100m` or `1.5Gi` (k8s.io/apimachinery/pkg/api/resource).

use std::cmp::Ordering;
use std::fmt;

/// The digits and zeros with which Kubernetes still computes in 64 bits.
const MOST_DIGITS: usize = 18;
/// The smallest part that an amount has: a thousand-millionth.
const NANO: i64 = -9;
const MILLI: i64 = -3;

/// Whether the API server takes a text for an amount.
pub(crate) fn is_quantity(text: &str) -> bool {
    Parts::read(text.trim()).is_some()
}

/// An amount in one way of writing, so that two are the same where their texts are; `None` where the text is none.
pub(crate) fn amount(text: &str) -> Option<String> {
    let quantity = Quantity::parse(text)?;
    let sign = if quantity.is_negative { "-" } else { "" };
    let digits: String = quantity.digits.iter().map(|&digit| char::from(b'0' + digit)).collect();
    Some(format!("{sign}{}e{}", if digits.is_empty() { "0" } else { &digits }, quantity.exponent))
}

/// An exact amount, and how it is to be printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Quantity {
    is_negative: bool,
    /// Decimal digits, the highest first, without zeros at either end; none where the amount is 0.
    digits: Vec<u8>,
    /// The amount is the digits times ten to the power of this.
    exponent: i64,
    format: Format,
    /// How it was written, where Kubernetes prints it back like that.
    written: Option<String>,
}

/// The suffixes with which an amount is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    /// `n`, `u`, `m`, none, `k`, `M`, and so on.
    #[default]
    Decimal,
    /// `Ki`, `Mi`, and so on.
    Binary,
    /// `e3`, `e6`, and so on.
    Exponent,
}

/// A text, cut into what is written in it.
struct Parts<'t> {
    is_negative: bool,
    /// Before the point, without zeros in front, but `0` where nothing else is left.
    whole: &'t str,
    /// Behind the point.
    fraction: &'t str,
    /// Whether there is any digit at all.
    has_digits: bool,
    suffix: &'t str,
}

impl<'t> Parts<'t> {
    /// Reads an amount: its parts, and the base, its power, and the format that its suffix stands for.
    fn read(text: &'t str) -> Option<(Self, u8, i64, Format)> {
        let parts = Self::of(text).filter(|_| !text.is_empty())?;
        let (base, exponent, format) = parts.scale()?;
        (parts.has_digits || parts.is_short(base, exponent)).then_some((parts, base, exponent, format))
    }

    fn of(text: &'t str) -> Option<Self> {
        let is_digit = |char: char| char.is_ascii_digit();
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, rest) = split_while(unsigned, is_digit);
        let (fraction, suffix) = match rest.strip_prefix('.') {
            Some(rest) => split_while(rest, is_digit),
            None => ("", rest),
        };
        let (_, number) = split_while(suffix, |char| "eEinumkKMGTP".contains(char));
        if !number.strip_prefix(['-', '+']).unwrap_or(number).bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let has_digits = !whole.is_empty() || !fraction.is_empty();
        let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
        Some(Self { is_negative: text.starts_with('-'), whole, fraction, has_digits, suffix })
    }

    /// The base, its power, and the format that a suffix stands for.
    fn scale(&self) -> Option<(u8, i64, Format)> {
        let decimal = |exponent| Some((10, exponent, Format::Decimal));
        let binary = |exponent| Some((2, exponent, Format::Binary));
        match self.suffix {
            "n" => decimal(-9),
            "u" => decimal(-6),
            "m" => decimal(-3),
            "" => decimal(0),
            "k" => decimal(3),
            "M" => decimal(6),
            "G" => decimal(9),
            "T" => decimal(12),
            "P" => decimal(15),
            "E" => decimal(18),
            "Ki" => binary(10),
            "Mi" => binary(20),
            "Gi" => binary(30),
            "Ti" => binary(40),
            "Pi" => binary(50),
            "Ei" => binary(60),
            other => {
                let exponent: i64 = other.strip_prefix(['e', 'E'])?.parse().ok()?;
                // What is beyond 32 bits is beyond anything that an amount could mean.
                Some((10, exponent.clamp(i32::MIN.into(), i32::MAX.into()), Format::Exponent))
            }
        }
    }

    /// Whether Kubernetes computes with it in 64 bits.
    fn is_short(&self, base: u8, exponent: i64) -> bool {
        let digits = self.whole.len() + self.fraction.len();
        if base == 10 {
            let places = i64::try_from(self.fraction.len()).unwrap_or(i64::MAX);
            digits <= MOST_DIGITS && exponent.saturating_sub(places) >= NANO
        } else {
            let spent = usize::try_from(exponent * 3 / 10).unwrap_or(MOST_DIGITS);
            self.fraction.is_empty() && digits + spent < 15
        }
    }

    /// Whether Kubernetes prints it as it is written; asked of short ones.
    fn is_printed_as_written(&self, base: u8, exponent: i64) -> bool {
        if base == 2 {
            return self.whole.parse::<u64>().is_ok_and(|value| value % 8 != 0);
        }
        let places = i64::try_from(self.fraction.len()).unwrap_or(0);
        let trailing = self.whole.bytes().chain(self.fraction.bytes()).rev().take_while(|&byte| byte == b'0').count();
        (exponent - places) % 3 == 0 && trailing < 3 && !self.whole.starts_with('0')
    }
}

/// Splits a text behind the characters with which it begins.
fn split_while(text: &str, mut belongs: impl FnMut(char) -> bool) -> (&str, &str) {
    let end = text.find(|char| !belongs(char)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

impl Quantity {
    /// Reads an amount; `None` where the API server would not.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (parts, base, exponent, format) = Parts::read(text)?;
        let is_short = parts.is_short(base, exponent);
        let digits = parts.whole.bytes().chain(parts.fraction.bytes()).map(|byte| byte - b'0').collect();
        let places = i64::try_from(parts.fraction.len()).unwrap_or(i64::MAX);
        let mut quantity =
            Self { is_negative: parts.is_negative, digits, exponent: places.saturating_neg(), format, written: None };
        if base == 2 {
            quantity.multiply(1_u64.checked_shl(u32::try_from(exponent).unwrap_or(0)).unwrap_or(u64::MAX));
        } else {
            quantity.exponent = quantity.exponent.saturating_add(exponent);
        }
        quantity.trim();
        if is_short {
            quantity.written = parts.is_printed_as_written(base, exponent).then(|| text.to_owned());
        } else {
            quantity.limit();
        }
        Some(quantity)
    }

    /// What Kubernetes does with amounts that take more than 64 bits.
    fn limit(&mut self) {
        self.round_up(NANO);
        if self.format == Format::Binary {
            let most = Self::of(i64::MAX.unsigned_abs());
            if self.compare_magnitude(&most).is_gt() {
                (self.digits, self.exponent) = (most.digits, most.exponent);
            }
            if self.compare_magnitude(&Self::of(1)).is_lt() {
                self.format = Format::Decimal;
            }
        }
    }

    fn of(number: u64) -> Self {
        let digits = number.to_string().bytes().map(|byte| byte - b'0').collect();
        let mut quantity = Self { digits, ..Self::default() };
        quantity.trim();
        quantity
    }

    fn multiply(&mut self, factor: u64) {
        let mut carry = 0_u128;
        let mut product = Vec::with_capacity(self.digits.len() + 20);
        for &digit in self.digits.iter().rev() {
            carry += u128::from(digit) * u128::from(factor);
            product.push(u8::try_from(carry % 10).unwrap_or(0));
            carry /= 10;
        }
        while carry > 0 {
            product.push(u8::try_from(carry % 10).unwrap_or(0));
            carry /= 10;
        }
        product.reverse();
        self.digits = product;
    }

    /// Takes the zeros away from both ends.
    fn trim(&mut self) {
        let leading = self.digits.iter().take_while(|&&digit| digit == 0).count();
        self.digits.drain(..leading);
        while self.digits.pop_if(|digit| *digit == 0).is_some() {
            self.exponent = self.exponent.saturating_add(1);
        }
        if self.digits.is_empty() {
            (self.is_negative, self.exponent) = (false, 0);
        }
    }

    /// Rounds away from 0, to a multiple of ten to the power of `exponent`. Whether that changed anything.
    fn round_up(&mut self, exponent: i64) -> bool {
        if self.is_zero() || self.exponent >= exponent {
            return false;
        }
        let dropped = usize::try_from(exponent - self.exponent).unwrap_or(usize::MAX);
        self.digits.truncate(self.digits.len().saturating_sub(dropped));
        self.exponent = exponent;
        let mut is_carried = true;
        for digit in self.digits.iter_mut().rev() {
            *digit = if *digit == 9 { 0 } else { *digit + 1 };
            is_carried = *digit == 0;
            if !is_carried {
                break;
            }
        }
        if is_carried {
            self.digits.insert(0, 1);
        }
        self.trim();
        true
    }

    /// What `SetDefaults_ResourceList` makes of it: a multiple of a thousandth.
    pub(super) fn rounded_to_milli(mut self) -> Self {
        if self.round_up(MILLI) {
            self.written = None;
        }
        self
    }

    /// Whether it is 0.
    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether it is below 0.
    pub(super) fn is_negative(&self) -> bool {
        self.is_negative
    }

    /// Whether it has no fraction.
    pub(super) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// Compares amounts; how they are written does not matter.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.compare_magnitude(other),
            (true, true) => other.compare_magnitude(self),
        }
    }

    fn compare_magnitude(&self, other: &Self) -> Ordering {
        // Without zeros at the ends, digits compare like fractions do, once the highest ones are at the same place.
        let highest = |quantity: &Self| {
            (!quantity.is_zero()).then(|| i64::try_from(quantity.digits.len()).unwrap_or(0) + quantity.exponent)
        };
        highest(self).cmp(&highest(other)).then_with(|| self.digits.cmp(&other.digits))
    }

    /// The number and the power of ten that is left for the suffix, which goes in thousands.
    fn canonical_decimal(&self) -> (String, i64) {
        let mut number: String = self.digits.iter().map(|&digit| char::from(b'0' + digit)).collect();
        let surplus = self.exponent.rem_euclid(3);
        number.extend((0..surplus).map(|_| '0'));
        (number, self.exponent - surplus)
    }

    /// Both together, printed like this one, or like the other where this one is 0.
    pub(super) fn plus(&self, other: &Self) -> Self {
        if self.is_zero() {
            return Self { written: None, ..other.clone() };
        }
        let exponent = self.exponent.min(other.exponent);
        let (Some(mut columns), Some(more)) = (self.columns(exponent), other.columns(exponent)) else {
            // One of them does not count beside the other.
            let greater = if self.compare_magnitude(other).is_lt() { other } else { self };
            return Self { written: None, format: self.format, ..greater.clone() };
        };
        columns.resize(columns.len().max(more.len()) + 1, 0);
        for (column, more) in columns.iter_mut().zip(more) {
            *column += more;
        }
        let is_negative = columns.iter().rev().find(|column| **column != 0).is_some_and(|column| *column < 0);
        let mut carry = 0;
        for column in &mut columns {
            let sum = carry + if is_negative { -*column } else { *column };
            (*column, carry) = (sum.rem_euclid(10), sum.div_euclid(10));
        }
        let digits = columns.iter().rev().map(|&column| u8::try_from(column).unwrap_or(0)).collect();
        let mut sum = Self { is_negative, digits, exponent, format: self.format, written: None };
        sum.trim();
        sum
    }

    /// The digits with their sign, the lowest first, from a power of ten on; `None` where there would be too many.
    fn columns(&self, exponent: i64) -> Option<Vec<i16>> {
        let zeros = usize::try_from(self.exponent - exponent).ok().filter(|&zeros| zeros < 10_000)?;
        let sign = if self.is_negative { -1 } else { 1 };
        let digits = self.digits.iter().rev().map(|&digit| sign * i16::from(digit));
        Some(std::iter::repeat_n(0, zeros).chain(digits).collect())
    }

    /// The amount in whole units, rounded away from 0 and without its sign; `None` where it needs more than 64 bits.
    pub(super) fn whole_units(&self) -> Option<u64> {
        let mut quantity = self.clone();
        quantity.round_up(0);
        quantity.magnitude()
    }

    /// The whole number that it is, where it fits into 64 bits.
    fn magnitude(&self) -> Option<u64> {
        let power = 10_u64.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let digits =
            self.digits.iter().try_fold(0_u64, |sum, &digit| sum.checked_mul(10)?.checked_add(digit.into()))?;
        digits.checked_mul(power)
    }

    /// The number and the suffix with which Kubernetes prints it.
    fn canonical(&self) -> (String, String) {
        if let (Format::Binary, Some(mut number @ 1024..)) = (self.format, self.magnitude()) {
            let suffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
            let power = suffixes.len().min(1 + usize::try_from(number.trailing_zeros() / 10).unwrap_or(0)) - 1;
            number >>= 10 * power;
            return (number.to_string(), suffixes.get(power).copied().unwrap_or_default().to_owned());
        }
        let (number, exponent) = self.canonical_decimal();
        let suffix = match (self.format, exponent) {
            (_, 0) => String::new(),
            (Format::Exponent, exponent) => format!("e{exponent}"),
            (_, exponent) => decimal_suffix(exponent).to_owned(),
        };
        (number, suffix)
    }
}

/// There is none for powers beyond what has a name; Kubernetes prints none there.
fn decimal_suffix(exponent: i64) -> &'static str {
    match exponent {
        -9 => "n",
        -6 => "u",
        -3 => "m",
        3 => "k",
        6 => "M",
        9 => "G",
        12 => "T",
        15 => "P",
        18 => "E",
        _ => "",
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(written) = &self.written {
            return f.write_str(written);
        }
        if self.is_zero() {
            return f.write_str("0");
        }
        let (number, suffix) = self.canonical();
        write!(f, "{}{number}{suffix}", if self.is_negative { "-" } else { "" })
    }
}

#[cfg(test)]
mod tests;
