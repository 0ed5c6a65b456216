//! The answer to "who can": for people, as a table of everything, and for programs.

mod human;
mod json;
mod wide;

pub use human::human;
pub use json::json;
pub use wide::wide;

use std::collections::BTreeSet;

use super::words;
use crate::query::{Access, Who, WhoCan};
use crate::rbac::{Grant, Reach};

/// `get secrets, in each namespace`.
fn question(access: &Access, answer: &WhoCan) -> String {
    let place = match answer.reach {
        Reach::AsAsked => words::place(&answer.action, access),
        Reach::EachNamespace => " in each namespace".to_owned(),
    };
    format!("{}{place}", words::action(&answer.action))
}

/// The workloads that run as somebody: `CronJob backup`, in the namespace of the ServiceAccount.
fn workloads(access: &Access, who: &Who) -> Vec<String> {
    let objects = access.workloads_of(who);
    let names: BTreeSet<_> =
        objects.map(|object| words::shown(&format!("{} {}", object.name.kind, object.name.name))).collect();
    names.into_iter().collect()
}

/// `ServiceAccount ci/deployer`.
fn somebody(who: &Who) -> String {
    words::shown(&who.to_string())
}

/// Whether a grant is one of the default policy.
fn is_built_in(access: &Access, grant: &Grant) -> bool {
    access.binding_object(grant.binding).is_none()
}
