//! An environment variable that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice, downward};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-environment",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "an environment variable that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-environment.md"),
    check: Check::Refused { family: Family::Environment, help },
};

fn help(error: &Error) -> Option<String> {
    let names = advice::names(error);
    let word = advice::word(error);
    let help = match (names.as_slice(), error.kind) {
        ([.., "env", "name"], ErrorKind::Required) => "add the `name` of the variable".to_owned(),
        ([.., "env", "name"], _) => variable(&word),
        ([.., "envFrom", "prefix"], _) => "write letters, digits and `_`, such as `DB_`".to_owned(),
        ([.., "valueFrom"], _) => source(&error.detail).to_owned(),
        ([.., "envFrom"], _) if error.detail.starts_with("must specify") => {
            "say which, as in `configMapRef: {name: settings}`, or remove the entry".to_owned()
        }
        ([.., "envFrom"], _) => "make two entries of it".to_owned(),
        (
            [.., kind @ ("configMapRef" | "configMapKeyRef" | "secretRef" | "secretKeyRef"), "name"],
            ErrorKind::Required,
        ) => {
            format!("add the `name` of the {}", kind_of(kind))
        }
        ([.., "configMapRef" | "configMapKeyRef" | "secretRef" | "secretKeyRef", "name"], _) => {
            advice::dns_subdomain(&word)
        }
        ([.., kind @ ("configMapKeyRef" | "secretKeyRef"), "key"], ErrorKind::Required) => {
            format!("add `key`, the key in the {}", kind_of(kind))
        }
        ([.., kind @ ("configMapKeyRef" | "secretKeyRef"), "key"], _) => {
            format!("write the key as it stands in the {}: letters, digits, `-`, `_` and `.`", kind_of(kind))
        }
        _ => return downward::advice(error),
    };
    Some(help)
}

fn kind_of(reference: &str) -> &'static str {
    if reference.starts_with("secret") { "Secret" } else { "ConfigMap" }
}

/// What to write instead of the name of a variable.
fn variable(word: &str) -> String {
    match word.split_once('=') {
        Some((name, _)) if !name.trim().is_empty() && name.len() <= 63 => {
            format!("write `name: {}`, and what stands behind the `=` as `value`", name.trim())
        }
        _ => "write letters, digits and `_`, such as `LOG_LEVEL`".to_owned(),
    }
}

fn source(detail: &str) -> &'static str {
    match detail {
        _ if detail.starts_with("must specify") => {
            "say where the value is from, as in `secretKeyRef: {name: login, key: password}`, or write `value`"
        }
        _ if detail.contains("`value`") => "remove `value`, or `valueFrom`",
        _ => "leave one source: a variable has one value",
    }
}
