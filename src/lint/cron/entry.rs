//! Single entries of the five fields.

use std::ops::Range;

use super::readable;
use crate::diagnostic::Safety;
use crate::yaml::excerpt;

/// One of the five fields.
struct Kind {
    /// What its numbers are.
    what: &'static str,
    least: u64,
    most: u64,
    /// The names of its numbers from the least on.
    names: &'static [&'static str],
}

const NUMBERS: [Kind; 5] = [
    Kind { what: "minutes", least: 0, most: 59, names: &[] },
    Kind { what: "hours", least: 0, most: 23, names: &[] },
    Kind { what: "days of the month", least: 1, most: 31, names: &[] },
    Kind {
        what: "months",
        least: 1,
        most: 12,
        names: &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    },
    Kind { what: "days of the week", least: 0, most: 6, names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
];

/// An entry of a field.
struct Entry<'t> {
    text: &'t str,
    /// The part of it that is wrong.
    fault: &'t str,
    /// In which field it stands, from 0.
    index: usize,
    kind: &'static Kind,
}

/// What to do about an entry of which a part is wrong.
pub(super) fn advice(schedule: &str, fault: Range<usize>) -> Option<String> {
    let entry = Entry::around(schedule, fault)?;
    let advice = entry.of_another_dialect().or_else(|| entry.wrapped()).or_else(|| entry.beyond());
    Some(advice.or_else(|| entry.respelled()).unwrap_or_else(|| entry.in_general()))
}

/// A schedule in which the field with a wrong entry has others instead, where it is clear which. Sunday as 7 means one
/// thing only; a range over the end is a guess.
pub(super) fn repaired(schedule: &str, fault: Range<usize>) -> Option<(String, Safety)> {
    let Entry { index, kind, .. } = Entry::around(schedule, fault.clone())?;
    let (before, behind) = (schedule.get(..fault.start)?, schedule.get(fault.end..)?);
    let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let end = fault.end + behind.find(char::is_whitespace).unwrap_or(behind.len());
    let days_of_month = schedule.split_whitespace().nth(2)?;
    let mut safety = Safety::Safe;
    let mut entries: Vec<String> = Vec::new();
    for text in schedule.get(start..end)?.split(',').filter(|text| !text.is_empty()) {
        let entry = Entry { text, fault: text, index, kind };
        let sunday = entry.within().filter(|_| kind.what == "days of the week");
        // A star is more than all days of the week: beside it, the days of the month count.
        let sunday = sunday.filter(|days| days != "*" || matches!(days_of_month, "*" | "?"));
        let write = sunday.or_else(|| entry.around_the_end().inspect(|_| safety = Safety::Unsafe));
        for entry in write.as_deref().unwrap_or(text).split(',') {
            if !entries.iter().any(|known| known == entry) {
                entries.push(entry.to_owned());
            }
        }
    }
    let (in_front, rest) = (schedule.get(..start)?, schedule.get(end..)?);
    Some((readable(format!("{in_front}{}{rest}", entries.join(",")))?, safety))
}

impl<'t> Entry<'t> {
    /// The entry around a part of a schedule. Its field is told by how many stand before it.
    fn around(schedule: &'t str, fault: Range<usize>) -> Option<Self> {
        let (before, behind) = (schedule.get(..fault.start)?, schedule.get(fault.end..)?);
        let is_end = |c: char| c == ',' || c.is_whitespace();
        let start = fault.start - before.rsplit(is_end).next().map_or(0, str::len);
        let end = fault.end + behind.find(is_end).unwrap_or(behind.len());
        let in_front = schedule.get(..start)?;
        let complete = in_front.split_whitespace().count();
        let index = if in_front.ends_with(',') { complete.checked_sub(1)? } else { complete };
        Some(Self { text: schedule.get(start..end)?, fault: schedule.get(fault)?, index, kind: NUMBERS.get(index)? })
    }

    /// What to write where the entry is to be others, which Kubernetes can read.
    fn instead(&self, entries: &str) -> Option<String> {
        let mut fields = ["*"; NUMBERS.len()];
        *fields.get_mut(self.index)? = entries;
        readable(fields.join(" "))?;
        let of_what =
            if self.fault == self.text { String::new() } else { format!(" instead of `{}`", excerpt(self.text)) };
        Some(format!("write `{entries}`{of_what}"))
    }

    /// Signs that other readers of crontabs know.
    fn of_another_dialect(&self) -> Option<String> {
        let upper = self.text.to_ascii_uppercase();
        let letters: String = upper.chars().filter(char::is_ascii_alphabetic).collect();
        let advice = match (self.kind.what, letters.as_str()) {
            _ if upper.contains('#') => {
                "Kubernetes has no `#`: fire each week, and let the job end early in the other weeks of a month"
            }
            ("days of the month", "L") => {
                "Kubernetes has no `L`: fire on `28-31`, and let the job end early where the month goes on after that day"
            }
            ("days of the week", "L") => {
                "Kubernetes has no `L`: fire each week, and let the job end early in all but the last week of a month"
            }
            ("days of the month", "W" | "LW") => {
                "Kubernetes has no `W`: fire on each day that it can be, and let the job end early on the others"
            }
            (_, "H") => "Kubernetes has no `H`: choose a number",
            _ => return None,
        };
        Some(advice.to_owned())
    }

    /// A range over the end, such as from Friday to Monday.
    fn wrapped(&self) -> Option<String> {
        self.instead(&self.around_the_end()?)
    }

    /// The entries that such a range stands for.
    fn around_the_end(&self) -> Option<String> {
        let (span, step) = self.text.split_once('/').unwrap_or((self.text, "1"));
        let (low, high) = span.split_once('-')?;
        let (first, last, step) = (self.kind.number(low)?, self.kind.number(high)?, step.parse::<u64>().ok()?);
        let Kind { least, most, .. } = *self.kind;
        if first <= last || first > most || last < least || step == 0 {
            return None;
        }
        let name = |number: u64| self.kind.name_like(number, low);
        if step == 1 {
            let until_end = if first == most { name(most) } else { format!("{}-{}", name(first), name(most)) };
            let from_start = if last == least { name(least) } else { format!("{}-{}", name(least), name(last)) };
            return Some(format!("{until_end},{from_start}"));
        }
        let count = most - least + 1;
        let numbers = (first..=last + count).step_by(usize::try_from(step).ok()?);
        let numbers: Vec<_> = numbers.map(|number| name(if number > most { number - count } else { number })).collect();
        Some(numbers.join(","))
    }

    /// One more than the greatest number, which people take for the least: 24 o'clock, minute 60, Sunday as 7.
    fn beyond(&self) -> Option<String> {
        let write = self.instead(&self.within()?)?;
        let Kind { what, most, .. } = *self.kind;
        let why = match most {
            6 if self.fault == self.text => ", and Sunday is `0`",
            _ => "",
        };
        Some(format!("{write}: {what} are numbers from 0 to {most}{why}"))
    }

    /// The entries that are meant by one that goes one beyond the greatest number.
    fn within(&self) -> Option<String> {
        let Kind { least: 0, most, .. } = *self.kind else { return None };
        let (span, step) = self.text.split_once('/').map_or((self.text, None), |(span, step)| (span, Some(step)));
        let (low, high) = span.split_once('-').unwrap_or((span, span));
        let (first, last) = (self.kind.number(low)?, self.kind.number(high)?);
        if last != most + 1 || first > last {
            return None;
        }
        Some(match (first, step) {
            (first, None) if first == last => "0".to_owned(),
            (0 | 1, None) => "*".to_owned(),
            (first, None) if first == most => format!("{low},0"),
            (_, None) => format!("{low}-{most},0"),
            (first, Some(step)) => {
                let is_reached = step.parse::<u64>().is_ok_and(|step| step > 0 && (last - first).is_multiple_of(step));
                let least = if is_reached && first > 0 { ",0" } else { "" };
                format!("{low}-{most}/{step}{least}")
            }
        })
    }

    /// Names that are written out, steps of nothing, and signs too many.
    fn respelled(&self) -> Option<String> {
        let short = shortened(self.text);
        if let Some(write) = self.instead(&short).filter(|_| short != self.text) {
            return Some(write);
        }
        match self.text.split_once('/') {
            Some((span, step)) if !step.is_empty() && step.bytes().all(|byte| byte == b'0') => {
                self.instead(span).map(|write| format!("a step is at least 1: {write}"))
            }
            Some((span, "")) => self.instead(span),
            _ => None,
        }
    }

    fn in_general(&self) -> String {
        let Kind { what, least, most, names } = self.kind;
        let numbers = format!("{what} are numbers from {least} to {most}");
        let is_name = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(&shortened(self.text)));
        match names.first() {
            Some(name) => format!("{numbers}, or names such as `{name}`"),
            None if NUMBERS.iter().any(|kind| is_name(kind.names)) => {
                format!("{numbers}; names of months go into the fourth field, those of days into the fifth")
            }
            None => numbers,
        }
    }
}

impl Kind {
    /// A number, or what a name stands for, in short or in full.
    fn number(&self, text: &str) -> Option<u64> {
        let short = shortened(text);
        let mut named = (self.least..).zip(self.names).filter(|(_, name)| name.eq_ignore_ascii_case(&short));
        named.next().map(|(number, _)| number).or_else(|| text.parse().ok())
    }

    /// A number as it is written where another is written like this.
    fn name_like(&self, number: u64, other: &str) -> String {
        let is_name = other.starts_with(|c: char| c.is_ascii_alphabetic());
        let index = usize::try_from(number - self.least).unwrap_or_default();
        match self.names.get(index).filter(|_| is_name) {
            Some(name) if other.bytes().all(|byte| byte.is_ascii_lowercase()) => name.to_ascii_lowercase(),
            Some(name) => (*name).to_owned(),
            None => number.to_string(),
        }
    }
}

/// A text with only the first three letters of each name in it.
fn shortened(text: &str) -> String {
    let mut letters = 0;
    let keep = |c: &char| {
        letters = if c.is_ascii_alphabetic() { letters + 1 } else { 0 };
        letters <= 3
    };
    text.chars().filter(keep).collect()
}
