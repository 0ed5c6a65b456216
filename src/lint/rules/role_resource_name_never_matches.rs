//! Verbs beside resourceNames whose requests name no object.

use std::collections::BTreeMap;

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, is_placeholder, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::rbac::{self, ALL, Role};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "role-resource-name-never-matches",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "`create` or `deletecollection` beside resourceNames, which such requests do not have",
    page: include_str!("../../../rules/role-resource-name-never-matches.md"),
    check: Check::Role(check),
};

/// The rules of a role without names, by the resources that they name: a role may have thousands of either kind.
struct Unnamed<'a> {
    rules: BTreeMap<&'a str, Vec<&'a rbac::Rule>>,
    /// What was found out before: whether a verb is granted on a resource of a group.
    known: BTreeMap<(&'a str, &'a str, &'a str), bool>,
}

impl<'a> Unnamed<'a> {
    fn new(role: &'a Role) -> Self {
        let mut rules: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for rule in role.rules().filter(|rule| rule.resource_names.is_empty()) {
            for resource in &rule.resources {
                rules.entry(resource).or_default().push(rule);
            }
        }
        Self { rules, known: BTreeMap::new() }
    }

    fn grant(&mut self, verb: &'a str, group: &'a str, plural: &'a str) -> bool {
        *self.known.entry((verb, group, plural)).or_insert_with(|| {
            let mut naming = [plural, ALL].into_iter().filter_map(|resource| self.rules.get(resource)).flatten();
            naming.any(|rule| rule.has_verb(verb) && rule.has_group(group))
        })
    }
}

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let mut unnamed = Unnamed::new(&role.facts.role);
    for rule in rules(role).filter(|rule| !rule.rule.resource_names.is_empty()) {
        for verb in rule.verbs().filter(|verb| ["create", "deletecollection"].contains(&verb.text)) {
            let dead: Vec<_> =
                rule.resources().filter(|entry| never_matches(&rule, verb.text, *entry, &mut unnamed)).collect();
            if let Some(first) = dead.first() {
                report(sink, verb, *first);
            }
        }
    }
}

fn report(sink: &mut Sink<'_>, verb: Entry<'_>, resource: Entry<'_>) {
    let plural = excerpt(resource.text);
    let (message, help) = if verb.text == "create" {
        (
            format!("`resourceNames` never match when `{plural}` are created: what is new has no name yet"),
            format!(
                "add a rule with `create` on `{plural}` and without `resourceNames`; only a server-side apply or a PUT \
                 creates under a name"
            ),
        )
    } else {
        (
            format!("`resourceNames` never match `deletecollection` of `{plural}`: it is about all of them"),
            "write `delete` for single objects".to_owned(),
        )
    };
    sink.report(verb.place, message).help(help);
}

/// Whether a verb on a resource never counts in a rule with names, nor in another rule of the role.
fn never_matches<'a>(rule: &WrittenRule<'a>, verb: &'a str, entry: Entry<'a>, unnamed: &mut Unnamed<'a>) -> bool {
    let (plural, subresource) = entry.resource();
    // What is created below an object has the object's name.
    if subresource.is_some() || plural == ALL {
        return false;
    }
    let mut groups = rule.rule.api_groups.iter().map(String::as_str);
    // Where one of several groups is granted, that is the one which has the resource.
    groups.all(|group| !unnamed.grant(verb, group, plural) && !is_placeholder(group))
}
