//! Verbs that are checked on a few resources alone, in rules about others.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink, removed};
use crate::manifest::RoleFacts;
use crate::rbac::ALL;

pub(super) static RULE: Rule = Rule {
    id: "role-special-verb-elsewhere",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "`bind`, `escalate`, `impersonate`, `approve`, `sign` or `attest` on a resource on which it means nothing",
    page: include_str!("../../../rules/role-special-verb-elsewhere.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        for verb in rule.verbs() {
            if let Some(place) = right_place(verb.text).filter(|_| is_elsewhere(&rule, verb)) {
                let resources: Vec<_> = rule.resources().map(|entry| format!("`{}`", entry.shown())).take(3).collect();
                let message = format!("`{}` means nothing on {}", verb.text, resources.join(", "));
                sink.report(verb.place, message).help(format!("it is checked on {place}"));
            }
        }
    }
}

/// Where a verb is checked; `None` for those that are checked everywhere.
fn right_place(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "bind" => "the role that is handed out: `roles` and `clusterroles` of `rbac.authorization.k8s.io`",
        "escalate" => "`roles` and `clusterroles` of `rbac.authorization.k8s.io`",
        "impersonate" => {
            "`users`, `groups` and `serviceaccounts` of the core group, and `uids` and `userextras/KEY` of \
             `authentication.k8s.io`"
        }
        "approve" | "sign" | "attest" => "`signers` of `certificates.k8s.io`",
        "use" => "policies of extensions, such as `securitycontextconstraints` of `security.openshift.io`",
        _ => return None,
    })
}

fn is_elsewhere(rule: &WrittenRule<'_>, verb: Entry<'_>) -> bool {
    let Some(groups) = rule.built_in_groups() else { return false };
    let may_be_there = |entry: Entry<'_>| {
        let (plural, subresource) = entry.resource();
        let checked = |group: &&str| {
            let verbs = rule.catalog.verbs_of(group, plural, subresource);
            verbs.is_some_and(|verbs| verbs.contains(&verb.text))
        };
        plural == ALL
            || rule.find(&groups, plural).is_empty()
            || removed::resource(&groups, plural).is_some()
            || groups.iter().any(checked)
    };
    rule.resources().next().is_some() && !rule.resources().any(may_be_there)
}
