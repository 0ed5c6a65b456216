//! Requests, limits or claims that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule, advice};
use crate::validate::{Error, ErrorKind, Family, Part};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-resources",
    category: Category::Invalid,
    severity: Severity::Error,
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
            return Some(too_much(name, &word, most?, error.detail.contains("pod limits")));
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
        ([.., "limits"], ErrorKind::Required) => "write the same amount under `limits`, or there only",
        ([.., "claims"], ErrorKind::Required) => "add the `name` of one of the pod's `resourceClaims`",
        ([.., "claims"], ErrorKind::NotFound) => {
            return Some(format!(
                "add a claim of this name under `{}`, or correct the name",
                advice::in_pod(error, "resourceClaims")
            ));
        }
        ([.., "claims"], ErrorKind::Duplicate) => "remove one of them",
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
fn too_much(resource: &str, amount: &str, most: &str, is_of_pod: bool) -> String {
    let whole = |amount: &str| match amount.strip_suffix('k') {
        Some(thousands) => thousands.parse::<u64>().ok().and_then(|thousands| thousands.checked_mul(1000)),
        None => amount.parse::<u64>().ok(),
    };
    match resource {
        "cpu" if amount.ends_with('i') => {
            "write CPUs as `1`, or in thousandths as `500m`: units such as `Gi` are for memory".to_owned()
        }
        "cpu" => match whole(amount).filter(|cpus| *cpus >= MANY_CPUS) {
            Some(cpus) => format!("did you mean `{cpus}m`? without a unit, it is a number of whole CPUs"),
            None => lower(amount, is_of_pod),
        },
        _ if most.ends_with('m') => {
            format!("did you mean `{}Mi`? `{most}` is in thousandths of a byte", most.trim_end_matches('m'))
        }
        _ => match whole(most)
            .filter(|bytes| *bytes > 0 && *bytes < FEW_BYTES && (resource != "memory" || !most.is_empty()))
        {
            Some(bytes) if resource == "memory" || resource == "ephemeral-storage" => {
                format!("did you mean `{bytes}Mi`? without a unit, `{most}` is a number of bytes")
            }
            _ => lower(amount, is_of_pod),
        },
    }
}

fn lower(amount: &str, is_of_pod: bool) -> String {
    if is_of_pod {
        format!("lower it, or raise the limit of the pod to `{amount}`")
    } else {
        format!("lower the request, or raise the limit to `{amount}`")
    }
}
