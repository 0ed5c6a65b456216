//! `list` and `watch` beside resourceNames: only requests with a field selector name an object.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-resource-name-with-list",
    category: Category::Broken,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "`list` or `watch` beside resourceNames, which match only with a field selector",
    page: include_str!("../../../rules/role-resource-name-with-list.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role).filter(|rule| !rule.rule.resource_names.is_empty()) {
        // One cause, however many verbs it touches.
        if let Some(verb) = rule.verbs().find(|verb| ["list", "watch"].contains(&verb.text)) {
            let message =
                format!("`{}` beside `resourceNames` counts only for requests that select one name", verb.text);
            sink.report(verb.place, message).help(
                "ask with `--field-selector metadata.name=NAME`; otherwise remove the verb, or the `resourceNames`",
            );
        }
    }
}
