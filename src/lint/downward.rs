//! Help for what environment variables and files say about the pod itself (the downward API).

use super::advice;
use crate::validate::{Error, ErrorKind, FIELDS_OF_ENVIRONMENT};

/// Keys longer than this are worth no copy of them.
const LONGEST_KEY: usize = 63;

/// What to do about a reference to a field, a resource or a file of the pod.
pub(super) fn advice(error: &Error) -> Option<String> {
    let word = advice::word(error);
    let help = match (advice::names(error).as_slice(), error.kind) {
        ([.., "fieldPath"], ErrorKind::Required) => "name a field of the pod, such as `metadata.name`",
        ([.., "fieldPath"], _) => return Some(field(&word, error)),
        ([.., "containerName"], ErrorKind::Required) => "add the `containerName` of the container that is meant",
        ([.., "resource"], ErrorKind::Required) => "name a resource, such as `limits.memory`",
        ([.., "resource"], _) if ["cpu", "memory", "ephemeral-storage"].contains(&&*word) => {
            return Some(format!("write `requests.{word}` or `limits.{word}`"));
        }
        ([.., "resource"], _) => return Some(advice::one_of(&word, &advice::supported(error))),
        ([.., "fileKeyRef", "volumeName"], ErrorKind::NotFound) => {
            return Some(format!("add an `emptyDir` of this name under `{}`", advice::in_pod(error, "volumes")));
        }
        _ => return None,
    };
    Some(help.to_owned())
}

fn field(path: &str, error: &Error) -> String {
    let known =
        if error.kind == ErrorKind::NotSupported { advice::supported(error) } else { FIELDS_OF_ENVIRONMENT.to_vec() };
    if !error.field.ends_with("fieldPath") {
        return advice::label_key(error);
    }
    if error.detail.contains("unsupported pod version") {
        return "write `v1` as `apiVersion`, or leave it out".to_owned();
    }
    for (labels, what) in [("metadata.labels", "label"), ("metadata.annotations", "annotation")] {
        let key = path.strip_prefix(labels).map(|rest| rest.trim_matches(|c: char| ".[]'\"".contains(c)));
        if let Some(key) = key.filter(|_| !known.contains(&labels)) {
            let key = if key.is_empty() || key.len() > LONGEST_KEY { "team" } else { key };
            return format!("write `{labels}['{key}']` for one {what}");
        }
    }
    match advice::nearest(path, &known) {
        None if FIELDS_OF_ENVIRONMENT.contains(&path) => "files cannot have it: use an environment variable".to_owned(),
        _ => advice::one_of(path, &known),
    }
}
