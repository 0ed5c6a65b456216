//! Words for help: the word that was probably meant, and the name that would do.

use crate::rbac::names::{is_label, is_subdomain};
use crate::rbac::quoted::unquoted;
use crate::rbac::service_account;
use crate::validate::{Error, ErrorKind, Part};

/// Names longer than this are worth no copy of them.
const LONGEST: usize = 63;

/// More words than these are not compared with one that is wrong.
const MOST_WORDS: usize = 500;

/// The string that an error repeats; empty where it repeats something else.
pub(super) fn word(error: &Error) -> String {
    error.value.as_deref().and_then(unquoted).unwrap_or_default()
}

/// The names on the way to the fault, as in the manifest and without the places in lists.
pub(super) fn names(error: &Error) -> Vec<&str> {
    error.at.path.names().collect()
}

/// The last of these names: `restartPolicy`.
pub(super) fn key(error: &Error) -> &str {
    names(error).last().copied().unwrap_or_default()
}

/// What a field of the pod is called in the object: `spec.template.spec.volumes`, or longer in a CronJob.
pub(super) fn in_pod(error: &Error, field: &str) -> String {
    let names = names(error);
    let depth = names.iter().position(|name| *name == "template").map_or(0, |depth| depth + 2);
    names.into_iter().take(depth).chain([field]).collect::<Vec<_>>().join(".")
}

/// What a field of the Job is called in the object.
pub(super) fn in_job(error: &Error, field: &str) -> String {
    let names = names(error);
    names.into_iter().take_while(|name| *name != "template").chain([field]).collect::<Vec<_>>().join(".")
}

/// The words of which the API server would take one, as it lists them.
pub(super) fn supported(error: &Error) -> Vec<&str> {
    error.detail.split('"').skip(1).step_by(2).collect()
}

/// What to write instead of a word: the one of a few that was probably meant, or any of them.
pub(super) fn one_of(word: &str, words: &[&str]) -> String {
    match nearest(word, words) {
        Some(meant) if meant.eq_ignore_ascii_case(word) => {
            format!("did you mean `{meant}`? upper and lower case are not the same to Kubernetes")
        }
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write {}", alternatives(words)),
    }
}

/// The word of a few that was probably meant: no more than a letter in three is wrong, and capitals and signs between
/// the letters do not count.
pub(super) fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    if word.len() > LONGEST {
        return None;
    }
    let bare = |word: &str| word.replace(|c: char| !c.is_alphanumeric(), "").to_lowercase();
    let word = bare(word);
    let near = |known: &&'w str| {
        let bare = bare(known);
        let is_alike = bare.chars().count().abs_diff(word.chars().count()) <= 2;
        let slips = is_alike.then(|| strsim::osa_distance(&bare, &word))?;
        (slips <= 2 && slips * 3 <= known.len()).then_some((slips, *known))
    };
    words.iter().take(MOST_WORDS).filter_map(near).min_by_key(|(slips, _)| *slips).map(|(_, known)| known)
}

/// What to do where no rule knows better than what the API server says.
pub(super) fn in_general(error: &Error) -> Option<String> {
    let key = key(error);
    match (error.kind, error.detail.as_str()) {
        (ErrorKind::Required, _) => Some(format!("add `{key}`")),
        (ErrorKind::Forbidden, _) => Some(format!("remove `{key}`")),
        (ErrorKind::Duplicate, _) => Some("remove one of the two, or write another".to_owned()),
        (ErrorKind::NotSupported, _) => {
            let words = supported(error);
            (!words.is_empty()).then(|| one_of(&word(error), &words))
        }
        (_, "must be greater than or equal to 0") => Some("write `0` or more".to_owned()),
        (_, "must be greater than 0" | "must be greater than zero") => Some("write `1` or more".to_owned()),
        (_, "must not contain '..'") => Some("write the path without `..`".to_owned()),
        (_, detail) => {
            let (least, most) =
                detail.strip_prefix("must be between ")?.strip_suffix(", inclusive")?.split_once(" and ")?;
            Some(format!("write a number from {least} to {most}"))
        }
    }
}

/// Words of which one is to be chosen: "`a`, `b` or `c`".
pub(super) fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// The name of a file or host (a DNS subdomain) that looks like a text.
pub(super) fn subdomain_like(text: &str) -> Option<String> {
    let name = lowered(text)?;
    let labels: Vec<_> = name.split('.').map(|label| joined(label, "")).filter(|label| !label.is_empty()).collect();
    fit(labels.join("."), text).filter(|name| is_subdomain(name))
}

/// The name without dots (a DNS label) that looks like a text.
pub(super) fn label_like(text: &str) -> Option<String> {
    fit(joined(&lowered(text)?, ""), text).filter(|name| is_label(name))
}

/// What to write instead of the name of something in an object, such as a container (a DNS label).
pub(super) fn dns_label(name: &str) -> String {
    match label_like(name) {
        Some(fine) => format!("`{fine}` would do"),
        None if name.len() > LONGEST => format!("shorten it to {LONGEST} characters"),
        None => "write lower case letters, digits and `-`, with a letter or digit at both ends".to_owned(),
    }
}

/// What to write instead of the name of another object (a DNS subdomain).
pub(super) fn dns_subdomain(name: &str) -> String {
    match subdomain_like(name) {
        Some(fine) => format!("no object can be called so; did you mean `{fine}`?"),
        None => "write the name of the object as it stands in its `metadata`".to_owned(),
    }
}

/// The namespace and the name of a ServiceAccount in a text that was put together of both.
pub(super) fn account(text: &str) -> Option<(&str, &str)> {
    let parts = service_account(text).or_else(|| text.split_once([':', '/']));
    parts.filter(|(namespace, name)| is_label(namespace) && is_subdomain(name))
}

/// What to write instead of a path that leads out of a volume.
pub(super) fn path_in_volume(path: &str) -> String {
    match path.trim_start_matches('/') {
        inside if inside.is_empty() || inside.split('/').any(|part| part == "..") => {
            "write a path inside the volume".to_owned()
        }
        inside if inside.len() <= LONGEST => format!("write `{inside}`: the path begins at the root of the volume"),
        _ => "remove the `/` at the beginning: the path begins at the root of the volume".to_owned(),
    }
}

/// What to write instead of the key or the value of a label.
pub(super) fn label(error: &Error) -> String {
    if error.at.part == Part::Key { label_key(error) } else { label_value(error) }
}

/// What to write instead of the key of a label or an annotation, or instead of the name of a finalizer.
pub(super) fn label_key(error: &Error) -> String {
    let key = word(error);
    let name = key.rsplit('/').next().unwrap_or_default();
    if error.detail == "name part must be non-empty" {
        let place = if key.is_empty() { "" } else { " behind the `/`" };
        return format!("write a name{place}, such as `example.com/team`");
    }
    if name.len() > LONGEST && key.matches('/').count() < 2 {
        return format!("shorten the name to {LONGEST} characters; a domain before a `/` does not count");
    }
    match key_like(&key) {
        Some(name) => format!("`{name}` would do"),
        None => "write letters, digits, `-`, `_` and `.`, such as `team` or `example.com/team`".to_owned(),
    }
}

/// What to write instead of the value of a label.
pub(super) fn label_value(error: &Error) -> String {
    let value = word(error);
    if value.len() > LONGEST {
        return format!("shorten it to {LONGEST} characters");
    }
    match value_like(&value) {
        Some(name) => format!("`{name}` would do"),
        None => "write letters, digits, `-`, `_` and `.`, with a letter or digit at both ends".to_owned(),
    }
}

/// What to do about a part of a label selector.
pub(super) fn selector(error: &Error) -> String {
    match (names(error).as_slice(), error.kind) {
        ([.., "matchExpressions", "operator"], _) => match &*word(error) {
            "=" | "==" | "Equals" | "Equal" => "write `In`, and the value in the list `values`".to_owned(),
            "!=" | "NotEquals" => "write `NotIn`, and the value in the list `values`".to_owned(),
            word => one_of(word, &["In", "NotIn", "Exists", "DoesNotExist"]),
        },
        ([.., "matchExpressions", "values"], ErrorKind::Required) => {
            "list the values that the label may have, or write `operator: Exists` where any will do".to_owned()
        }
        ([.., "matchExpressions", "values"], ErrorKind::Forbidden) => {
            "remove `values`, or write `operator: In` to compare with them".to_owned()
        }
        ([.., "matchExpressions", "key"], _) => label_key(error),
        _ => label(error),
    }
}

fn key_like(text: &str) -> Option<String> {
    match text.split_once('/').filter(|(prefix, _)| !prefix.is_empty()) {
        Some((prefix, name)) => {
            let prefix = if is_subdomain(prefix) { prefix.to_owned() } else { subdomain_like(prefix)? };
            let name = joined(readable(name)?, "_.");
            fit(format!("{prefix}/{name}"), text).filter(|_| !name.is_empty())
        }
        None => value_like(text),
    }
}

fn value_like(text: &str) -> Option<String> {
    fit(joined(readable(text)?, "_."), text)
}

/// A text in lower case, with a dash before what was a capital within a word: `nightlyReport` is `nightly-report`.
fn lowered(text: &str) -> Option<String> {
    let mut name = String::new();
    let mut is_within_a_word = false;
    for c in readable(text)?.chars() {
        if c.is_ascii_uppercase() && is_within_a_word {
            name.push('-');
        }
        is_within_a_word = c.is_ascii_lowercase() || c.is_ascii_digit();
        name.push(c.to_ascii_lowercase());
    }
    Some(name)
}

/// The text where a name can be made of it: not of a placeholder, and not of letters that a name cannot have.
fn readable(text: &str) -> Option<&str> {
    (text.is_ascii() && !text.contains(['<', '>', '$', '{', '}', '%'])).then_some(text)
}

/// The letters and digits of a text, with a dash for all that stands between them but these signs.
fn joined(text: &str, signs: &str) -> String {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || c == '-' || signs.contains(c);
    let pieces = text.split(|c| !is_fine(c)).map(|piece| piece.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("-")
}

fn fit(name: String, text: &str) -> Option<String> {
    (!name.is_empty() && name.len() <= LONGEST && name != text).then_some(name)
}
