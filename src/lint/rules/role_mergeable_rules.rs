//! Rules of a role that differ in one list only.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Category, Severity};
use crate::lint::needless_rules::needless_rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::rbac::InOrder;

pub(super) static RULE: Rule = Rule {
    id: "role-mergeable-rules",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "rules of a role that differ in one list only, so that one rule says the same",
    page: include_str!("../../../rules/role-mergeable-rules.md"),
    check: Check::Role(check),
};

/// A list of a rule.
type List = for<'l, 'r> fn(&'l mut InOrder<'r>) -> &'l mut Vec<&'r str>;

/// The lists in which rules may differ. Where names of objects differ, whoever wrote them wanted to tell them apart.
const LISTS: [(&str, List); 4] = [
    ("verbs", |rule| &mut rule.verbs),
    ("resources", |rule| &mut rule.resources),
    ("apiGroups", |rule| &mut rule.api_groups),
    ("nonResourceURLs", |rule| &mut rule.non_resource_urls),
];

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let rules = &role.facts.role.rules;
    // Those are no more, once they have been told.
    let needless: BTreeSet<_> = needless_rules(rules).iter().map(|needless| needless.index).collect();
    let mut first = BTreeMap::new();
    let left = rules.iter().zip(&role.facts.rules).enumerate().filter(|(index, _)| !needless.contains(index));
    for (_, (rule, places)) in left {
        let mut alike = None;
        for (name, list) in LISTS {
            let mut rest = rule.in_order();
            list(&mut rest).clear();
            let earlier = *first.entry((name, rest)).or_insert(places.whole);
            if earlier != places.whole && alike.is_none() {
                alike = Some((name, earlier));
            }
        }
        if let Some((name, earlier)) = alike {
            sink.report(places.whole, format!("this rule differs from another only in its `{name}`"))
                .help(format!("write one rule with the `{name}` of both"))
                .related(earlier, "from this one");
        }
    }
}
