//! Scalars as they are written.

use crate::yaml::scalar::{self, Scalar};

/// What is written as a scalar.
#[derive(Clone, Copy, Debug)]
pub enum Word<'w> {
    /// A string, in quotes where it needs them.
    Text(&'w str),
    /// A string, in quotes in any case.
    Quoted(&'w str),
    /// A number or a truth value, as it is.
    Bare(&'w str),
}

impl Word<'_> {
    /// The word in the style of what stood there before.
    pub(super) fn written(self, before: Option<&str>, is_json: bool) -> String {
        let text = match self {
            Self::Bare(text) => return text.to_owned(),
            Self::Text(text) => text,
            Self::Quoted(text) => return quoted(text),
        };
        let has_quote = |quote| before.is_some_and(|before| before.starts_with(quote));
        if has_quote('\'') && !text.contains(char::is_control) {
            return format!("'{}'", text.replace('\'', "''"));
        }
        let is_quoted = is_json || has_quote('"');
        if !is_quoted && is_plain(text) { text.to_owned() } else { quoted(text) }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a text without quotes is the same string to every reader of YAML.
fn is_plain(text: &str) -> bool {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_fine)
        && scalar::resolve(text) == Scalar::Str
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stay_and_come_where_they_are_needed() {
        for (word, before, expected) in [
            ("Never", Some("Always"), "Never"),
            ("Never", Some("\"Always\""), "\"Never\""),
            ("it's", Some("'a'"), "'it''s'"),
            ("yes", Some("maybe"), "\"yes\""),
            ("12", None, "\"12\""),
            ("1e3", None, "\"1e3\""),
            ("", None, "\"\""),
            ("a: b", None, "\"a: b\""),
            ("Europe/Paris", None, "Europe/Paris"),
        ] {
            assert_eq!(Word::Text(word).written(before, false), expected);
        }
        assert_eq!(Word::Text("Never").written(None, true), "\"Never\"");
        assert_eq!(Word::Bare("6").written(Some("'x'"), false), "6");
    }
}
