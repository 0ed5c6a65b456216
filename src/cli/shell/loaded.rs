//! What was read, in a few lines: at the start, and again when it is read once more.

use std::fmt::Write as _;

use crate::diagnostic::ObjectName;
use crate::manifest::{Facts, Kind};
use crate::query::{Access, Changes, Unread};
use crate::report::plain;

/// So many lines of one sort are shown.
const MOST: usize = 20;

/// What was read and what could not be, as lines.
pub(super) fn loaded(access: &Access) -> String {
    let objects = &access.read_set().objects;
    let roles = objects.iter().filter(|object| matches!(object.facts, Facts::Role(_))).count();
    let bindings = objects.iter().filter(|object| matches!(object.facts, Facts::Binding(_))).count();
    let accounts = objects.iter().filter(|object| object.name.kind == Kind::ServiceAccount.name()).count();
    let mut text = format!(
        "{}: {}, {}, {}\n",
        count(access.read_set().files, "file", "files"),
        count(roles, "role", "roles"),
        count(bindings, "binding", "bindings"),
        count(accounts, "ServiceAccount", "ServiceAccounts"),
    );
    let unread = access.unread();
    if !unread.is_empty() {
        let places = count(unread.len(), "place", "places");
        let _ = writeln!(text, "{places} could not be read, so that an answer of no may be wrong:");
        list(&mut text, unread.iter().map(|unread| place(access, unread)));
    }
    text
}

/// What has changed, as lines.
pub(super) fn reloaded(changes: &Changes, access: &Access) -> String {
    let mut text = String::new();
    for (word, objects) in [("added", &changes.added), ("removed", &changes.removed), ("changed", &changes.changed)] {
        if !objects.is_empty() {
            let _ = writeln!(text, "{word}:");
            list(&mut text, objects.iter().map(ObjectName::to_string));
        }
    }
    if !changes.unread.is_empty() {
        text.push_str("cannot be read now:\n");
        list(&mut text, changes.unread.iter().map(|unread| place(access, unread)));
    }
    if text.is_empty() {
        text.push_str("nothing has changed about access\n");
    }
    let count = access.unread().len();
    let still = if count > 0 { format!(", {count} unread") } else { String::new() };
    let _ = writeln!(text, "{}{still}", self::count(access.read_set().files, "file", "files"));
    text
}

fn list(text: &mut String, lines: impl ExactSizeIterator<Item = String>) {
    let more = lines.len().saturating_sub(MOST);
    for line in lines.take(MOST) {
        let _ = writeln!(text, "  {}", plain(&line));
    }
    if more > 0 {
        let _ = writeln!(text, "  and {more} more");
    }
}

fn place(access: &Access, unread: &Unread) -> String {
    let location = access.sources().locate(unread.span);
    let object = unread.object.as_ref().map(|object| format!(" ({object})")).unwrap_or_default();
    format!("{}:{}:{}: {}{object}", location.path, location.start.line, location.start.column, unread.reason)
}

fn count(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
