//! Volumes over iSCSI (`validateISCSIVolumeSource`).

use k8s_openapi::api::core::v1::ISCSIVolumeSource;

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::texts;

const BEGINNINGS: [&str; 3] = ["iqn", "eui", "naa"];
const LENGTH_OF_BEGINNINGS: usize = 3;

/// `validateISCSIVolumeSource`.
pub(super) fn iscsi(source: &ISCSIVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.target_portal, &field.name("targetPortal"), errors);
    texts::check_required(&source.iqn, name, &field.name("iqn"), errors);
    texts::check_range(source.lun.into(), 0, 255, &field.name("lun"), errors);
    let needs_secret = source.chap_auth_discovery == Some(true) || source.chap_auth_session == Some(true);
    if needs_secret && source.secret_ref.is_none() {
        errors.required(&field.name("secretRef"), "");
    }
    if let Some(initiator) = &source.initiator_name {
        let field = field.name("initiatorName").unsaid();
        texts::check(initiator, name, &field.name("initiatorname").unwritten(), errors);
    }
}

/// A qualified name of iSCSI.
fn name(text: &str) -> Vec<String> {
    let complaint = match BEGINNINGS.into_iter().find(|beginning| text.starts_with(beginning)) {
        None => "must be valid format starting with iqn, eui, or naa",
        Some("iqn") if !is_iqn(text) => "must be valid format",
        Some("eui") if !is_numbered(text, 16) => "must be valid format",
        Some("naa") if !is_numbered(text, 32) => "must be valid format",
        Some(_) => return Vec::new(),
    };
    vec![complaint.to_owned()]
}

/// `iqn.2001-04.com.example:storage`, at the end of the text.
fn is_iqn(text: &str) -> bool {
    text.match_indices("iqn.").any(|(place, beginning)| {
        let rest = text.get(place + beginning.len()..).unwrap_or_default();
        let date = rest.bytes().take(8).map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
        let rest = rest.get(8..).unwrap_or_default();
        date.eq(*b"0000-00.") && rest.split_once(':').is_some_and(|(domain, name)| is_domain(domain) && is_last(name))
    })
}

fn is_domain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

fn is_last(text: &str) -> bool {
    !text.is_empty() && !text.contains([',', ';', '*', '&', '$', '|', ' ', '\t', '\n', '\r', '\u{c}'])
}

/// `eui.` or `naa.`, and a number of letters and digits.
fn is_numbered(text: &str, count: usize) -> bool {
    let mut chars = text.get(LENGTH_OF_BEGINNINGS..).unwrap_or_default().chars();
    let separator = chars.next();
    let number = chars.as_str();
    separator.is_some_and(|char| char != '\n')
        && number.len() == count
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_iscsi_are_told_from_other_texts() {
        for (text, is_name) in [
            ("iqn.2001-04.com.example:storage.disk1", true),
            ("iqn.2001-04.com.example", false),
            ("iqn.2001-4.com.example:a", false),
            ("iqn.2001-04.com_example:a", false),
            ("iqn.2001-04.com.example:a b", false),
            ("iqn-iqn.2001-04.com.example:a", true),
            ("eui.0123456789abcdef", true),
            ("eui.0123456789abcde", false),
            ("naa.0123456789abcdef0123456789abcdef", true),
            ("disk", false),
            ("iqn.ä", false),
        ] {
            assert_eq!(name(text).is_empty(), is_name, "{text}");
        }
    }
}
