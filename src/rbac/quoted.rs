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

/// The string in such quotes; `None` where it is no string in quotes.
pub(crate) fn unquoted(quoted: &str) -> Option<String> {
    let mut chars = quoted.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = String::with_capacity(quoted.len());
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        let escaped = chars.next()?;
        let digits = match escaped {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        text.push(match escaped {
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            c if digits == 0 => c,
            _ => {
                let number: String = chars.by_ref().take(digits).collect();
                let is_whole = number.len() == digits && number.bytes().all(|digit| digit.is_ascii_hexdigit());
                char::from_u32(u32::from_str_radix(&number, 16).ok().filter(|_| is_whole)?)?
            }
        });
    }
    Some(text)
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
    fn what_is_no_string_in_quotes_is_told() {
        for text in ["", "\"", "5", "{}", "\"a", r#""\""#, r#""\x0""#, r#""\ud800""#, r#""\xzz""#] {
            assert_eq!(unquoted(text), None, "{text}");
        }
    }

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
            let in_quotes = format!("\"{expected}\"");
            assert_eq!(quoted(name), in_quotes);
            assert_eq!(unquoted(&in_quotes).as_deref(), Some(name));
        }
    }
}
