//! What was read of audit logs, and what was done, in words.

use std::fmt::Write as _;

use super::super::words;
use crate::audit::{Names, Reading};
use crate::query::{Least, UsedRow};
use crate::rbac::{Action, Rule, full_resource};

/// What was read, in one line: never silent about what could not be.
pub fn reading(reading: &Reading) -> Vec<String> {
    let Reading { lines, requests, kept, undecided, broken, foreign, first_unread, first, last } = reading;
    let span = span(first.as_deref(), last.as_deref()).map(|span| format!(", {span}")).unwrap_or_default();
    let read = count(*lines, "line", "lines");
    let mut text = format!("{read} of the log: {}{span}; {kept} count here", count(*requests, "request", "requests"));
    if *undecided > 0 {
        let _ = write!(text, "; {undecided} ended before anything was decided");
    }
    let mut said = vec![text];
    let unread = [(*broken, "could not be read"), (*foreign, "no events of an audit log")];
    for (number, what) in unread.into_iter().filter(|(number, _)| *number > 0) {
        said.push(format!("note: {}: {what}", count(number, "line", "lines")));
    }
    said.extend(first_unread.iter().map(|first| format!("  the first: {first}")));
    said
}

/// From when to when, to the second.
fn span(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let second = |time: &str| match time.split_once('.') {
        Some((second, _)) => format!("{second}Z"),
        None => time.to_owned(),
    };
    let (first, last) = (second(first?), second(last?));
    Some(words::shown(&if first == last { first } else { format!("{first} to {last}") }))
}

/// How many requests somebody made, and when.
pub(super) fn requests(least: &Least) -> String {
    let span = span(least.first.as_deref(), least.last.as_deref()).map(|span| format!(", {span}")).unwrap_or_default();
    format!("{} allowed, {} denied{span}", count(least.allowed, "request", "requests"), least.denied)
}

pub(super) fn count(number: u64, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// With which names something was done, in a few words: all of up to three.
pub(super) fn names(names: &Names) -> String {
    const MOST: usize = 3;
    let number = names.known.len();
    let mut said: Vec<_> = match number {
        0 => Vec::new(),
        _ if names.has_more => vec![format!("more than {number}")],
        _ if number > MOST => vec![format!("{number} names")],
        _ => names.known.iter().map(|name| words::shown(name)).collect(),
    };
    if names.has_unnamed && number > 0 {
        said.push("and without a name".to_owned());
    }
    said.join(", ")
}

/// `pods`, `deployments.apps/scale`, `/metrics`.
pub(super) fn what(action: &Action) -> String {
    words::shown(&match action {
        Action::Url { path, .. } => path.clone(),
        Action::Resource(it) => resource(&it.group, &full_resource(&it.resource, &it.subresource)),
    })
}

/// The verb of a row.
pub(super) fn verb(row: &UsedRow) -> &str {
    match &row.action {
        Action::Url { verb, .. } => verb,
        Action::Resource(it) => &it.verb,
    }
}

/// `deployments.apps/scale`.
fn resource(group: &str, resource: &str) -> String {
    let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    let group = if group.is_empty() { String::new() } else { format!(".{group}") };
    full_resource(&format!("{resource}{group}"), subresource)
}

/// A rule as a heading with its verbs, and the items that they are about: `get, list: ` with `pods`, `pods/log`.
pub(super) fn rule(rule: &Rule) -> (String, Vec<String>) {
    let of_groups = rule.api_groups.iter().flat_map(|group| rule.resources.iter().map(|it| resource(group, it)));
    let mut items: Vec<_> =
        of_groups.chain(rule.non_resource_urls.iter().cloned()).map(|item| words::shown(&item)).collect();
    if let Some(last) = items.last_mut().filter(|_| !rule.resource_names.is_empty()) {
        let names: Vec<_> = rule.resource_names.iter().map(|name| format!("`{}`", words::shown(name))).collect();
        let _ = write!(last, " named {}", names.join(" or "));
    }
    (format!("{}: ", words::shown(&rule.verbs.join(", "))), items)
}
