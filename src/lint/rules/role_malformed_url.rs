//! URLs in rules that no request has.

use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::rbac::ALL;

pub(super) static RULE: Rule = Rule {
    id: "role-malformed-url",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a URL of a role's rule that no request has: without a `/` first, or with a `*` in the middle",
    page: include_str!("../../../rules/role-malformed-url.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role) {
        for url in rule.urls() {
            if let Some((why, help)) = why(url) {
                sink.report(url.place, format!("no request is for `{}`: {why}", url.shown())).help(help);
            }
        }
    }
}

/// Why no request has such a URL, and what to do about it.
fn why(url: Entry<'_>) -> Option<(&'static str, String)> {
    let text = url.text;
    if text == ALL {
        return None;
    }
    if text.contains("://") {
        return Some(("a rule names the path alone", "leave out all before the path".to_owned()));
    }
    if text.trim() != text || text.is_empty() {
        return Some(("paths have no spaces at their ends", "write the path without them".to_owned()));
    }
    if !text.starts_with('/') {
        return Some(("paths begin with `/`", format!("write `/{}`", url.shown())));
    }
    if text.trim_end_matches('*').contains('*') {
        let before = text.split('*').next().unwrap_or_default();
        let help = format!("`{before}*` stands for all that begins so");
        return Some(("`*` counts only at the end", help));
    }
    let is_query = text.contains(['?', '#']);
    is_query.then(|| ("a rule names the path alone", "leave out the `?` and all behind it".to_owned()))
}
