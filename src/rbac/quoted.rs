//! Strings in quotes, as Go writes them.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// A string as Go quotes it (`strconv.Quote`): letters, marks, numbers, punctuation, symbols and the plain space stay as
/// they are. What is in Unicode for less long than Go's tables are old, is taken for what it is today.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_printable(c) => quoted.push(c),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            c => quoted.push_str(&escaped(u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}

fn escaped(c: u32) -> String {
    match c {
        0..=0x7F => format!("\\x{c:02x}"),
        0x80..=0xFFFF => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    }
}

fn is_printable(c: char) -> bool {
    use GeneralCategoryGroup::{Letter, Mark, Number, Punctuation, Symbol};
    matches!(c, ' '..='~')
        || (!c.is_ascii() && matches!(c.general_category_group(), Letter | Mark | Number | Punctuation | Symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_go_does() {
        for (name, expected) in [
            ("web:a.b/c d~", "web:a.b/c d~"),
            ("a\"b\\c", r#"a\"b\\c"#),
            ("\u{7}\u{8}\u{c}\n\r\t\u{b}", r"\a\b\f\n\r\t\v"),
            ("\0\u{1}\u{1b}\u{7f}", r"\x00\x01\x1b\x7f"),
            // Letters, a mark, a number, punctuation, symbols, and what stands for what was no Unicode.
            ("é日e\u{301}½…€😀\u{fffd}", "é日e\u{301}½…€😀\u{fffd}"),
            // Controls, spaces, separators, what is invisible, private, or no character at all.
            ("\u{80}\u{85}\u{a0}\u{ad}", r"\u0080\u0085\u00a0\u00ad"),
            ("\u{200b}\u{2028}\u{2029}\u{202e}\u{3000}\u{feff}", r"\u200b\u2028\u2029\u202e\u3000\ufeff"),
            ("\u{e000}\u{ffff}\u{e0001}\u{10ffff}", r"\ue000\uffff\U000e0001\U0010ffff"),
        ] {
            assert_eq!(quoted(name), format!("\"{expected}\""));
        }
    }
}
