//! A probe or lifecycle hook that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-probe",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a probe or lifecycle hook that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-probe.md"),
    check: Check::Refused { family: Family::Probe, help },
};

fn help(error: &Error) -> Option<String> {
    let names = advice::names(error);
    let word = advice::word(error);
    let help = match (names.as_slice(), error.kind) {
        ([.., "initContainers", _], ErrorKind::Forbidden) => {
            "remove it; or write `restartPolicy: Always` to let the init container run beside the containers, as a sidecar"
        }
        (_, ErrorKind::Forbidden) => "leave one way to ask, and remove the others",
        ([.., "postStart" | "preStop"], ErrorKind::Required) => {
            "say what is to be done: add `exec`, `httpGet` or `sleep`"
        }
        ([.., "livenessProbe" | "readinessProbe" | "startupProbe"], ErrorKind::Required) => {
            "say how to ask: add `exec`, `httpGet`, `tcpSocket` or `grpc`"
        }
        ([.., "command"], _) => "list the command and its arguments, as in `command: [cat, /run/ready]`",
        ([.., "port"], _) => return Some(port(error, &word)),
        ([.., "httpHeaders", "name"], _) => "write letters, digits and `-`, as in `X-Health-Check`",
        ([.., "successThreshold"], _) if error.detail == "must be 1" => {
            "remove it: only a `readinessProbe` can ask for more than one success"
        }
        ([.., "readinessProbe", "terminationGracePeriodSeconds"], _) if error.detail.starts_with("must not be set") => {
            "remove it: no container is ended because of its `readinessProbe`"
        }
        ([.., "terminationGracePeriodSeconds"], _) => "remove it to take the pod's",
        ([.., "sleep", "seconds"], _) => "sleep for fewer seconds, or raise `terminationGracePeriodSeconds` of the pod",
        ([.., name], ErrorKind::Invalid) => {
            return default_of(name).map(|default| format!("remove it to take the default, which is {default}"));
        }
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(&word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}

fn port(error: &Error, word: &str) -> String {
    match error.value.as_deref() {
        Some("0") => "add `port`: a number, or the name of one of the container's `ports`".to_owned(),
        Some(number) if !number.starts_with('"') => "write the number of a port, from 1 to 65535".to_owned(),
        _ if word.parse::<u16>().is_ok() => format!("write `{word}` without quotes: a string is the name of a port"),
        _ => "write the number of a port, or the name of one of the container's `ports`".to_owned(),
    }
}

/// What a number of a probe is where it is left out.
fn default_of(name: &str) -> Option<i32> {
    match name {
        "initialDelaySeconds" => Some(0),
        "timeoutSeconds" | "successThreshold" => Some(1),
        "periodSeconds" => Some(10),
        "failureThreshold" => Some(3),
        _ => None,
    }
}
