//! Verbs in rules about URLs that are no methods of HTTP.

use crate::catalog::{NON_RESOURCE_VERBS, is_non_resource_verb};
use crate::diagnostic::{Category, Severity};
use crate::lint::role_rules::{Entry, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink, advice};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-url-verb",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a verb of a role's rule about URLs that is no method of HTTP in lower case",
    page: include_str!("../../../rules/role-url-verb.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role).filter(|rule| !rule.rule.non_resource_urls.is_empty()) {
        let reads = rule.rule.verbs.iter().any(|verb| verb == "get" || verb == "*");
        for verb in rule.verbs().filter(|verb| !is_non_resource_verb(verb.text) && !verb.text.contains('*')) {
            let message = format!("no request for a URL has the verb `{}`", verb.shown());
            let draft = sink.report(verb.place, message).help(help(verb));
            // Who copies the verbs of a reader beside `get` has what was wanted.
            if reads && ["list", "watch"].contains(&verb.text) {
                draft.rated(Profile::Pedantic, Severity::Info);
            }
        }
    }
}

fn help(verb: Entry<'_>) -> String {
    let bare = verb.text.trim().to_lowercase();
    if is_non_resource_verb(&bare) {
        return format!("write `{bare}`: the verbs on URLs are the methods of HTTP, in lower case");
    }
    let meant = match bare.as_str() {
        "list" | "watch" | "read" | "view" => "reading a URL is `get`",
        "create" => "to make something at a URL is `post`",
        "update" => "to replace something at a URL is `put`",
        "deletecollection" => "to remove something at a URL is `delete`",
        _ => match advice::nearest(&bare, &NON_RESOURCE_VERBS) {
            Some(near) => return format!("did you mean `{near}`?"),
            None => {
                "the verbs on URLs are the methods of HTTP: `get`, `head`, `post`, `put`, `patch`, `delete` and `options`"
            }
        },
    };
    meant.to_owned()
}
