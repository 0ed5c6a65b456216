//! One of the five fields of a schedule, and the entries between its commas: `*`, `5`, `1-5`, `*/15`, `10-50/20`.

use std::ops::Range;

use super::piece::Piece;
use super::{ScheduleError, integer};

/// What one field of a schedule allows: a set of numbers below 64.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeField {
    /// The numbers, a bit for each.
    pub bits: u64,
    /// Whether one of its entries is a star, or a question mark, which is the same, without a step above 1.
    pub is_star: bool,
    /// Its entries as they are written; none where the schedule is a word, such as `@daily`.
    pub entries: Vec<Entry>,
}

/// One entry of a field: some numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands in the schedule, in bytes.
    pub range: Range<usize>,
    /// The first number.
    pub first: u64,
    /// The last number that it may reach.
    pub last: u64,
    /// From one number to the next. It may lead beyond the last, and then means the first only.
    pub step: u64,
}

impl TimeField {
    /// A field that allows one number only.
    pub(super) fn only(number: u64) -> Self {
        Self { bits: bits(number, number, 1), ..Self::default() }
    }

    /// Whether the number is in it.
    pub fn contains(&self, number: u32) -> bool {
        self.bits.checked_shr(number).is_some_and(|bits| bits & 1 == 1)
    }
}

/// What numbers a field may have, and their names.
#[derive(Debug)]
pub(super) struct Bounds {
    /// The least number.
    pub(super) least: u64,
    /// The greatest number.
    most: u64,
    /// The names of the numbers from the least on, in lower case.
    names: &'static [&'static str],
}

pub(super) const MINUTES: Bounds = Bounds { least: 0, most: 59, names: &[] };
pub(super) const HOURS: Bounds = Bounds { least: 0, most: 23, names: &[] };
pub(super) const DAYS_OF_MONTH: Bounds = Bounds { least: 1, most: 31, names: &[] };
pub(super) const MONTHS: Bounds = Bounds {
    least: 1,
    most: 12,
    names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
pub(super) const DAYS_OF_WEEK: Bounds =
    Bounds { least: 0, most: 6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] };

impl Bounds {
    /// A star.
    pub(super) fn all(&self) -> TimeField {
        TimeField { bits: bits(self.least, self.most, 1), is_star: true, entries: Vec::new() }
    }

    /// Reads a field. Commas with nothing between them are passed over; a field of nothing else is empty.
    pub(super) fn parse(&self, field: Piece<'_>) -> Result<TimeField, ScheduleError> {
        let mut read = TimeField::default();
        for piece in field.split_to_filled(|c| c == ',') {
            let (entry, is_star) = self.parse_entry(piece)?;
            read.bits |= bits(entry.first, entry.last, entry.step);
            read.is_star |= is_star;
            read.entries.push(entry);
        }
        Ok(read)
    }

    /// Reads an entry, and whether it is a star. The checks, and their order, are those of `getRange`.
    fn parse_entry(&self, entry: Piece<'_>) -> Result<(Entry, bool), ScheduleError> {
        let (span, steps) = entry.head_and_tail('/');
        let (low, highs) = span.head_and_tail('-');
        let is_star = matches!(low.text, "*" | "?");
        let (first, mut last) = match highs.as_slice() {
            // A star is not asked what stands behind its hyphens.
            _ if is_star => (self.least, self.most),
            [] => self.number(low, entry).map(|number| (number, number))?,
            &[high] => (self.number(low, entry)?, self.number(high, entry)?),
            _ => {
                self.number(low, entry)?;
                return Err(span.error(format!("too many hyphens: {}", entry.text)));
            }
        };
        let step = match steps.as_slice() {
            [] => 1,
            &[step] => integer::parse(step, entry)?,
            _ => return Err(entry.error(format!("too many slashes: {}", entry.text))),
        };
        if !steps.is_empty() && highs.is_empty() {
            last = self.most;
        }
        let high = highs.first().copied().unwrap_or(low);
        self.check(first, last, step, entry.text).map_err(|(fault, message)| {
            let place = match fault {
                Fault::First => low,
                Fault::Last => high,
                Fault::Both => span,
                Fault::Step => steps.first().copied().unwrap_or(entry),
            };
            place.error(message)
        })?;
        Ok((Entry { range: entry.range(), first, last, step }, is_star && step == 1))
    }

    fn check(&self, first: u64, last: u64, step: u64, entry: &str) -> Result<(), (Fault, String)> {
        let Self { least, most, .. } = self;
        if first < *least {
            Err((Fault::First, format!("beginning of range ({first}) below minimum ({least}): {entry}")))
        } else if last > *most {
            Err((Fault::Last, format!("end of range ({last}) above maximum ({most}): {entry}")))
        } else if first > last {
            Err((Fault::Both, format!("beginning of range ({first}) beyond end of range ({last}): {entry}")))
        } else if step == 0 {
            Err((Fault::Step, format!("step of range should be a positive number: {entry}")))
        } else {
            Ok(())
        }
    }

    /// A number, or the name of one.
    fn number(&self, text: Piece<'_>, entry: Piece<'_>) -> Result<u64, ScheduleError> {
        let is_named = |name: &str| text.text.chars().map(lower).eq(name.chars());
        match (self.least..).zip(self.names).find(|(_, name)| is_named(name)) {
            Some((number, _)) => Ok(number),
            None => integer::parse(text, entry),
        }
    }
}

/// Which part of an entry is at fault.
enum Fault {
    First,
    Last,
    Both,
    Step,
}

/// A letter in lower case, as far as the names can have it. Go makes a plain `i` of the Turkish one with a dot, too.
fn lower(c: char) -> char {
    if c == 'İ' { 'i' } else { c.to_ascii_lowercase() }
}

/// Every `step`th number from `first` to `last`.
fn bits(first: u64, last: u64, step: u64) -> u64 {
    let numbers = std::iter::successors(Some(first), |number| number.checked_add(step.max(1)));
    numbers.take_while(|number| *number <= last.min(63)).fold(0, |bits, number| bits | 1 << number)
}
