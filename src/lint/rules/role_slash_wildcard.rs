//! `pods/*` and `*/*` in rules, which are no wildcards.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink, advice};
use crate::manifest::RoleFacts;
use crate::query::{WhyIdle, why_idle};
use crate::rbac::{ALL, full_resource};

pub(super) static RULE: Rule = Rule {
    id: "role-slash-wildcard",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "`pods/*` or `*/*` in a role's rule, which stands for no subresource at all",
    page: include_str!("../../../rules/role-slash-wildcard.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        let is_idle = |entry: &Entry<'_>| why_idle(rule.catalog, ALL, entry.text, None) == Some(WhyIdle::Slash);
        for entry in rule.resources().filter(is_idle) {
            let message = format!("`{}` matches nothing: `/*` is no wildcard", entry.shown());
            sink.report(entry.place, message).help(help(&rule, entry));
        }
    }
}

fn help(rule: &WrittenRule<'_>, entry: Entry<'_>) -> String {
    const MOST: usize = 12;
    let (plural, _) = entry.resource();
    if plural == ALL {
        return "write `*`: it stands for all resources and all of their subresources".to_owned();
    }
    let known = rule.known_groups().map(|groups| rule.find(&groups, plural)).unwrap_or_default();
    let subresources = known.iter().flat_map(|known| known.subresources.iter().filter(|known| !known.is_only_rbac()));
    let names: Vec<_> = subresources.map(|known| full_resource(plural, &known.name)).take(MOST).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    match names.as_slice() {
        [] => "name each subresource that is meant".to_owned(),
        [only] => format!("write `{only}`"),
        names => format!("name each subresource that is meant, of {}", advice::alternatives(names)),
    }
}
