//! Types that do not exist, and that were meant to be others.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::UnknownKind;

pub(super) static RULE: Rule = Rule {
    id: "object-unknown-kind",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "there is no such kind in the object's apiVersion, and another one looks like it",
    page: include_str!("../../../rules/object-unknown-kind.md"),
    check: Check::UnknownKind(check),
};

fn check(unknown: &UnknownKind<'_>, sink: &mut Sink<'_>) {
    let UnknownKind { api_version, kind, nearest, span } = *unknown;
    let (name, version) = (nearest.name(), nearest.api_version());
    let removed = nearest.removed_from(api_version).filter(|_| name == kind);
    let (help, field) = match (name == kind, version == api_version) {
        (true, _) if let Some(minor) = removed => {
            (format!("Kubernetes 1.{minor} has removed it: write `apiVersion: {version}`"), "apiVersion")
        }
        (true, _) => (format!("`{name}` is in `apiVersion: {version}`"), "apiVersion"),
        (false, true) => (format!("did you mean `{name}`?"), "kind"),
        (false, false) => (format!("did you mean `{name}` with `apiVersion: {version}`?"), "kind"),
    };
    sink.report(span, format!("no matches for kind `{kind}` in version `{api_version}`")).help(help).field(field);
}
