//! Node selectors, affinity, tolerations or spread that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family, Part};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-scheduling",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "node selectors, affinity, tolerations or spread that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-scheduling.md"),
    check: Check::Refused { family: Family::Scheduling, help },
};

const NODE_OPERATORS: [&str; 6] = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];

fn help(error: &Error) -> Option<String> {
    let word = advice::word(error);
    let names = advice::names(error);
    let (_, rest) = names.split_at_checked(names.iter().position(|name| *name == "template")? + 2)?;
    match rest {
        ["nodeSelector", ..] => Some(match word.split_once('=').filter(|_| error.at.part == Part::Key) {
            Some((key, value)) if word.len() <= 63 => format!("write `{key}: {value}`"),
            _ => advice::label(error),
        }),
        ["affinity", "nodeAffinity", rest @ ..] => to_nodes(rest, error, &word),
        ["affinity", _, rest @ ..] => to_pods(rest, error),
        ["tolerations", rest @ ..] => toleration(rest, error, &word),
        ["topologySpreadConstraints", rest @ ..] => spread(rest, error, &word),
        ["schedulingGates", ..] if error.kind == ErrorKind::Duplicate => Some("remove one of them".to_owned()),
        ["schedulingGates", ..] => Some(advice::label_key(error)),
        ["nodeName" | "priorityClassName" | "schedulerName"] => Some(advice::dns_subdomain(&word)),
        _ => None,
    }
}

fn to_nodes(rest: &[&str], error: &Error, word: &str) -> Option<String> {
    let help = match (rest, error.kind) {
        ([.., "nodeSelectorTerms"], ErrorKind::Required) => "add a term, with `matchExpressions`",
        ([.., "weight"], _) => return weight(error),
        ([.., "matchFields", "key"], _) => {
            "write `metadata.name`, the only field there is, or use `matchExpressions` for labels"
        }
        ([.., "matchFields", "operator"], _) => return Some(operator(word, &["In", "NotIn"])),
        ([.., "matchFields", "values"], ErrorKind::Required) => "write one value, and one entry for each node",
        ([.., "operator"], _) => return Some(operator(word, &NODE_OPERATORS)),
        ([.., "values"], ErrorKind::Required) if error.detail.contains("single") => {
            "write one number, as in `values: [\"4\"]`"
        }
        ([.., "matchExpressions", _], _) => return Some(advice::selector(error)),
        _ => return None,
    };
    Some(help.to_owned())
}

/// What to write instead of an operator: that of another language may be meant.
fn operator(word: &str, operators: &[&str]) -> String {
    match word {
        "" => format!("add `operator`: {}", advice::alternatives(operators)),
        "=" | "==" | "Equals" | "Equal" => "write `In`, and the value in the list `values`".to_owned(),
        "!=" | "NotEquals" | "NotEqual" => "write `NotIn`, and the value in the list `values`".to_owned(),
        ">" => "write `Gt`".to_owned(),
        "<" => "write `Lt`".to_owned(),
        _ => advice::one_of(word, operators),
    }
}

fn weight(error: &Error) -> Option<String> {
    (error.value.as_deref() == Some("0"))
        .then(|| "write a `weight` from 1 to 100, which counts among the other preferences".to_owned())
}

fn to_pods(rest: &[&str], error: &Error) -> Option<String> {
    let help = match (rest, error.kind) {
        ([.., "weight"], _) => return weight(error),
        ([.., "topologyKey"], ErrorKind::Required) => "add a `topologyKey`, such as `kubernetes.io/hostname`",
        ([.., "topologyKey"], _) => return Some(advice::label_key(error)),
        ([.., "matchLabelKeys" | "mismatchLabelKeys"], _) => return Some(label_keys(error)),
        ([_, "labelSelector" | "namespaceSelector", ..] | [_, _, "labelSelector" | "namespaceSelector", ..], _) => {
            return Some(advice::selector(error));
        }
        ([.., "namespaces"], _) => return Some(advice::dns_label(&advice::word(error))),
        _ => return None,
    };
    Some(help.to_owned())
}

fn label_keys(error: &Error) -> String {
    match (error.kind, error.detail.as_str()) {
        (ErrorKind::Forbidden, _) => "add a `labelSelector`".to_owned(),
        (_, detail) if detail.starts_with("exists in both") => "remove it from one of them".to_owned(),
        _ => advice::label_key(error),
    }
}

fn toleration(rest: &[&str], error: &Error, word: &str) -> Option<String> {
    let help = match (rest, error.kind) {
        (["key"], _) => return Some(advice::label_key(error)),
        (["operator"], ErrorKind::Invalid) => "add the `key` of the taint, or write `operator: Exists` to tolerate any",
        (["operator"], _) if ["=", "==", "Equals", "In"].contains(&word) => "write `Equal`",
        (["operator"], _) => return Some(advice::one_of(word, &["Equal", "Exists"])),
        (["effect"], ErrorKind::Invalid) => "write `effect: NoExecute`, or remove `tolerationSeconds`",
        (["effect"], _) => return Some(advice::one_of(word, &advice::supported(error))),
        (["value"], _) if error.detail.starts_with("value must be empty") => {
            "remove `value`, or write `operator: Equal`"
        }
        (["value"], _) => return Some(advice::label_value(error)),
        _ => return None,
    };
    Some(help.to_owned())
}

fn spread(rest: &[&str], error: &Error, word: &str) -> Option<String> {
    let help = match (rest, error.kind) {
        ([], ErrorKind::Duplicate) => "remove one of them, or write another `topologyKey` or `whenUnsatisfiable`",
        (["maxSkew"], _) => "write `maxSkew: 1`, or more",
        (["minDomains"], _) if error.detail.starts_with("can only") => {
            "remove `minDomains`, or write `whenUnsatisfiable: DoNotSchedule`"
        }
        (["minDomains"], _) => "remove it, or write `1` or more",
        (["topologyKey"], ErrorKind::Required) => "add a `topologyKey`, such as `topology.kubernetes.io/zone`",
        (["whenUnsatisfiable"], _) if word.is_empty() => "add `whenUnsatisfiable`: `DoNotSchedule` or `ScheduleAnyway`",
        (["matchLabelKeys"], _) => return Some(label_keys(error)),
        (["labelSelector", ..], _) => return Some(advice::selector(error)),
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}
