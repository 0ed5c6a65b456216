//! Rules of roles that take in whatever is added later.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::query::power;
use crate::rbac::ALL;

pub(super) static RULE: Rule = Rule {
    id: "role-wildcard",
    category: Category::Risk,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a `*` in a rule, which takes in whatever is added later",
    page: include_str!("../../../rules/role-wildcard.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role).filter(|rule| !is_told_otherwise(rule)) {
        let is_all = |entry: &Entry<'_>| entry.text == ALL;
        let of_resources = rule.resources().find(is_all).map(|entry| (entry, "resources of the group"));
        let of_groups = || rule.groups().find(is_all).map(|entry| (entry, "API groups"));
        let of_verbs = || rule.verbs().find(is_all).map(|entry| (entry, "verbs"));
        if let Some((entry, what)) = of_resources.or_else(of_groups).or_else(of_verbs) {
            sink.report(entry.place, format!("`*` takes in all {what}, also those that are added later"))
                .help("write down those that are needed");
        }
    }
}

/// Whether the rule carries a power by its wildcards, as which it is told.
fn is_told_otherwise(rule: &WrittenRule<'_>) -> bool {
    let grants = |power: &&power::Power| power.steps.iter().any(|step| step.is_granted_by(rule.rule));
    rule.resources().any(|entry| entry.text == ALL) && power::ALL.iter().any(grants)
}
