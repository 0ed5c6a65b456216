//! A rule of a role that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, Family};

pub(super) static RULE: Rule = Rule {
    id: "role-invalid-rule",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a rule of a role that the API server refuses",
    page: include_str!("../../../rules/role-invalid-rule.md"),
    check: Check::Refused { family: Family::RoleRule, help },
};

fn help(error: &Error) -> Option<String> {
    let help = match advice::key(error) {
        "verbs" => "add what may be done, such as `verbs: [get, list, watch]`, or remove the rule",
        "apiGroups" => {
            "add `apiGroups`: `[\"\"]` is the group of pods, secrets and services; `[apps]` that of deployments"
        }
        "resources" => "add `resources`, such as `[pods]`; for all of the group, `[\"*\"]`",
        "nonResourceURLs" if error.detail.starts_with("namespaced") => {
            "move it to a ClusterRole, and bind that with a ClusterRoleBinding: URLs are in no namespace"
        }
        "nonResourceURLs" => "make two rules of it, one with `resources` and one with `nonResourceURLs`",
        _ => return None,
    };
    Some(help.to_owned())
}
