//! A volume that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice, downward};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-volume",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a volume that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-volume.md"),
    check: Check::Refused { family: Family::Volume, help },
};

fn help(error: &Error) -> Option<String> {
    let names = advice::names(error);
    let word = advice::word(error);
    let (_, rest) = names.split_at_checked(names.iter().position(|name| *name == "volumes")? + 1)?;
    let help = match (rest, error.kind) {
        _ if error.detail == "conflicting duplicate paths" => "write another `path` for one of the files",
        ([], ErrorKind::Required) => "say where the files are from, as in `emptyDir: {}`",
        (["name"], ErrorKind::Required) => "add a `name`, by which containers mount it",
        (["name"], ErrorKind::Duplicate) => {
            "rename one of them, or remove it: no two volumes of a pod have the same name"
        }
        (["name"], ErrorKind::Invalid) if !error.detail.starts_with("Total length") => {
            return Some(format!("{}; write it in `volumeMounts`, too", advice::dns_label(&word)));
        }
        ([_], ErrorKind::Forbidden) => "make a volume of its own of it, with its own `name`",
        (["secret", "secretName"], ErrorKind::Required) => "add `secretName`, the name of the Secret",
        (["configMap", "name"], ErrorKind::Required) => "add `name`, the name of the ConfigMap",
        (["persistentVolumeClaim", "claimName"], ErrorKind::Required) => {
            "add `claimName`, the name of the PersistentVolumeClaim"
        }
        (["hostPath", "path"], ErrorKind::Required) => "add `path`, the folder of the node",
        ([.., "defaultMode" | "mode"], _) => return mode(error.value.as_deref()?),
        ([.., "items", "key"], ErrorKind::Required) => "add `key`, the key whose value is to be a file",
        ([.., "items" | "serviceAccountToken", "path"], ErrorKind::Required) => {
            "add `path`, the name of the file in the volume"
        }
        (["nfs", "path"], _) if error.kind == ErrorKind::Invalid => "begin it with a `/`",
        ([.., "items" | "serviceAccountToken", "path"] | [.., "directory"], ErrorKind::Invalid) => {
            return Some(advice::path_in_volume(&word));
        }
        (["projected", "sources"], ErrorKind::Forbidden) => "make one entry under `sources` of each",
        ([.., "expirationSeconds"], _) if error.detail.contains("less than") => {
            "write `600` or more, or remove it to take an hour"
        }
        (["ephemeral", rest @ ..], _) => return claim(rest, error),
        ([.., "items"], ErrorKind::Required) => "add `fieldRef`, as in `fieldRef: {fieldPath: metadata.name}`",
        ([.., "items"], ErrorKind::Invalid) => "remove `fieldRef` or `resourceFieldRef`: a file has one content",
        ([.., "fieldRef" | "resourceFieldRef", _], _) => return downward::advice(error),
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(&word, &kinds(error))),
        _ => return None,
    };
    Some(help.to_owned())
}

/// The words that would do, without the empty one.
fn kinds(error: &Error) -> Vec<&str> {
    advice::supported(error).into_iter().filter(|kind| !kind.is_empty()).collect()
}

/// A mode is octal where it begins with a 0 only: what was written without it may be meant so.
fn mode(number: &str) -> Option<String> {
    let is_octal = number.len() == 3 && number.bytes().all(|digit| (b'0'..=b'7').contains(&digit));
    is_octal.then(|| format!("did you mean `0{number}`? without the `0`, it is a decimal number"))
}

/// A claim that is made for the pod.
fn claim(rest: &[&str], error: &Error) -> Option<String> {
    let word = advice::word(error);
    let help = match (rest, error.kind) {
        (["volumeClaimTemplate"], _) => "add `volumeClaimTemplate`, with the `spec` of a PersistentVolumeClaim",
        ([.., "metadata", _], ErrorKind::Forbidden) => "remove it: the claim is called after the pod and the volume",
        ([.., "accessModes"], ErrorKind::Required) => "add `accessModes: [ReadWriteOnce]`",
        ([.., "accessModes"], ErrorKind::NotSupported) => return Some(access_mode(&word, &advice::supported(error))),
        ([.., "requests", "storage"], ErrorKind::Required) => {
            "add `resources`, as in `resources: {requests: {storage: 1Gi}}`"
        }
        ([.., "storageClassName" | "volumeAttributesClassName"], _) => return Some(advice::dns_subdomain(&word)),
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(&word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}

/// `kubectl` shortens access modes to their capitals.
fn access_mode(word: &str, modes: &[&str]) -> String {
    match word.to_ascii_uppercase().as_str() {
        "RWO" => "write `ReadWriteOnce`".to_owned(),
        "ROX" => "write `ReadOnlyMany`".to_owned(),
        "RWX" => "write `ReadWriteMany`".to_owned(),
        "RWOP" => "write `ReadWriteOncePod`".to_owned(),
        _ => advice::one_of(word, modes),
    }
}
