//! What names, labels and their values may look like, and what the API server says where they do not
//! (k8s.io/apimachinery/pkg/util/validation/validation.go and k8s.io/apimachinery/pkg/api/validate/content).
//!
//! Each function gives all that is wrong with a text; nothing where it is fine.

use std::borrow::Cow;

use crate::rbac::names;

const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start \
                     and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation \
                     is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', \
                         and must start and end with an alphanumeric character (e.g. 'example.com', regex used for \
                         validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const NAME_PART: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with \
                         an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for \
                         validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_KEY: &str = "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and \
                         end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used \
                         for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain \
                         prefix and '/' (e.g. 'example.com/MyName')";
const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', \
                           and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or \
                           '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// `IsDNS1123Label`: the name of a container, a volume, or a namespace.
pub(super) fn dns_label(text: &str) -> Vec<String> {
    let has_dots = names::is_subdomain_of_any_length(text);
    let otherwise = if has_dots { "must not contain dots" } else { LABEL };
    complaints(text, 63, "characters", names::is_label_of_any_length, otherwise)
}

/// `IsDNS1123Subdomain`: the name of most objects.
pub(super) fn dns_subdomain(text: &str) -> Vec<String> {
    complaints(text, 253, "characters", names::is_subdomain_of_any_length, SUBDOMAIN)
}

/// `NameIsDNSSubdomain` of what is to become the beginning of a name: a dash at its end is no fault
/// (`maskTrailingDash`). The dash is taken away with the byte before it, which may be the last one of a longer letter.
pub(super) fn dns_subdomain_prefix(text: &str) -> Vec<String> {
    let rest = text.strip_suffix('-').filter(|rest| rest.ends_with(|last: char| last.is_ascii()));
    let masked = rest.map(|rest| format!("{}a", rest.get(..rest.len() - 1).unwrap_or_default()));
    dns_subdomain(masked.as_deref().unwrap_or(text))
}

/// A text in lower case, as Go has it: letter by letter, and the Turkish `İ` without its dot.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(|c| if c == 'İ' { Some('i') } else { c.to_lowercase().next() }).collect())
}

fn complaints(text: &str, most: usize, unit: &str, is_fine: fn(&str) -> bool, otherwise: &str) -> Vec<String> {
    let too_long = (text.len() > most).then(|| format!("must be no more than {most} {unit}"));
    too_long.into_iter().chain((!is_fine(text)).then(|| otherwise.to_owned())).collect()
}

/// `IsLabelValue`.
pub(super) fn label_value(text: &str) -> Vec<String> {
    let too_long = (text.len() > 63).then(|| "must be no more than 63 bytes".to_owned());
    let malformed = (!text.is_empty() && !is_name_part(text)).then(|| LABEL_VALUE.to_owned());
    too_long.into_iter().chain(malformed).collect()
}

/// `IsLabelKey`, which `IsQualifiedName` is too: the key of a label, with or without a prefix before a slash.
pub(super) fn label_key(text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let name = match text.split_once('/') {
        None => text,
        Some((_, name)) if name.contains('/') => return vec![LABEL_KEY.to_owned()],
        Some((prefix, name)) => {
            if prefix.is_empty() {
                complaints.push("prefix part must be non-empty".to_owned());
            } else {
                // The limit is that of names, but other words are said about it.
                let prefix = self::complaints(prefix, 253, "bytes", names::is_subdomain_of_any_length, SUBDOMAIN);
                complaints.extend(prefix.iter().map(|complaint| format!("prefix part {complaint}")));
            }
            name
        }
    };
    if name.is_empty() {
        complaints.push("name part must be non-empty".to_owned());
    } else if name.len() > 63 {
        complaints.push("name part must be no more than 63 bytes".to_owned());
    }
    if !is_name_part(name) {
        complaints.push(NAME_PART.to_owned());
    }
    complaints
}

fn is_name_part(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_alphanumeric();
    text.bytes().all(|byte| fine(byte) || matches!(byte, b'-' | b'_' | b'.'))
        && text.bytes().next().is_some_and(fine)
        && text.bytes().last().is_some_and(fine)
}

/// `ValidatePathSegmentName`: the name of an RBAC object.
pub(super) fn path_segment(text: &str) -> Vec<String> {
    if matches!(text, "." | "..") {
        return vec![format!("may not be '{text}'")];
    }
    path_segment_prefix(text)
}

/// The beginning of such a name.
pub(super) fn path_segment_prefix(text: &str) -> Vec<String> {
    ["/", "%"].into_iter().filter(|part| text.contains(part)).map(|part| format!("may not contain '{part}'")).collect()
}
