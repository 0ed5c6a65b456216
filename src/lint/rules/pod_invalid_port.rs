//! A container's port that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "pod-invalid-port",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a container's port that the API server refuses",
    page: include_str!("../../../rules/pod-invalid-port.md"),
    check: Check::Refused { family: Family::Port, help },
};

/// The most letters of the name of a port.
const LONGEST_NAME: usize = 15;

fn help(error: &Error) -> Option<String> {
    let word = advice::word(error);
    let help = match (advice::key(error), error.kind) {
        ("name", ErrorKind::Duplicate) => "rename one of them: no two ports of a container have the same name",
        ("name", _) => return Some(name(&word)),
        ("containerPort", ErrorKind::Required) => {
            "add `containerPort`, the number of the port where the container listens"
        }
        ("hostPort", ErrorKind::Duplicate) => {
            "remove one of them, or write another number: the node has each port only once"
        }
        ("hostPort", _) if error.detail.contains("containerPort") => {
            "remove `hostPort`: with `hostNetwork: true`, each port of a container is one of the node"
        }
        ("protocol", _) => return Some(protocol(&word, &advice::supported(error))),
        _ => return None,
    };
    Some(help.to_owned())
}

/// What to write instead of the name of a port, for which fewer letters will do than elsewhere.
fn name(word: &str) -> String {
    match advice::label_like(word).unwrap_or_else(|| word.to_owned()) {
        name if name.len() > LONGEST_NAME => format!("shorten it to {LONGEST_NAME} characters"),
        number if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("write a name with a letter in it, such as `port-{number}`")
        }
        name if name.contains("--") || name == word => {
            "write lower case letters, digits and single `-` between them".to_owned()
        }
        name => format!("`{name}` would do"),
    }
}

fn protocol(word: &str, supported: &[&str]) -> String {
    match word.to_ascii_lowercase().as_str() {
        "http" | "https" | "http2" | "grpc" | "ws" | "tls" => format!("write `TCP`: {word} goes over it"),
        "quic" | "http3" | "dns" => format!("write `UDP`: {word} goes over it"),
        _ => advice::one_of(word, supported),
    }
}
