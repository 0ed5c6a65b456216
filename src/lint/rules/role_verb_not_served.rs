//! Resources in rules with which none of the rule's verbs can be done.

use crate::catalog::{Origin, RESOURCE_VERBS, is_constrained_impersonation};
use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink, advice};
use crate::manifest::RoleFacts;
use crate::rbac::ALL;

pub(super) static RULE: Rule = Rule {
    id: "role-verb-not-served",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a resource of a role's rule with which none of the rule's verbs can be done",
    page: include_str!("../../../rules/role-verb-not-served.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        let Some(groups) = rule.known_groups() else { continue };
        // Verbs that are none have a rule of their own, as have those that are checked on few resources.
        if !rule.rule.verbs.iter().all(|verb| is_request(verb)) {
            continue;
        }
        for entry in rule.resources() {
            if let Some(served) = unserved(&rule, &groups, entry) {
                let message = format!("nothing that the rule allows can be done with `{}`", entry.shown());
                sink.report(entry.place, message).help(format!("it takes {}", advice::alternatives(&served)));
            }
        }
    }
}

/// The verbs that there are for a resource, where the rule has none of them.
fn unserved<'a>(rule: &WrittenRule<'a>, groups: &[&'a str], entry: Entry<'a>) -> Option<Vec<&'a str>> {
    let (plural, subresource) = entry.resource();
    let is_served = |origin| matches!(origin, Origin::BuiltIn | Origin::Custom);
    let known = rule.find(groups, plural);
    if known.is_empty() || !known.iter().all(|known| is_served(known.origin)) {
        return None;
    }
    let verbs = known.iter().map(|known| {
        let verbs = known.subresources.iter().find(|known| Some(&*known.name) == subresource);
        match subresource {
            None => Some(known.all_verbs().collect::<Vec<_>>()),
            Some(_) => verbs.map(|known| known.all_verbs().collect()),
        }
    });
    let verbs: Vec<_> = verbs.collect::<Option<Vec<_>>>()?.concat();
    let is_dead =
        !verbs.is_empty() && !rule.rule.verbs.iter().any(|verb| verb == ALL || verbs.contains(&verb.as_str()));
    is_dead.then_some(verbs)
}

/// Whether a verb is one of those that requests for resources have.
fn is_request(verb: &str) -> bool {
    RESOURCE_VERBS.iter().take(8).any(|known| *known == verb) && !is_constrained_impersonation(verb)
}
