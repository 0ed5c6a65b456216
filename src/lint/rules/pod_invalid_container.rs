//! A container without name or image, or with a name or policy that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-container",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a container without name or image, or with a name or policy that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-container.md"),
    check: Check::Refused { family: Family::Container, help },
};

fn help(error: &Error) -> Option<String> {
    let word = advice::word(error);
    let help = match (advice::key(error), error.kind) {
        ("containers", ErrorKind::Required) => {
            return Some(format!("list at least one container under `{}`", advice::in_pod(error, "containers")));
        }
        ("ephemeralContainers", ErrorKind::Forbidden) => {
            "remove `ephemeralContainers`: `kubectl debug` adds them to a pod that is there"
        }
        ("name", ErrorKind::Required) => "add a `name`, such as `main`",
        ("name", ErrorKind::Duplicate) => {
            "rename one of them: no two containers of a pod have the same name, init containers included"
        }
        ("name", _) => return Some(advice::dns_label(&word)),
        ("image", ErrorKind::Required) => "add an `image`, such as `registry.example.com/app:1.0`",
        ("restartPolicy", ErrorKind::Forbidden) => {
            return Some(format!("move it to `{}`, beside `containers`", advice::in_pod(error, "restartPolicy")));
        }
        ("restartPolicy", ErrorKind::Required) => {
            "add a `restartPolicy`, such as `Never`, for all that no rule is about"
        }
        ("restartPolicyRules", ErrorKind::Forbidden) => {
            "remove the rules: a container with `restartPolicy: Always` is always restarted"
        }
        ("exitCodes", _) => "say which exit codes are meant, as in `exitCodes: {operator: In, values: [42]}`",
        (_, ErrorKind::NotSupported) => return Some(advice::one_of(&word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}
