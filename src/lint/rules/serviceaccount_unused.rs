//! ServiceAccounts that nothing uses.

use crate::diagnostic::{Category, Severity};
use crate::lint::references::is_settled;
use crate::lint::role_rules::is_placeholder;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::Facts;

pub(super) static RULE: Rule = Rule {
    id: "serviceaccount-unused",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "nothing runs as a ServiceAccount, and no binding names it",
    page: include_str!("../../../rules/serviceaccount-unused.md"),
    check: Check::Known(check),
};

fn check(account: &InSet<'_, Facts>, sink: &mut Sink<'_>) {
    let (Facts::Account(_), name) = (account.facts, &*account.object.name.name) else { return };
    let Some(namespace) = account.object.name.namespace.as_deref() else { return };
    let uses = account.index.accounts();
    // Where no workload was read, what runs as it is elsewhere.
    let is_judged = is_settled(account.access, account.object) && !account.object.is_generated && !is_placeholder(name);
    if !is_judged || name == "default" || !uses.is_inhabited(namespace) || uses.is_running(name) {
        return;
    }
    if uses.is_granted(namespace, name) {
        sink.report(
            account.object.span,
            "a binding names this ServiceAccount, and no workload that was read runs as it",
        )
        .help("where nothing outside uses its token either, remove it and what it is granted")
        .rated(Profile::Audit, Severity::Info);
    } else if uses.has_bindings() {
        // Elsewhere, or for custom resources, an operator may run something as it.
        let is_complete = uses.is_inhabited_by(namespace, account.object.span.file) && !uses.has_custom_resources();
        let profile = if is_complete { Profile::Pedantic } else { Profile::Audit };
        sink.report(
            account.object.span,
            "no workload that was read runs as this ServiceAccount, and no binding names it",
        )
        .help("remove it, unless something that was not read uses it")
        .rated(profile, Severity::Info);
    }
}
