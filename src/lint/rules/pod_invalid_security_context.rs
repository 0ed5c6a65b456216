//! A security context that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-security-context",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a security context that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-security-context.md"),
    check: Check::Refused { family: Family::SecurityContext, help },
};

fn help(error: &Error) -> Option<String> {
    let word = advice::word(error);
    let is_app_armor = error.detail.contains("AppArmor");
    let help = match (advice::key(error), error.kind) {
        ("add", _) => {
            "remove `allowPrivilegeEscalation: false`, or the capability, with which a process can do nearly all"
        }
        ("privileged", ErrorKind::Invalid) => {
            "remove `privileged: true`, or `allowPrivilegeEscalation: false`: a privileged container has all rights already"
        }
        ("type", ErrorKind::Required) => "add a `type`, such as `RuntimeDefault`",
        ("type" | "localhostProfile", ErrorKind::Forbidden) => {
            "remove the annotation: the field says the same, and is newer"
        }
        ("type", _) if word.starts_with("localhost/") => {
            "write `type: Localhost`, and the path behind `localhost/` as `localhostProfile`"
        }
        ("localhostProfile", ErrorKind::Required) if is_app_armor => {
            "add `localhostProfile`, the name of a profile that the node has loaded"
        }
        ("localhostProfile", ErrorKind::Required) => {
            "add `localhostProfile`, the path of the profile as seen from the kubelet's folder `seccomp`"
        }
        ("localhostProfile", _) if error.detail.starts_with("can only be set") => {
            "write `type: Localhost`, or remove `localhostProfile`"
        }
        ("procMount", ErrorKind::Invalid) => {
            return Some(format!("write `Default`, or `{}: false`", advice::in_pod(error, "hostUsers")));
        }
        ("windowsOptions", ErrorKind::Forbidden) => "remove it, or write `windows` as the `name` of the pod's `os`",
        (_, ErrorKind::Forbidden) if error.detail.contains("windows pod") => {
            "remove it, or write `linux` as the `name` of the pod's `os`"
        }
        ("name", ErrorKind::Required) => "add the `name` of the kernel parameter, such as `net.core.somaxconn`",
        ("name", ErrorKind::Duplicate) => "remove one of them",
        ("name", _) if error.detail.contains("'hostNetwork'") => {
            "remove it, or `hostNetwork: true`: the network is the node's"
        }
        ("name", _) if error.detail.contains("'hostIPC'") => {
            "remove it, or `hostIPC: true`: what processes share is the node's"
        }
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(&word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}
