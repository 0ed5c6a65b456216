//! A binding's roleRef that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::rbac::GROUP;
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "binding-invalid-role-ref",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a binding's roleRef that the API server refuses",
    page: include_str!("../../../rules/binding-invalid-role-ref.md"),
    check: Check::Refused { family: Family::RoleRef, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    let word = advice::word(error);
    let words = advice::supported(error);
    match (advice::key(error), words.as_slice()) {
        ("apiGroup", _) => format!("write `{GROUP}`, without a version, or leave `apiGroup` out"),
        ("kind", ["ClusterRole"]) if word == "Role" => {
            "write `ClusterRole` if that is meant; a Role is bound with a RoleBinding in its namespace".to_owned()
        }
        ("kind", words) if word.is_empty() => {
            format!("add `kind` to `roleRef`: {}", advice::alternatives(words))
        }
        ("kind", words) => advice::one_of(&word, words),
        (_, _) if error.kind == ErrorKind::Required => "add the `name` of the role to `roleRef`".to_owned(),
        _ if word.contains('/') => {
            "write only the name: a Role is looked for in the namespace of the binding".to_owned()
        }
        _ => "write the name of the role as it stands in its `metadata`".to_owned(),
    }
}
