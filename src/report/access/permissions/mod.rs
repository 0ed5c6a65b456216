//! All that a subject may do: for people as matrices, as a table of everything, and for programs.

mod human;
mod json;
mod legend;
mod matrix;
mod wide;

pub use human::human;
pub(super) use json::JsonScope;
pub use json::json;
pub use wide::wide;

use super::words;
use crate::rbac::full_resource;

/// A resource of a group as kubectl names it: `pods`, `deployments.apps/scale`, `*.*`.
pub(super) fn resource(group: &str, entry: &str) -> String {
    let (resource, subresource) = entry.split_once('/').unwrap_or((entry, ""));
    let group = if group.is_empty() { String::new() } else { format!(".{group}") };
    words::shown(&full_resource(&format!("{resource}{group}"), subresource))
}
