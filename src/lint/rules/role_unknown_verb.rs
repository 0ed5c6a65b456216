//! Verbs in rules about resources that no request has.

use crate::catalog::{RESOURCE_VERBS, is_constrained_impersonation, is_resource_verb};
use crate::diagnostic::{Category, Fix, Safety, Severity};
use crate::lint::role_rules::{Entry, WrittenRule, rules};
use crate::lint::{Check, InSet, Profile, Rule, Sink, advice};
use crate::manifest::RoleFacts;

pub(super) static RULE: Rule = Rule {
    id: "role-unknown-verb",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a verb of a role's rule that no request to the API has",
    page: include_str!("../../../rules/role-unknown-verb.md"),
    check: Check::Role(check),
};

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    for rule in rules(role).filter(|rule| !rule.rule.resources.is_empty()) {
        for verb in rule.verbs().filter(|verb| !is_resource_verb(verb.text) && !verb.text.contains(['*', ':'])) {
            if let Some(help) = help(&rule, verb) {
                let fix = fix(verb, sink);
                sink.report(verb.place, format!("no request has the verb `{}`", verb.shown())).help(help).fix(fix);
            }
        }
    }
}

/// What to write instead; `None` where the verb may well mean something.
fn help(rule: &WrittenRule<'_>, verb: Entry<'_>) -> Option<String> {
    let bare = verb.text.trim().to_lowercase();
    if is_resource_verb(&bare) {
        return Some(if bare == verb.text.trim() {
            format!("write `{bare}`, without the space")
        } else {
            format!("write `{bare}`: verbs are lower case")
        });
    }
    if may_mean_something(rule, verb.text) {
        return None;
    }
    Some(match meaning(&bare) {
        Some(meaning) => meaning.to_owned(),
        None => match advice::nearest(&bare, &RESOURCE_VERBS) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => {
                "the verbs are `get`, `list`, `watch`, `create`, `update`, `patch`, `delete` and `deletecollection`"
                    .to_owned()
            }
        },
    })
}

/// The verb that was meant; where only case or space is wrong, nothing else can have been.
fn fix(verb: Entry<'_>, sink: &Sink<'_>) -> Option<Fix> {
    let bare = verb.text.trim().to_lowercase();
    if is_resource_verb(&bare) {
        return sink.writing(Safety::Safe, verb.place, &bare);
    }
    let meant = advice::nearest(&bare, &RESOURCE_VERBS).filter(|_| meaning(&bare).is_none())?;
    sink.writing(Safety::Unsafe, verb.place, meant)
}

/// Whether an extension may check such a verb, or Kubernetes does on one of the resources.
fn may_mean_something(rule: &WrittenRule<'_>, verb: &str) -> bool {
    let Some(groups) = rule.built_in_groups() else { return true };
    let checks = |group: &&str, entry: Entry<'_>| {
        let (plural, subresource) = entry.resource();
        let verbs = rule.catalog.verbs_of(group, plural, subresource);
        verbs.is_some_and(|verbs| verbs.contains(&verb)) || is_constrained_impersonation(verb)
    };
    groups.iter().any(|group| rule.resources().any(|entry| checks(group, entry)))
}

/// What a word of kubectl, HTTP or everyday English comes to.
fn meaning(word: &str) -> Option<&'static str> {
    Some(match word {
        "read" | "view" | "describe" | "show" | "readonly" | "read-only" | "head" => {
            "reading is `get`, `list` and `watch`"
        }
        "write" | "edit" | "modify" | "change" | "manage" | "readwrite" | "read-write" => {
            "writing is `create`, `update`, `patch` and `delete`"
        }
        "apply" => "`kubectl apply` takes `get`, `create` and `patch`",
        "add" | "post" | "run" | "make" | "insert" => "making new objects is `create`",
        "put" | "replace" | "set" => "replacing an object is `update`",
        "remove" | "del" | "destroy" | "drop" => "removing an object is `delete`",
        "exec" | "execute" | "attach" | "portforward" | "port-forward" | "cp" | "debug" => {
            "this is the verb `create` on a subresource: `pods/exec`, `pods/attach`, `pods/portforward`"
        }
        "evict" | "drain" => "this is the verb `create` on `pods/eviction`",
        "log" | "logs" => "reading logs is the verb `get` on `pods/log`",
        "proxy" => "this is `get` or `create` on a subresource, such as `services/proxy`",
        "scale" => "scaling is `update` and `patch` on a subresource, such as `deployments/scale`",
        "rollout" | "restart" | "label" | "annotate" | "cordon" | "taint" => "this is the verb `patch`",
        "all" | "any" | "full" | "admin" | "everything" => "all verbs are `*`",
        _ => return None,
    })
}
