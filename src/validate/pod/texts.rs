//! What texts of a pod may look like, and what the API server says where they do not
//! (k8s.io/apimachinery/pkg/util/validation/validation.go). Each function gives all that is wrong with a text.

use super::super::errors::Errors;
use super::super::field::Field;

const HEADER_NAME: &str = "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', \
                           regex used for validation is '[-A-Za-z0-9]+')";
const CONFIG_KEY: &str = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. \
                          'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is \
                          '[-._a-zA-Z0-9]+')";
const RELAXED_ENVIRONMENT_NAME: &str =
    "a valid environment variable name must consist only of printable ASCII characters other than '='";
const ENVIRONMENT_NAME: &str = "a valid environment variable name must consist of alphabetic characters, digits, '_', \
                                '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  \
                                or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";
const SUBDOMAIN_WITH_UNDERSCORES: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must \
     start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
     '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";

/// A text with nothing for one that is left out, as Go has it.
pub(super) fn given(text: Option<&String>) -> &str {
    text.map(String::as_str).unwrap_or_default()
}

/// Says all that a rule finds wrong with a text.
pub(super) fn check(text: &str, rule: fn(&str) -> Vec<String>, field: &Field<'_>, errors: &mut Errors) {
    for complaint in rule(text) {
        errors.invalid(field, text, complaint);
    }
}

/// Says that a text is missing, or else all that a rule finds wrong with it.
pub(super) fn check_required(text: &str, rule: fn(&str) -> Vec<String>, field: &Field<'_>, errors: &mut Errors) {
    if require(text, field, errors) {
        check(text, rule, field, errors);
    }
}

/// Says that a text is missing. Whether it is there.
pub(super) fn require(text: &str, field: &Field<'_>, errors: &mut Errors) -> bool {
    if text.is_empty() {
        errors.required(field, "");
    }
    !text.is_empty()
}

/// Says that a number is below 0.
pub(super) fn check_not_negative(number: i64, field: &Field<'_>, errors: &mut Errors) {
    if number < 0 {
        errors.invalid(field, number, super::super::NOT_NEGATIVE);
    }
}

/// Says that a number is outside of a range, both ends being inside.
pub(super) fn check_range(number: i64, least: i64, most: i64, field: &Field<'_>, errors: &mut Errors) {
    if !(least..=most).contains(&number) {
        errors.invalid(field, number, format!("must be between {least} and {most}, inclusive"));
    }
}

/// `IsValidPortNum`.
pub(super) fn check_port_number(number: i32, field: &Field<'_>, errors: &mut Errors) {
    check_range(number.into(), 1, 65_535, field, errors);
}

/// `IsValidPortName`.
pub(super) fn port_name(text: &str) -> Vec<String> {
    let is_letter = |byte: u8| byte.is_ascii_lowercase();
    let is_known = |byte: u8| is_letter(byte) || byte.is_ascii_digit() || byte == b'-';
    let complaints = [
        (text.len() > 15, "must be no more than 15 characters"),
        (
            text.is_empty() || !text.bytes().all(is_known),
            "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
        ),
        (!text.bytes().any(is_letter), "must contain at least one letter (a-z)"),
        (text.contains("--"), "must not contain consecutive hyphens"),
        (text.starts_with('-') || text.ends_with('-'), "must not begin or end with a hyphen"),
    ];
    wrong(complaints)
}

/// The complaints about what is wrong.
pub(super) fn wrong<const N: usize>(complaints: [(bool, &str); N]) -> Vec<String> {
    complaints.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, complaint)| complaint.to_owned()).collect()
}

/// `IsHTTPHeaderName`.
pub(super) fn header_name(text: &str) -> Vec<String> {
    let is_fine = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (!is_fine).then(|| HEADER_NAME.to_owned()).into_iter().collect()
}

/// `IsConfigMapKey`: the key of an entry of a `ConfigMap` or Secret.
pub(super) fn config_key(text: &str) -> Vec<String> {
    let too_long = (text.len() > 253).then(|| "must be no more than 253 characters".to_owned());
    let malformed = (text.is_empty() || !text.bytes().all(is_name_byte)).then(|| CONFIG_KEY.to_owned());
    too_long.into_iter().chain(malformed).chain(like_a_parent_folder(text)).collect()
}

/// `IsRelaxedEnvVarName`.
pub(super) fn environment_name(text: &str) -> Vec<String> {
    let is_fine = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'=';
    (!text.bytes().all(is_fine)).then(|| RELAXED_ENVIRONMENT_NAME.to_owned()).into_iter().collect()
}

/// `IsEnvVarName`.
pub(super) fn strict_environment_name(text: &str) -> Vec<String> {
    let is_fine = text.bytes().all(is_name_byte) && text.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    (!is_fine).then(|| ENVIRONMENT_NAME.to_owned()).into_iter().chain(like_a_parent_folder(text)).collect()
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

fn like_a_parent_folder(text: &str) -> Option<String> {
    let complaint = match text {
        "." => "must not be '.'",
        ".." => "must not be '..'",
        _ if text.starts_with("..") => "must not start with '..'",
        _ => return None,
    };
    Some(complaint.to_owned())
}

/// `IsDNS1123SubdomainWithUnderscore`.
pub(super) fn subdomain_with_underscores(text: &str) -> Vec<String> {
    let too_long = (text.len() > 253).then(|| "must be no more than 253 characters".to_owned());
    let is_edge = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = |label: &str| {
        let label = label.strip_prefix('_').unwrap_or(label);
        label.bytes().all(|byte| is_edge(byte) || matches!(byte, b'-' | b'_'))
            && label.bytes().next().is_some_and(is_edge)
            && label.bytes().last().is_some_and(is_edge)
    };
    let malformed = (!text.split('.').all(is_label)).then(|| SUBDOMAIN_WITH_UNDERSCORES.to_owned());
    too_long.into_iter().chain(malformed).collect()
}

/// `validatePathNoBacksteps`: a path does not lead out of the folder where it begins.
pub(super) fn path_without_backsteps(text: &str) -> Vec<String> {
    let has_backstep = text.split('/').any(|part| part == "..");
    has_backstep.then(|| "must not contain '..'".to_owned()).into_iter().collect()
}

/// `validateLocalDescendingPath`: a path that begins where it is looked at, and stays inside.
pub(super) fn descending_path(text: &str) -> Vec<String> {
    let absolute = text.starts_with('/').then(|| "must be a relative path".to_owned());
    absolute.into_iter().chain(path_without_backsteps(text)).collect()
}

/// `ValidateLocalNonReservedPath`: a path that the kubelet may write to.
pub(super) fn path_of_file(text: &str) -> Vec<String> {
    let mut complaints = descending_path(text);
    if text.starts_with("..") && !text.starts_with("../") {
        complaints.push("must not start with '..'".to_owned());
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::super::super::names;
    use super::*;

    #[test]
    fn texts_are_told_from_what_is_none() {
        type Rule = fn(&str) -> Vec<String>;
        let table: [(Rule, &str, usize); 30] = [
            (port_name, "http", 0),
            (port_name, "1-a", 0),
            (port_name, "80", 1),
            (port_name, "HTTP", 2),
            (port_name, "-a--b", 2),
            (port_name, "abcdefghijklmnop", 1),
            (header_name, "X-Y", 0),
            (header_name, "X_Y", 1),
            (header_name, "", 1),
            (config_key, "a.b_C-1", 0),
            (config_key, "a/b", 1),
            (config_key, ".", 1),
            (config_key, "..a", 1),
            (environment_name, "1 a/b", 0),
            (environment_name, "a=b", 1),
            (environment_name, "ä", 1),
            (strict_environment_name, "A.b-1", 0),
            (strict_environment_name, "1A", 1),
            (strict_environment_name, "..", 1),
            (subdomain_with_underscores, "_a.b_c", 0),
            (subdomain_with_underscores, "a_", 1),
            (subdomain_with_underscores, "a..b", 1),
            (names::dns_subdomain_prefix, "a-", 0),
            (names::dns_subdomain_prefix, "a--", 0),
            (names::dns_subdomain_prefix, "-", 1),
            (names::dns_subdomain_prefix, "A-b", 1),
            (path_of_file, "a/b..c", 0),
            (path_of_file, "..a", 1),
            (path_of_file, "../a", 1),
            (path_of_file, "/a/..", 2),
        ];
        for (rule, text, count) in table {
            assert_eq!(rule(text).len(), count, "{text}: {:?}", rule(text));
        }
    }
}
