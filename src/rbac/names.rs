//! What names may look like (`k8s.io/apimachinery/pkg/util/validation`, and `pkg/api/validation/path` beside it).

/// Whether a text is a label of RFC 1123, such as the name of a namespace.
pub fn is_label(text: &str) -> bool {
    text.len() <= 63 && is_label_of_any_length(text)
}

/// Whether a text is a subdomain of RFC 1123, such as the name of a ServiceAccount.
pub fn is_subdomain(text: &str) -> bool {
    text.len() <= 253 && is_subdomain_of_any_length(text)
}

/// Whether a text is a label of RFC 1123 but for its length.
pub(crate) fn is_label_of_any_length(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(fine) && !text.starts_with('-') && !text.ends_with('-')
}

/// Whether a text is a subdomain of RFC 1123 but for its length.
pub(crate) fn is_subdomain_of_any_length(text: &str) -> bool {
    text.split('.').all(is_label_of_any_length)
}

/// Why a text is no segment of a path, and so no name of an RBAC object; `None` where it is one.
pub fn no_path_segment(text: &str) -> Option<&'static str> {
    match text {
        "." => Some("may not be '.'"),
        ".." => Some("may not be '..'"),
        _ if text.contains('/') => Some("may not contain '/'"),
        _ if text.contains('%') => Some("may not contain '%'"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_texts() {
        for (text, label, subdomain) in [
            ("a", true, true),
            ("a-1", true, true),
            ("a.b", false, true),
            ("", false, false),
            ("a..b", false, false),
            ("-a", false, false),
            ("a-", false, false),
            ("A", false, false),
            ("a:b", false, false),
        ] {
            assert_eq!((is_label(text), is_subdomain(text)), (label, subdomain), "{text}");
        }
        let long = "a".repeat(64);
        assert!(!is_label(&long) && is_subdomain(&long) && !is_subdomain(&"a".repeat(254)));
        assert!(no_path_segment("system:a*").is_none() && no_path_segment("a/b").is_some());
    }
}
