//! Subresources in rules that a resource does not have.

use crate::catalog::{ApiResource, Origin};
use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink, advice};
use crate::manifest::RoleFacts;
use crate::rbac::full_resource;

pub(super) static RULE: Rule = Rule {
    id: "role-unknown-subresource",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a subresource of a role's rule that the resource does not have",
    page: include_str!("../../../rules/role-unknown-subresource.md"),
    check: Check::Role(check),
};

/// What generators of projects write for every resource, whether it has it or not, and what distributions of Kubernetes
/// check besides.
const NOT_JUDGED: [&str; 3] = ["status", "finalizers", "restricted"];

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        let Some(groups) = rule.known_groups() else { continue };
        for entry in rule.resources() {
            if let Some((resource, subresource)) = unknown(&rule, &groups, entry) {
                let message =
                    format!("`{}` have no subresource `{}`", resource.plural, crate::yaml::excerpt(subresource));
                let near = nearest(resource, subresource).map(|near| full_resource(&resource.plural, near));
                let fix = near.and_then(|near| sink.writing(Safety::Unsafe, entry.place, &near));
                sink.report(entry.place, message).help(help(resource, subresource)).fix(fix);
            }
        }
    }
}

/// The resource that does not have the subresource which an entry names.
fn unknown<'a>(rule: &WrittenRule<'a>, groups: &[&str], entry: Entry<'a>) -> Option<(&'a ApiResource, &'a str)> {
    let (plural, subresource) = entry.resource();
    let subresource = subresource.filter(|subresource| *subresource != "*" && !NOT_JUDGED.contains(subresource))?;
    let known = rule.find(groups, plural);
    // Only of what every API server serves are all subresources known.
    let is_built_in = |known: &&ApiResource| known.origin == Origin::BuiltIn;
    let has_it = |known: &&ApiResource| rule.catalog.subresource(&known.group, plural, subresource).is_some();
    let judged = known.iter().all(is_built_in) && !known.iter().any(has_it);
    known.first().filter(|_| judged).map(|known| (*known, subresource))
}

/// The subresource that was probably meant.
fn nearest<'a>(resource: &'a ApiResource, subresource: &str) -> Option<&'a str> {
    let known: Vec<_> = resource.subresources.iter().map(|known| known.name.as_ref()).collect();
    let near = known.iter().find(|known| subresource.strip_suffix('s') == Some(known)).copied();
    near.or_else(|| advice::nearest(subresource, &known))
}

fn help(resource: &ApiResource, subresource: &str) -> String {
    let known: Vec<_> = resource.subresources.iter().map(|known| known.name.as_ref()).collect();
    match nearest(resource, subresource) {
        Some(near) => format!("did you mean `{}`?", full_resource(&resource.plural, near)),
        None if known.is_empty() => "they have none".to_owned(),
        None => {
            let known: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
            format!("they have {}", known.join(", "))
        }
    }
}
