//! Resources in rules that Kubernetes does not have: typos, singulars, kinds and short names.

use crate::catalog::ApiResource;
use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, group_shown, groups_shown, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink, removed};
use crate::manifest::RoleFacts;
use crate::rbac::full_resource;

pub(super) static RULE: Rule = Rule {
    id: "role-unknown-resource",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a resource of a role's rule that does not exist, such as a kind or a singular",
    page: include_str!("../../../rules/role-unknown-resource.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        let Some(groups) = rule.known_groups() else { continue };
        for entry in rule.resources() {
            if let Some(help) = help(&rule, &groups, entry) {
                let message = format!("there is no resource `{}` in {}", entry.shown(), groups_shown(&groups));
                let meant = meant(&rule, &groups, entry);
                let fix = meant.and_then(|meant| sink.writing(Safety::Unsafe, entry.place, &meant));
                sink.report(entry.place, message).help(help).fix(fix);
            }
        }
    }
}

/// What to write instead; `None` where there may well be such a resource.
fn help(rule: &WrittenRule<'_>, groups: &[&str], entry: Entry<'_>) -> Option<String> {
    let (plural, subresource) = entry.resource();
    let catalog = rule.catalog;
    let is_elsewhere = || catalog.resources().any(|known| known.plural == plural);
    if plural.contains('*') || !rule.find(groups, plural).is_empty() || is_elsewhere() {
        return None;
    }
    let meant = |meant: &ApiResource| full_resource(&meant.plural, subresource.unwrap_or_default());
    if let Some(near) = nearest_in(rule, groups, plural) {
        let is_kind = near.kind.eq_ignore_ascii_case(plural);
        let why = if is_kind { " rules name resources in the plural and in lower case" } else { "" };
        return Some(format!("did you mean `{}`?{why}", meant(near)));
    }
    // Of groups with custom resources not all need to have been read.
    rule.built_in_groups()?;
    if removed::resource(groups, plural).is_some() {
        return None;
    }
    let near = catalog.resolve(plural).or_else(|| catalog.nearest(plural));
    Some(match near {
        Some(near) => format!("did you mean `{}` of {}?", meant(near), group_shown(&near.group)),
        None if plural.contains('.') => {
            "write the plural alone, and the group behind the dot in `apiGroups`".to_owned()
        }
        None => {
            "`kubectl api-resources` lists the resources of a cluster; those of extensions are in groups of their own"
                .to_owned()
        }
    })
}

/// The resource of these groups that was probably meant.
fn nearest_in<'a>(rule: &WrittenRule<'a>, groups: &[&str], plural: &str) -> Option<&'a ApiResource> {
    groups.iter().find_map(|group| rule.catalog.nearest_in(group, plural))
}

/// What to write in place of an entry, where that is a resource of the same groups.
fn meant(rule: &WrittenRule<'_>, groups: &[&str], entry: Entry<'_>) -> Option<String> {
    let (plural, subresource) = entry.resource();
    nearest_in(rule, groups, plural).map(|near| full_resource(&near.plural, subresource.unwrap_or_default()))
}
