//! The name, generateName or namespace of an object is one that the API server refuses.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, advice};
use crate::validate::{Error, ErrorKind, Family};

pub(super) static RULE: Rule = Rule {
    id: "object-invalid-name",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "the name, generateName or namespace of an object is one that the API server refuses",
    page: include_str!("../../../rules/object-invalid-name.md"),
    check: Check::Refused { family: Family::ObjectName, help: |error| Some(help(error)) },
};

fn help(error: &Error) -> String {
    let name = advice::word(error);
    let too_long = error.detail.strip_prefix("must be no more than ");
    match (advice::key(error), too_long) {
        _ if error.kind == ErrorKind::Required => {
            "write `name` under `metadata`; what has only a `generateName` can be created, but not applied".to_owned()
        }
        (_, Some("63 bytes")) => becomes_a_label(error),
        (_, Some(most)) => format!("shorten it to {most}"),
        ("namespace", None) => would_do(advice::label_like(&name)),
        _ if error.detail.starts_with("may not") => path_segment(&name),
        ("generateName", None) => {
            // The API server adds five characters, and judges both texts.
            let prefix =
                if error.field.ends_with("generateName") { &name } else { name.strip_suffix("xxxxx").unwrap_or(&name) };
            let end = if prefix.ends_with('-') { "-" } else { "" };
            would_do(advice::subdomain_like(prefix).map(|name| name + end))
        }
        _ => would_do(advice::subdomain_like(&name)),
    }
}

fn would_do(name: Option<String>) -> String {
    match name {
        Some(name) => format!("`{name}` would do"),
        None => "use lower case letters, digits and `-`, with a letter or digit at both ends".to_owned(),
    }
}

/// Names of RBAC objects may be nearly anything.
fn path_segment(name: &str) -> String {
    match name {
        "." | ".." => format!("write another name: `{name}` stands for a directory"),
        _ if name.contains('%') => "leave out the `%`".to_owned(),
        _ => "write `:` or `-` instead of `/`".to_owned(),
    }
}

fn becomes_a_label(error: &Error) -> String {
    let shorten = "shorten the name to 63 characters: it becomes a label of the Job's pods";
    match error.field.as_str() {
        "metadata.labels" => format!("{shorten}, and a Job without labels takes over those of its template"),
        _ => shorten.to_owned(),
    }
}
