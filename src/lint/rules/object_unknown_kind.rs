//! Kinds that do not exist, and that were meant to be others.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule, Sink};
use crate::manifest::UnknownKind;

pub(super) static RULE: Rule = Rule {
    id: "object-unknown-kind",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "an object's kind does not exist in its apiVersion, and looks like another one",
    page: include_str!("../../../rules/object-unknown-kind.md"),
    check: Check::UnknownKind(check),
};

fn check(unknown: &UnknownKind<'_>, sink: &mut Sink<'_>) {
    let UnknownKind { api_version, kind, nearest, span } = *unknown;
    let (name, version) = (nearest.name(), nearest.api_version());
    let help = if version == api_version {
        format!("did you mean `{name}`?")
    } else {
        format!("did you mean `{name}` with `apiVersion: {version}`?")
    };
    sink.report(span, format!("no matches for kind `{kind}` in version `{api_version}`")).help(help).field("kind");
}
