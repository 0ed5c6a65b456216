//! Resources in rules that Kubernetes does not have any more.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink, removed};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-removed-resource",
    category: Category::Broken,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a resource of a role's rule that Kubernetes does not have any more",
    page: include_str!("../../../rules/role-removed-resource.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        let groups: Vec<_> = rule.rule.api_groups.iter().map(String::as_str).collect();
        for entry in rule.resources() {
            let (plural, _) = entry.resource();
            let removed = removed::resource(&groups, plural).filter(|removed| {
                rule.catalog.version().at_least(removed.since) && rule.find(&groups, plural).is_empty()
            });
            if let Some(removed) = removed {
                let message = format!("Kubernetes 1.{} has removed `{plural}`", removed.since);
                sink.report(entry.place, message).help(format!("remove it: {}", removed.instead));
            }
        }
    }
}
