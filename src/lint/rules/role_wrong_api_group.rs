//! Resources in rules that are in another API group than those that the rule names.

use crate::catalog::{ApiResource, Origin};
use crate::diagnostic::{Category, Fix, Safety, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, group_shown, groups_shown, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink, removed};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-wrong-api-group",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a resource of a role's rule that is in another API group",
    page: include_str!("../../../rules/role-wrong-api-group.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        let Some(groups) = rule.known_groups() else { continue };
        for entry in rule.resources() {
            if let Some(right) = right_groups(&rule, &groups, entry) {
                let message = format!("there are no `{}` in {}", entry.shown(), groups_shown(&groups));
                let fix = fix(&rule, &right, sink);
                let right: Vec<_> = right.iter().map(|known| group_shown(&known.group)).collect();
                let help = format!("they are in {}: write it in `apiGroups`", right.join(" and in "));
                sink.report(entry.place, message).help(help).fix(fix);
            }
        }
    }
}

/// The group that all resources of a rule are in, in place of the only one that it names.
fn fix(rule: &WrittenRule<'_>, right: &[&ApiResource], sink: &Sink<'_>) -> Option<Fix> {
    let ([right], [_]) = (right, rule.rule.api_groups.as_slice()) else { return None };
    let group = rule.groups().next()?;
    let is_there = |entry: Entry<'_>| rule.catalog.find(&right.group, entry.resource().0).is_some();
    rule.resources().all(is_there).then(|| sink.writing(Safety::Unsafe, group.place, &right.group))?
}

/// Where a resource is that is in none of the groups; `None` where it is in one of them, or where nothing is wrong.
fn right_groups<'a>(rule: &WrittenRule<'a>, groups: &[&str], entry: Entry<'_>) -> Option<Vec<&'a ApiResource>> {
    let (plural, subresource) = entry.resource();
    // What only rules still name is as good as not there.
    let is_there = |known: &&ApiResource| !(known.group == "extensions" && known.origin == Origin::OnlyRbac);
    if rule.find(groups, plural).iter().any(is_there) || removed::resource(groups, plural).is_some() {
        return None;
    }
    // Of groups with custom resources not all need to have been read.
    rule.built_in_groups()?;
    let mut right: Vec<_> = rule.catalog.resources().filter(|known| known.plural == plural).filter(is_there).collect();
    if right.iter().any(|known| known.origin == Origin::BuiltIn) {
        right.retain(|known| known.origin == Origin::BuiltIn);
    }
    // Rules of old name the old group beside the new one.
    let is_granted = |known: &&ApiResource| rule.is_granted_in(&known.group, plural, subresource.unwrap_or_default());
    (!right.is_empty() && !right.iter().any(is_granted)).then_some(right)
}
