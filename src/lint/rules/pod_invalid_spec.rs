//! A field of a pod's spec that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-spec",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a field of a pod's spec that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-spec.md"),
    check: Check::Refused { family: Family::PodSpec, help },
};

fn help(error: &Error) -> Option<String> {
    let word = advice::word(error);
    let names = advice::names(error);
    let (_, rest) = names.split_at_checked(names.iter().position(|name| *name == "template")? + 2)?;
    let help = match (rest, error.kind) {
        (["activeDeadlineSeconds"], _) => {
            return Some(format!(
                "remove it, and write `{}` to end the whole Job in time: this one is for each of its pods",
                advice::in_job(error, "activeDeadlineSeconds")
            ));
        }
        (["serviceAccountName" | "serviceAccount"], _) => return Some(account(&word)),
        (["dnsConfig"], ErrorKind::Required) => "add `dnsConfig` with `nameservers`, or remove `dnsPolicy: None`",
        (["dnsConfig", "nameservers"], ErrorKind::Required) => {
            "add an address to `nameservers`, or remove `dnsPolicy: None`"
        }
        (["dnsConfig", "options"], ErrorKind::Required) => "add the `name` of the option, such as `ndots`",
        (["hostname" | "subdomain"], _) if error.detail == "must not contain dots" => {
            "write the first part only: the others come from `subdomain` and the cluster"
        }
        (["hostname" | "subdomain"] | ["resourceClaims", "name"], ErrorKind::Invalid) => {
            return Some(advice::dns_label(&word));
        }
        (
            ["runtimeClassName"] | ["resourceClaims", "resourceClaimName" | "resourceClaimTemplateName"],
            ErrorKind::Invalid,
        ) => {
            return Some(advice::dns_subdomain(&word));
        }
        (["hostnameOverride"] | ["hostAliases", "hostnames"], ErrorKind::Invalid) => {
            return advice::subdomain_like(&word).map(|name| format!("`{name}` would do"));
        }
        (["resourceClaims", "name"], ErrorKind::Duplicate) => "rename one of them",
        (["hostNetwork" | "hostPID" | "hostIPC"], ErrorKind::Forbidden) if error.detail.starts_with("when") => {
            return Some(format!("remove `{}`, or `hostUsers: false`", rest.concat()));
        }
        (["shareProcessNamespace"], ErrorKind::Invalid) => {
            "remove `shareProcessNamespace`: with `hostPID`, containers see all processes of the node, and so each other's"
        }
        (_, ErrorKind::Forbidden) if error.detail.contains("windows pod") => {
            "remove it, or write `linux` as the `name` of the pod's `os`"
        }
        (["os", "name"], ErrorKind::Required) => "add `name: linux`, or remove `os`",
        (["readinessGates", "conditionType"], _) => return Some(advice::label_key(error)),
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(&word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}

/// What to write instead of the name of a ServiceAccount: the name alone, where it was put together with the namespace.
fn account(name: &str) -> String {
    match advice::account(name) {
        Some((_, name)) => format!("write `{name}`: pods have a ServiceAccount of their own namespace"),
        None => advice::dns_subdomain(name),
    }
}
