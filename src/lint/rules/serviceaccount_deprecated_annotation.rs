//! Annotations of ServiceAccounts that are on their way out.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::{ENFORCE_MOUNTABLE_SECRETS, Facts};

pub(super) static RULE: Rule = Rule {
    id: "serviceaccount-deprecated-annotation",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a ServiceAccount has an annotation that is deprecated",
    page: include_str!("../../../rules/serviceaccount-deprecated-annotation.md"),
    check: Check::Known(check),
};

/// The version of Kubernetes that has deprecated the annotation, by the number behind `1.`.
const DEPRECATED_IN: u16 = 32;

fn check(account: &InSet<'_, Facts>, sink: &mut Sink<'_>) {
    let Facts::Account(facts) = account.facts else { return };
    let Some(place) = facts.enforces_mountable_secrets else { return };
    if account.access.assumptions().version.at_least(DEPRECATED_IN) {
        let message = format!("`{ENFORCE_MOUNTABLE_SECRETS}` is deprecated since Kubernetes 1.{DEPRECATED_IN}");
        sink.report(place, message).help("keep Secrets apart by namespaces: each with those that its pods may use");
    }
}
