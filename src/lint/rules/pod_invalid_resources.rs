//! Requests, limits or claims that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family, Part};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-resources",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "requests, limits or claims that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-resources.md"),
    check: Check::Refused { family: Family::Resources, help },
};

/// Numbers of bytes below this are worth no limit: it is the unit that is missing.
const FEW_BYTES: u64 = 1_000_000;
/// Whole CPUs that few machines have: thousandths are meant.
const MANY_CPUS: u64 = 50;

fn help(error: &Error) -> Option<String> {
    let names = advice::names(error);
    let word = advice::word(error);
    let most = error.detail.rsplit_once(" of ").map(|(_, most)| most);
    let help = match (names.as_slice(), error.kind) {
        _ if error.at.part == Part::Key => return Some(resource(&word, error)),
        ([.., "requests" | "limits", name], _) if error.detail.starts_with("must be less than or equal to") => {
            let whose = if error.detail.contains("pod limits") { "the limit of the pod" } else { "the limit" };
            return Some(too_much(name, &word, most?, whose));
        }
        ([.., "requests" | "limits", _], _)
            if error.detail.starts_with("must be greater than or equal to aggregate") =>
        {
            return Some(format!("raise it to `{}`, or lower what the containers ask for", most?));
        }
        ([.., "requests", _], _) if error.detail.starts_with("must be equal to") => {
            return Some(format!("write `{}`, or remove the request: it is the limit where it is left out", most?));
        }
        ([.., "requests" | "limits", name], _) if error.detail == "must be an integer" => {
            return Some(format!("write a whole number: `{name}` cannot be shared"));
        }
        ([.., "requests", name], ErrorKind::Required) => {
            return Some(format!("write `{name}` under `limits`, too, or there only: a request of it is the limit"));
        }
        ([.., "claims", "name"], ErrorKind::Required) => "add the `name` of one of the pod's `resourceClaims`",
        ([.., "claims", "name"], ErrorKind::NotFound) => {
            return Some(format!(
                "add a claim of this name under `{}`, or correct the name",
                advice::in_pod(error, "resourceClaims")
            ));
        }
        ([.., "claims", "name"], ErrorKind::Duplicate) => "remove one of them",
        ([.., "claims"], ErrorKind::Forbidden) => "move the `claims` to the `resources` of a container",
        ([.., "resizePolicy"], ErrorKind::Duplicate) => "remove one of them: each resource has one policy",
        ([.., "restartPolicy"], ErrorKind::Invalid) if error.detail.contains("`restartPolicy`") => {
            "write `NotRequired`, or `OnFailure` as the `restartPolicy` of the pod"
        }
        ([.., "restartPolicy"], ErrorKind::Invalid) => "write `NotRequired`",
        (_, ErrorKind::Forbidden) if error.detail.starts_with("HugePages") => "ask for `cpu` or `memory`, too",
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(&word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}

/// What to write instead of the name of a resource.
fn resource(word: &str, error: &Error) -> String {
    const KNOWN: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
    match word.to_ascii_lowercase().as_str() {
        _ if error.kind == ErrorKind::NotSupported => {
            "write `cpu` or `memory`: the others are for containers".to_owned()
        }
        "gpu" | "gpus" | "nvidia" => "write the domain before it, as in `nvidia.com/gpu`".to_owned(),
        "mem" | "ram" => "did you mean `memory`?".to_owned(),
        "storage" | "disk" | "ephemeralstorage" => "did you mean `ephemeral-storage`?".to_owned(),
        "cpus" | "cores" | "vcpu" => "did you mean `cpu`?".to_owned(),
        _ if word.contains('/') => advice::label_key(error),
        _ => match advice::nearest(word, &KNOWN) {
            Some(_) => advice::one_of(word, &KNOWN),
            None => format!(
                "write {}, or a resource with its domain, such as `nvidia.com/gpu`",
                advice::alternatives(&KNOWN)
            ),
        },
    }
}

/// Where there is more of something than there may be, the unit is the first thing to look at.
fn too_much(resource: &str, amount: &str, most: &str, whose: &str) -> String {
    let (count, unit) = split(amount);
    let (limit, unit_of_limit) = split(most);
    let is_limit_of_bytes =
        resource != "cpu" && matches!(unit_of_limit, "" | "m") && limit.is_some_and(|limit| limit < FEW_BYTES);
    let cpus = match unit {
        "" => count,
        "k" => count.map(|thousands| thousands.saturating_mul(1000)),
        _ => None,
    };
    match (resource, cpus) {
        ("cpu", _) if unit.ends_with('i') => {
            "write CPUs as `1`, or in thousandths as `500m`: units such as `Gi` are for memory".to_owned()
        }
        ("cpu", Some(cpus)) if (MANY_CPUS..=thousandths(most)).contains(&cpus) => {
            format!("did you mean `{cpus}m`? without a unit, it is a number of whole CPUs")
        }
        ("memory" | "ephemeral-storage", _) if is_limit_of_bytes && limit >= count && !unit.is_empty() => {
            let limit = limit.unwrap_or_default();
            let bytes = if unit_of_limit == "m" { "thousandths of a byte" } else { "bytes" };
            format!("write `{limit}{unit}` as {whose}: `{most}` is a number of {bytes}")
        }
        _ => format!("lower it, or raise {whose} to `{amount}`"),
    }
}

/// A whole number and the unit behind it.
fn split(amount: &str) -> (Option<u64>, &str) {
    let digits = amount.trim_end_matches(|c: char| !c.is_ascii_digit());
    (digits.parse().ok(), amount.strip_prefix(digits).unwrap_or_default())
}

/// An amount of CPUs in thousandths; as if there were none where it is no whole number of them.
fn thousandths(amount: &str) -> u64 {
    match split(amount) {
        (Some(count), "m") => count,
        (Some(count), "") => count.saturating_mul(1000),
        _ => 0,
    }
}
