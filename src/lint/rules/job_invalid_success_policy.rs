//! A successPolicy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-success-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a successPolicy that the API server refuses",
    page: include_str!("../../../rules/job-invalid-success-policy.md"),
    check: Check::Refused { family: Family::SuccessPolicy, help },
};

fn help(error: &Error) -> Option<String> {
    let help = match (advice::key(error), error.kind) {
        ("successPolicy", _) => "add `completionMode: Indexed` and `completions`, or remove `successPolicy`",
        ("rules", ErrorKind::TooMany) => "leave 20 rules or fewer; the Job has succeeded when one of them is met",
        ("rules", _) if error.field.ends_with("rules") => {
            "add a rule, such as `succeededCount: 1`, or remove `successPolicy`: then all indexes have to succeed"
        }
        ("rules", _) => "say which indexes have to succeed (`succeededIndexes`), or how many (`succeededCount`)",
        ("succeededCount", _) => return Some(count(&error.detail)),
        ("succeededIndexes", ErrorKind::TooLong) => "join indexes that follow each other to intervals: `0-99`",
        ("succeededIndexes", _) => return Some(indexes(error)),
        _ => return None,
    };
    Some(help.to_owned())
}

fn count(detail: &str) -> String {
    let most = detail.strip_prefix("must be less than or equal to ").and_then(|rest| rest.split(' ').next());
    match (most, detail.contains("succeededIndexes")) {
        (Some("0"), true) => "correct `succeededIndexes` first: it names no index".to_owned(),
        (Some(most), true) => format!("lower it to {most}, or leave it out to ask for all of these indexes"),
        (Some(most), false) => format!("lower it to {most}"),
        (None, _) => "write how many indexes have to succeed".to_owned(),
    }
}

fn indexes(error: &Error) -> String {
    if error.detail.contains("too large index") {
        return "indexes count from 0, so that the last one is one less than `completions`".to_owned();
    }
    let text = advice::word(error);
    match in_order(&text).filter(|order| *order != text && order.len() <= LONGEST) {
        Some(order) => format!("write `{order}`"),
        None => "write indexes and intervals in ascending order with commas between them, such as `0,2-4`".to_owned(),
    }
}

/// Lists longer than this are worth no copy of them.
const LONGEST: usize = 60;

/// The same indexes in the order that the API server wants. `None` where they cannot be read.
fn in_order(text: &str) -> Option<String> {
    let pieces = text.split(',').map(str::trim).filter(|piece| !piece.is_empty());
    let mut intervals = pieces.map(interval).collect::<Option<Vec<_>>>()?;
    intervals.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (from, to) in intervals {
        match joined.last_mut().filter(|(_, last)| from <= *last) {
            Some((_, last)) => *last = to.max(*last),
            None => joined.push((from, to)),
        }
    }
    let written = |(from, to): (u32, u32)| if from == to { from.to_string() } else { format!("{from}-{to}") };
    Some(joined.into_iter().map(written).collect::<Vec<_>>().join(","))
}

fn interval(text: &str) -> Option<(u32, u32)> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    Some(if from <= to { (from, to) } else { (to, from) })
}
