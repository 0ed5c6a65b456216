//! A podFailurePolicy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "job-invalid-pod-failure-policy",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a podFailurePolicy that the API server refuses",
    page: include_str!("../../../rules/job-invalid-pod-failure-policy.md"),
    check: Check::Refused { family: Family::PodFailurePolicy, help },
};

fn help(error: &Error) -> Option<String> {
    let word = advice::word(error);
    let help = match (advice::key(error), error.kind) {
        ("rules", ErrorKind::TooMany) => "leave 20 rules or fewer; the first that fits decides",
        ("rules", _) if error.detail.contains("both") => {
            "make two rules of it, one with `onExitCodes` and one with `onPodConditions`: the first that fits decides"
        }
        ("rules", _) => "say which failures are meant: with `onExitCodes`, or with `onPodConditions`",
        ("action", ErrorKind::Required) => "add `action`: `FailJob`, `FailIndex`, `Ignore` or `Count`",
        ("action", ErrorKind::Invalid) => "set `backoffLimitPerIndex`, or write `FailJob`",
        ("operator", ErrorKind::Required) => "add `operator`: `In` or `NotIn`",
        ("action" | "operator" | "status", _) => return Some(advice::one_of(&word, &advice::supported(error))),
        ("containerName", _) => "write the name of a container of the template, or leave it out to mean any of them",
        ("type", _) => "write the type of a condition of the pod, such as `DisruptionTarget`",
        ("onPodConditions", _) => "leave 20 conditions or fewer, or make more than one rule of them",
        ("values", _) => return Some(exit_codes(error)),
        _ => return None,
    };
    Some(help.to_owned())
}

fn exit_codes(error: &Error) -> String {
    match (error.kind, error.value.as_deref().unwrap_or_default()) {
        (ErrorKind::TooMany, _) => "leave 255 codes or fewer, or list the others with `operator: NotIn`".to_owned(),
        (ErrorKind::Duplicate, code) => format!("remove the second `{code}`"),
        (_, "0") => "remove `0`: a container that exits with 0 has not failed".to_owned(),
        (_, "[]") => "list the exit codes that are meant, such as `values: [42]`".to_owned(),
        (_, values) => match sorted(values) {
            Some(sorted) => format!("write `{sorted}`"),
            None => "write the codes in ascending order".to_owned(),
        },
    }
}

/// A list of numbers as the API server wants it.
fn sorted(values: &str) -> Option<String> {
    let mut codes: Vec<i32> = serde_json::from_str(values).ok()?;
    codes.sort_unstable();
    codes.dedup();
    let codes: Vec<_> = codes.iter().map(i32::to_string).collect();
    (codes.len() <= 20).then(|| format!("[{}]", codes.join(", ")))
}
