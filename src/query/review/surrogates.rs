//! Halves of characters: an API server reads each as U+FFFD, and other readers of JSON refuse them.

use std::borrow::Cow;

use memchr::memmem;

/// JSON in which every escaped half of a character without its other half is one for U+FFFD.
pub(super) fn replaced(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_surrogate = |at: usize| matches!(text.as_bytes().get(at + 2), Some(b'd' | b'D'));
    if !memmem::find_iter(text.as_bytes(), b"\\u").any(is_surrogate) {
        return text;
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some((before, escape)) = memchr::memchr(b'\\', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)) {
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(_), _) => 6,
            // What it escapes may be a backslash, and may be of several bytes where this is no JSON.
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (escaped, behind) = escape.split_at_checked(length).unwrap_or((escape, ""));
        let is_half = length == 6 && matches!(unit(escape), Some(0xD800..=0xDFFF));
        whole.extend([before, if is_half { "\\ufffd" } else { escaped }]);
        rest = behind;
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// The unit of UTF-16 that a text begins with, escaped.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_replaced_and_nothing_else() {
        for (text, expected) in [
            (r#"{"a":"\ud83d\ude00\n\\ud83d"}"#, r#"{"a":"\ud83d\ude00\n\\ud83d"}"#),
            (r#"["\ud83d","\uDE00\ud83d\\\uDfffx"]"#, r#"["\ufffd","\ufffd\ufffd\\\ufffdx"]"#),
            (r#""\ud83d\ud83d\ude00\u00e9""#, r#""\ufffd\ud83d\ude00\u00e9""#),
            (r"\ud8 \é\+d800 \ud", r"\ud8 \é\+d800 \ud"),
            (r"\ud800\", r"\ufffd\"),
        ] {
            assert_eq!(replaced(Cow::Borrowed(text)), expected);
        }
    }
}
