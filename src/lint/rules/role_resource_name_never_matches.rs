//! Verbs beside resourceNames whose requests name no object.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, is_placeholder, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::rbac::ALL;
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

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role).filter(|rule| !rule.rule.resource_names.is_empty()) {
        for verb in rule.verbs().filter(|verb| ["create", "deletecollection"].contains(&verb.text)) {
            let dead: Vec<_> = rule.resources().filter(|entry| never_matches(&rule, verb.text, *entry)).collect();
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
fn never_matches(rule: &WrittenRule<'_>, verb: &str, entry: Entry<'_>) -> bool {
    let (plural, subresource) = entry.resource();
    // What is created below an object has the object's name.
    if subresource.is_some() || plural == ALL {
        return false;
    }
    let groups = rule.rule.api_groups.iter().map(String::as_str);
    let is_granted = |group: &str| {
        rule.role.rules.iter().any(|other| {
            let fits = other.has_verb(verb) && other.has_group(group) && other.has_resource(plural, "");
            fits && other.resource_names.is_empty()
        })
    };
    // Where one of several groups is granted, that is the one which has the resource.
    groups.clone().all(|group| !is_granted(group) && !is_placeholder(group))
}
