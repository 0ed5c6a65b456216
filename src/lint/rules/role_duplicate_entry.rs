//! Entries of a rule's lists that add nothing to the others.

use std::collections::BTreeMap;

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::role_rules::{Entry, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::rbac::ALL;

pub(super) static RULE: Rule = Rule {
    id: "role-duplicate-entry",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Default,
    summary: "an entry of a rule's list that stands there twice, or that `*` stands for already",
    page: include_str!("../../../rules/role-duplicate-entry.md"),
    check: Check::Role(check),
};

/// How many wildcards of a list are looked at.
const MOST_WILDCARDS: usize = 64;

/// Whether an entry stands for another.
type StandsFor = fn(&str, &str) -> bool;

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let is_all: StandsFor = |wildcard, _| wildcard == ALL;
    for rule in rules(role) {
        report(sink, "verbs", rule.verbs().collect(), is_all);
        report(sink, "apiGroups", rule.groups().collect(), is_all);
        report(sink, "resources", rule.resources().collect(), stands_for_resource);
        report(sink, "resourceNames", rule.names().collect(), |_, _| false);
        report(sink, "nonResourceURLs", rule.urls().collect(), stands_for_url);
    }
}

fn report(sink: &mut Sink<'_>, list: &str, entries: Vec<Entry<'_>>, stands_for: StandsFor) {
    let wildcards: Vec<_> =
        entries.iter().filter(|entry| entry.text.contains('*')).take(MOST_WILDCARDS).copied().collect();
    let mut seen = BTreeMap::new();
    for entry in entries {
        let first = seen.entry(entry.text).or_insert(entry);
        let wildcard = wildcards.iter().find(|other| other.text != entry.text && stands_for(other.text, entry.text));
        if first.place != entry.place {
            let fix = sink.removing(Safety::Safe, entry.place, &format!("`{}`", entry.shown()));
            sink.report(entry.place, format!("`{}` stands in `{list}` already", entry.shown()))
                .help("remove it, or write what it was meant to be")
                .related(first.place, "here")
                .fix(fix);
        } else if let Some(wildcard) = wildcard {
            let shown = wildcard.shown();
            let fix = sink.removing(Safety::Safe, entry.place, &format!("`{}`", entry.shown()));
            sink.report(entry.place, format!("`{shown}` stands for `{}` already", entry.shown()))
                .help(format!("remove it; or remove `{shown}`, if that is too much"))
                .related(wildcard.place, "here")
                .fix(fix);
        }
    }
}

fn stands_for_resource(wildcard: &str, resource: &str) -> bool {
    // What ends in `/*` stands for nothing, and another rule says so.
    let is_of_any = || {
        let subresource = wildcard.strip_prefix("*/").filter(|subresource| *subresource != ALL);
        subresource.is_some() && resource.split_once('/').map(|(_, own)| own) == subresource
    };
    !resource.ends_with("/*") && (wildcard == ALL || is_of_any())
}

fn stands_for_url(wildcard: &str, url: &str) -> bool {
    wildcard.ends_with('*') && url.starts_with(wildcard.trim_end_matches('*'))
}
