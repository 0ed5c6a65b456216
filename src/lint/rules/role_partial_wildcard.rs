//! Stars in rules that stand for nothing, because they are only a part of an entry or stand among names.

use crate::catalog::Origin;
use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::rbac::ALL;

pub(super) static RULE: Rule = Rule {
    id: "role-partial-wildcard",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a `*` in a role's rule that stands for itself: in `get*`, `*.example.com` or resourceNames",
    page: include_str!("../../../rules/role-partial-wildcard.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        for verb in rule.verbs().filter(is_partial) {
            report(sink, verb, "name each verb, or write `*` for all of them");
        }
        for group in rule.groups().filter(is_partial) {
            report(sink, group, "name each group, or write `*` for all of them");
        }
        for resource in rule.resources().filter(is_partial).filter(|entry| !is_slash_wildcard(entry.text)) {
            report(sink, resource, "name each resource, or write `*` for all of them");
        }
        for name in rule.names().filter(|name| name.text.contains('*') && is_of_objects(&rule, name.text)) {
            let help = if name.text == ALL {
                "remove `resourceNames`: a rule without it is about all objects"
            } else {
                "name each object, or remove `resourceNames` for all of them"
            };
            sink.report(name.place, format!("no object is called `{}`: names have no wildcard", name.shown()))
                .help(help);
        }
    }
}

fn report(sink: &mut Sink<'_>, entry: Entry<'_>, help: &str) {
    let message = format!("`{}` matches nothing: `*` counts only where it stands alone", entry.shown());
    sink.report(entry.place, message).help(help);
}

/// Whether an entry has a star that is only a part of it.
fn is_partial(entry: &Entry<'_>) -> bool {
    let (before, after) = entry.resource();
    entry.text.contains('*') && entry.text != ALL && !(before == ALL && after.is_some_and(|after| !after.contains('*')))
}

/// Those have a rule of their own.
fn is_slash_wildcard(text: &str) -> bool {
    text.ends_with("/*")
}

/// Whether the names of a rule are those of objects, of which none may have a star in its name: not of signers and of
/// what some extension only takes for resources.
fn is_of_objects(rule: &WrittenRule<'_>, name: &str) -> bool {
    let Some(groups) = rule.known_groups() else {
        // A star alone is how people write that they mean all.
        return name == ALL && rule.resources().all(|entry| !entry.text.contains('.'));
    };
    let is_of_object = |entry: Entry<'_>| {
        let (plural, _) = entry.resource();
        plural == ALL || rule.find(&groups, plural).iter().any(|known| known.origin != Origin::OnlyRbac)
    };
    rule.resources().any(is_of_object)
}
