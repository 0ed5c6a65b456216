//! What has changed for whom, for people, for comments on pull requests and for programs.

mod human;
mod json;
mod markdown;
mod words;

pub use human::human;
pub use json::json;
pub use markdown::markdown;

use super::words::shown;
use crate::query::Access;
use crate::query::diff::{Change, Diff, PathChange, Refused};

/// What has changed, in one line.
pub(in crate::report) fn summary(diff: &Diff) -> String {
    words::summary(diff)
}

/// One change in one line, without whom it is about.
pub(in crate::report) fn line(access: &Access, change: &Change) -> String {
    let (what, place) = (words::what(&change.what, &shown), words::place(access, change, &shown));
    let step = words::step(change, &shown).map(|step| format!(": {step}")).unwrap_or_default();
    let condition = if change.is_conditional { " (if one of several definitions holds)" } else { "" };
    let space = if place.is_empty() { "" } else { " " };
    format!("{what}{space}{place}{step}{condition}")
}

/// Why an object is refused, in one line.
pub(in crate::report) fn refusal(refused: &Refused) -> String {
    format!("{}: {}; it has to be deleted first", shown(&refused.object.to_string()), words::refusal(refused, &shown))
}

/// A way to more in one line.
pub(in crate::report) fn path(access: &Access, path: &PathChange) -> String {
    let deeds = super::escalation::deeds(access, &path.proof);
    format!(
        "{} may come to {}: {}",
        shown(&path.who.to_string()),
        super::escalation::sink(&path.sink),
        deeds.join(", then ")
    )
}
