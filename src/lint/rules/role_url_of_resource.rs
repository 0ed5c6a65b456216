//! URLs in rules that are those of resources: requests for them are decided by rules with resources.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::rules;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-url-of-resource",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a URL of a role's rule under which there are resources, that takes a rule with resources",
    page: include_str!("../../../rules/role-url-of-resource.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        for url in rule.urls().filter(|url| is_of_resource(url.text)) {
            sink.report(url.place, format!("`{}` is a resource: no rule about URLs is asked about it", url.shown()))
                .help("write a rule with `apiGroups` and `resources`");
        }
    }
}

/// Whether a path leads to a resource: it names more than the version of an API, which only discovery is asked for.
fn is_of_resource(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').skip(1).collect();
    let before = match parts.first() {
        Some(&"api") => 2,
        Some(&"apis") => 3,
        _ => return false,
    };
    let is_named = |part: &&str| !part.is_empty() && !part.contains('*');
    parts.len() > before && parts.iter().take(before + 1).all(is_named)
}
