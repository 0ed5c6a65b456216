//! Types that do not exist, and that were meant to be others.

use crate::diagnostic::{Category, Fix, Safety, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Kind, UnknownKind};
use crate::yaml::edit::Word;

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
    let UnknownKind { api_version, kind, nearest, span, whole: _ } = *unknown;
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
    let fix = fix(unknown, sink);
    let message = format!("no matches for kind `{kind}` in version `{api_version}`");
    sink.report(span, message).help(help).field(field).fix(fix);
}

/// Where one half of the type is right, the other one can be written.
fn fix(unknown: &UnknownKind<'_>, sink: &Sink<'_>) -> Option<Fix> {
    let UnknownKind { api_version, kind, nearest, span, whole: _ } = *unknown;
    let (name, version) = (nearest.name(), nearest.api_version());
    let (word, safety) = match (name == kind, version == api_version) {
        (true, _) if has_the_schema(nearest, api_version) => (version, Safety::Safe),
        (true, _) => (version, Safety::Unsafe),
        (false, true) if name.eq_ignore_ascii_case(kind) => (name, Safety::Safe),
        (false, true) => (name, Safety::Unsafe),
        (false, false) => return None,
    };
    sink.fix(safety, format!("write `{word}`"), |text| text.replace(span, Word::Text(word)))
}

/// Whether a version that is gone has the same fields as the one that there is.
fn has_the_schema(kind: Kind, api_version: &str) -> bool {
    match api_version {
        "batch/v1beta1" => kind == Kind::CronJob,
        "rbac.authorization.k8s.io/v1beta1" => kind.is_of_rbac(),
        _ => false,
    }
}
