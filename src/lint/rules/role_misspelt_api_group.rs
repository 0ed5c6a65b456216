//! API groups in rules that are nearly groups of Kubernetes: `app`, `network.k8s.io`.

use std::collections::BTreeSet;

use crate::catalog::Origin;
use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, may_be_group, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::rbac::ALL;

pub(super) static RULE: Rule = Rule {
    id: "role-misspelt-api-group",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "an API group of a role's rule that does not exist, and is nearly the one that has its resources",
    page: include_str!("../../../rules/role-misspelt-api-group.md"),
    check: Check::Role(check),
};

/// What groups of Kubernetes end in, or would if they were of Kubernetes.
const ENDINGS: [&str; 2] = [".k8s.io", ".kubernetes.io"];

/// What groups end in that are made by the people of Kubernetes, and are no part of it.
const BESIDE: &str = ".x-k8s.io";

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    if !role.access.catalog().version().has_facts() {
        return;
    }
    for rule in rules(role) {
        for group in rule.groups().filter(|group| group.text != ALL && may_be_group(group.text)) {
            let Some(meant) = meant(&rule, group) else { continue };
            let message = format!("there is no API group `{}`", group.shown());
            let is_beside = rule.rule.api_groups.iter().any(|other| other == meant);
            let fix = if is_beside {
                sink.removing(Safety::Unsafe, group.place, &format!("`{}`", group.shown()))
            } else {
                sink.writing(Safety::Unsafe, group.place, meant)
            };
            let draft = sink.report(group.place, message).fix(fix);
            // The right one stands beside it, so that nothing is missing.
            if is_beside {
                draft
                    .help(format!("remove it: the resources are in `{meant}`"))
                    .rated(Profile::Pedantic, Severity::Info);
            } else {
                draft.help(format!("did you mean `{meant}`? that is where {} are", where_are(&rule, meant)));
            }
        }
    }
}

/// The group of Kubernetes that was meant by one which is none; `None` where there may well be such a group.
fn meant<'a>(rule: &WrittenRule<'a>, group: Entry<'_>) -> Option<&'a str> {
    let (catalog, name) = (rule.catalog, group.text);
    if catalog.knows_group(name) || name.ends_with(BESIDE) {
        return None;
    }
    let served = catalog.resources().filter(|known| known.origin == Origin::BuiltIn);
    let groups: BTreeSet<&str> = served.map(|known| &*known.group).filter(|group| !group.is_empty()).collect();
    let mut near = groups.into_iter().filter(|known| is_near(known, name) && has_resources(rule, known));
    near.next().filter(|_| near.next().is_none())
}

/// Whether a name was probably meant to be this group.
fn is_near(known: &str, name: &str) -> bool {
    let is_cut_off = known.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    if is_cut_off || are_alike(known, name) {
        return true;
    }
    // Of the groups of others, any may exist.
    let is_of_kubernetes = !name.contains('.') || ENDINGS.iter().any(|ending| name.ends_with(ending));
    let (known, name) = (bare(known), bare(name));
    let is_first = |short: &str, long: &str| short.len() >= 4 && long.starts_with(short);
    is_of_kubernetes && (is_first(known, name) || is_first(name, known)) && !name.contains('.')
}

/// Whether one is the other with a slip or two.
fn are_alike(known: &str, name: &str) -> bool {
    let most = (known.len() / 3).min(2);
    known.len().abs_diff(name.len()) <= most && strsim::osa_distance(known, name) <= most
}

fn bare(group: &str) -> &str {
    ENDINGS.iter().find_map(|ending| group.strip_suffix(ending)).unwrap_or(group)
}

/// Whether the resources of a rule are those of a group: all of them, but for those that another group of the rule has.
fn has_resources(rule: &WrittenRule<'_>, group: &str) -> bool {
    let others: Vec<_> = rule.rule.api_groups.iter().filter(|other| *other != group).collect();
    let is_there = |plural: &str| rule.catalog.find(group, plural).is_some();
    let is_of_another = |plural: &str| others.iter().any(|other| rule.catalog.find(other, plural).is_some());
    let plurals = || rule.resources().map(|entry| entry.resource().0);
    plurals().all(|plural| is_there(plural) || is_of_another(plural))
        && plurals().any(|plural| is_there(plural) && !is_of_another(plural))
}

/// The resources of a rule that a group has, for a message.
fn where_are(rule: &WrittenRule<'_>, group: &str) -> String {
    let there = rule.resources().filter(|entry| rule.catalog.find(group, entry.resource().0).is_some());
    let shown: Vec<_> = there.map(|entry| format!("`{}`", entry.shown())).take(2).collect();
    shown.join(" and ")
}
