//! Writes values as YAML that Kubernetes reads as the same values.
//!
//! Writers of YAML 1.2 leave `y`, `no` or `1_000` without quotes, which to Kubernetes are no strings. Here a string stands
//! without quotes only where it could not be taken for anything else by any reader.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use super::scalar::{Scalar, resolve};

/// A value in block style, with a line feed at its end. `None` where it is nothing that JSON could say.
pub fn to_string(value: &impl Serialize) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    let mut text = String::new();
    if nested(&value).is_some() {
        block(&value, 0, &mut text);
    } else {
        let _ = writeln!(text, "{}", flat(&value));
    }
    Some(text)
}

/// A string in one line, with quotes where it needs them.
pub fn string(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.chars().all(is_readable) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        escaped(text)
    }
}

/// A list or mapping that needs lines of its own.
fn nested(value: &Value) -> Option<&Value> {
    let has_entries = match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => false,
    };
    has_entries.then_some(value)
}

/// A value that stands in one line.
fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        // Empty lists and mappings, numbers, booleans and nothing are written as in JSON.
        _ => value.to_string(),
    }
}

/// Writes a list or mapping, whose first line is indented already.
fn block(value: &Value, indent: usize, text: &mut String) {
    let mut is_first = true;
    let mut begin = |text: &mut String| {
        if !std::mem::take(&mut is_first) {
            let _ = write!(text, "{:indent$}", "");
        }
    };
    match value {
        Value::Array(items) => {
            for item in items {
                begin(text);
                text.push_str("- ");
                match nested(item) {
                    Some(item) => block(item, indent + 2, text),
                    None => drop(writeln!(text, "{}", flat(item))),
                }
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                begin(text);
                let _ = write!(text, "{}:", string(key));
                field(value, indent, text);
            }
        }
        _ => {}
    }
}

/// Writes what stands behind a key: a list in it is not indented further, as `kubectl` writes them.
fn field(value: &Value, indent: usize, text: &mut String) {
    let Some(value) = nested(value) else {
        let _ = writeln!(text, " {}", flat(value));
        return;
    };
    let indent = if value.is_array() { indent } else { indent + 2 };
    let _ = write!(text, "\n{:indent$}", "");
    block(value, indent, text);
}

/// Whether a text without quotes is a string to every reader of YAML, whichever version they know.
fn is_plain(text: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "_-./:@*+".contains(c);
    let begins_fine = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '_');
    begins_fine
        && text.chars().all(is_inner)
        && !text.ends_with(':')
        && resolve(text) == Scalar::Str
        && !is_digital(text)
}

/// Whether it looks like a number, a date, or a time in base 60, as other readers than Kubernetes know them.
fn is_digital(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "_-./:+tTzZeE".contains(c);
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(is_part)
}

/// Whether a character can stand between single quotes, and be seen there.
fn is_readable(c: char) -> bool {
    c == ' ' || c.is_ascii_graphic() || (!c.is_ascii() && c.is_alphanumeric())
}

/// A text between double quotes, with everything escaped that cannot be seen.
fn escaped(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        let _ = match c {
            '"' | '\\' => write!(quoted, "\\{c}"),
            '\n' => write!(quoted, "\\n"),
            '\t' => write!(quoted, "\\t"),
            _ if is_readable(c) => write!(quoted, "{c}"),
            _ => match u32::from(c) {
                code @ ..=0xff => write!(quoted, "\\x{code:02x}"),
                code @ ..=0xffff => write!(quoted, "\\u{code:04x}"),
                code => write!(quoted, "\\U{code:08x}"),
            },
        };
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;
    use crate::source::FileId;
    use crate::yaml::json::to_json;
    use crate::yaml::tree::{Origin, Tree};

    fn odd() -> impl Strategy<Value = String> {
        let fixed = prop::sample::select(vec![
            "y",
            "n",
            "yes",
            "no",
            "on",
            "off",
            "NO",
            "No",
            "Y",
            "<<",
            "=",
            "1_000",
            "12:30:45",
            "0x1f",
            "1e3",
            ".5",
            "~",
            "null",
            "2026-11-24",
            "2001-12-14t21:59:43.10-05:00",
            "",
            "-",
            "---",
            "...",
            "- a",
            "a: b",
            "a #b",
            "*",
            "&a",
            "!b",
            "{}",
            "[a",
            "0755",
            "0o17",
            "0b1",
            "+1",
            ".inf",
            ".NaN",
            "a:",
            "?",
            "%a",
            "@a",
            "`",
            "'",
            "\"",
            " a",
            "a ",
            "\u{feff}",
            "\u{2028}",
            "\u{85}",
            "a\nb",
            "tRue",
            "1.2.3.4",
            "🦀",
            "é",
        ]);
        prop_oneof![2 => fixed.prop_map(str::to_owned), 1 => "[0-9_eExXoO.:+-]{1,6}", 1 => any::<String>()]
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            6 => odd().prop_map(Value::from),
            1 => any::<bool>().prop_map(Value::from),
            1 => any::<i32>().prop_map(Value::from),
            1 => Just(Value::Null),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(odd(), inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn what_is_written_is_read_back(value in value()) {
            let text = to_string(&value).unwrap();
            let tree = Tree::parse(&text, Origin { file: FileId::new(0), base: 0 }).unwrap();
            let read: Value = serde_json::from_str(&to_json(tree.root().unwrap()).unwrap()).unwrap();
            prop_assert_eq!(read, value, "{}", text);
        }

        #[test]
        fn readers_of_newer_yaml_read_the_same(value in value()) {
            let text = to_string(&value).unwrap();
            prop_assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), value, "{}", text);
        }
    }

    #[test]
    fn quotes_stand_where_they_are_needed_and_nowhere_else() {
        for text in
            ["web", "shop-web-2", "system:nodes", "rbac.authorization.k8s.io/v1", "/metrics/*", "0xg", "8080-tcp"]
        {
            assert_eq!(string(text), text);
        }
        for text in
            ["", "y", "No", "off", "null", "~", "<<", "=", "1_000", "12:30:45", "0x1f", "1e3", ".5", "2026-11-24"]
        {
            assert_eq!(string(text), format!("'{text}'"));
        }
        assert_eq!(string("it's"), "'it''s'");
        assert_eq!(string("a\n\u{1b}\u{202e}"), r#""a\n\x1b\u202e""#);
    }

    #[test]
    fn lists_stand_below_their_keys() {
        let value = json!({"a": [{"b": [], "c": {"d": "no"}}, [["x"], 1]], "e": {}});
        let text = "a:\n- b: []\n  c:\n    d: 'no'\n- - - x\n  - 1\ne: {}\n";
        assert_eq!(to_string(&value).unwrap(), text);
    }
}
