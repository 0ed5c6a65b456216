//! A mount without a volume, or one that the API server refuses.

use k8s_openapi::api::core::v1::{PodSpec, Volume};

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-volume-mount",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a mount without a volume, or one that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-volume-mount.md"),
    check: Check::RefusedInPod { family: Family::VolumeMount, help },
};

/// The most volumes that are worth naming.
const MOST_NAMES: usize = 5;

fn help(error: &Error, pod: &PodSpec) -> Option<String> {
    let word = advice::word(error);
    let help = match (advice::key(error), error.kind) {
        ("name", ErrorKind::NotFound) => {
            return Some(no_volume(error, &word, pod.volumes.as_deref().unwrap_or_default()));
        }
        ("name", ErrorKind::Required) => "add the `name` of the volume",
        ("name", _) if error.detail.starts_with("can only use") => {
            "list it under `volumeMounts`, with a `mountPath`: only claims of block devices are devices"
        }
        ("name" | "devicePath" | "mountPath", _) if error.detail.contains("already exist") => {
            "a volume is a folder or a device: remove it from `volumeMounts` or from `volumeDevices`"
        }
        ("mountPath", ErrorKind::Required) => "add `mountPath`, the folder of the container where the volume is to be",
        ("devicePath", ErrorKind::Required) => "add `devicePath`, the device in the container, such as `/dev/xvda`",
        ("mountPath", _) => "mount one of them elsewhere, or remove it: two volumes cannot be in one place",
        ("subPath" | "subPathExpr", _) if error.detail.contains("exclusive") => "remove `subPath` or `subPathExpr`",
        ("subPath" | "subPathExpr", _) => return Some(advice::path_in_volume(&word)),
        ("mountPropagation", ErrorKind::Forbidden) => {
            "write `HostToContainer`, or `privileged: true` under the `securityContext` of the container"
        }
        ("recursiveReadOnly", ErrorKind::Forbidden) if error.detail.contains("readOnly") => "add `readOnly: true`",
        ("recursiveReadOnly", ErrorKind::Forbidden) => "remove `mountPropagation`",
        ("volumeDevices", ErrorKind::Forbidden) => {
            "remove `hostUsers: false`, or claim a file system instead of a device"
        }
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(&word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}

fn no_volume(error: &Error, word: &str, volumes: &[Volume]) -> String {
    let names: Vec<_> = volumes.iter().map(|volume| volume.name.as_str()).collect();
    let volumes = advice::in_pod(error, "volumes");
    match advice::nearest(word, &names) {
        _ if names.contains(&word) => {
            "mend the volume of this name first: the API server leaves out those that it refuses".to_owned()
        }
        Some(meant) => format!("did you mean `{meant}`? there is no volume `{word}` under `{volumes}`"),
        None if names.is_empty() || names.len() > MOST_NAMES => {
            format!("add a volume of this name under `{volumes}`, or correct the name")
        }
        None => format!("add a volume of this name under `{volumes}`, or write {}", advice::alternatives(&names)),
    }
}
