//! Values of a type that the API server cannot decode.

use crate::diagnostic::{Category, Fix, Safety, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Faulty, Kind, Level, QUANTITY, TIME};
use crate::source::Span;
use crate::yaml::de::{Mistake, Shape};
use crate::yaml::edit::Word;
use crate::yaml::path::Path;
use crate::yaml::scalar::{self, Scalar};

pub(super) static RULE: Rule = Rule {
    id: "object-wrong-type",
    category: Category::Invalid,
    severity: Severity::Error,
    profile: Profile::Default,
    summary: "a value has a type that the API server cannot decode",
    page: include_str!("../../../rules/object-wrong-type.md"),
    check: Check::Faulty(check),
};

fn check(object: &Faulty<'_>, sink: &mut Sink<'_>) {
    for fault in object.faults.iter().filter(|fault| fault.is_fatal()) {
        let expected = match fault.mistake {
            Mistake::Value { expected, .. } => Some(expected),
            _ => None,
        };
        if expected == Some(Shape::Form(&QUANTITY)) {
            continue;
        }
        let text = object.written.text_at(fault.span).unwrap_or_default();
        let field = fault.path.to_string();
        let message = if field.is_empty() { fault.to_string() } else { format!("`{field}`: {fault}") };
        let fix = fix(fault.span, expected, text, sink);
        let draft = sink.report(fault.span, message).fix(fix).help(advice(object, &fault.path, expected, text));
        if !field.is_empty() {
            draft.field(field);
        }
    }
}

/// Quotes where a string belongs, and none where a number or a truth value does.
fn fix(place: Span, expected: Option<Shape>, text: &str, sink: &Sink<'_>) -> Option<Fix> {
    let bare = unquoted(text);
    let word = match expected? {
        Shape::Text if !matches!(scalar::resolve(text), Scalar::Str | Scalar::Null) => {
            return sink.fix(Safety::Safe, "put it in quotes", |it| it.replace(place, Word::Quoted(text)));
        }
        Shape::Whole if bare != text => bare.parse::<i64>().ok()?.to_string(),
        Shape::Boolean if bare != text => match scalar::resolve(bare) {
            Scalar::Bool(value) => value.to_string(),
            _ => return None,
        },
        _ => return None,
    };
    sink.fix(Safety::Safe, format!("write `{word}`, without quotes"), |it| it.replace(place, Word::Bare(&word)))
}

/// How to write the value so that it is of the type that is expected.
fn advice(object: &Faulty<'_>, place: &Path, expected: Option<Shape>, text: &str) -> String {
    let is_short = (1..=40).contains(&text.len()) && !text.contains('\n');
    let is_word = is_short && !text.contains('"');
    let is_mapping = text.starts_with('{') || text.contains(": ");
    let key = place.names().last().unwrap_or_default();
    match expected {
        Some(Shape::Text) if is_word && !text.starts_with(['{', '[']) => {
            format!("write `\"{text}\"`: without quotes it is no string to Kubernetes")
        }
        Some(Shape::Text) => "write one string".to_owned(),
        Some(Shape::Int32 | Shape::Int64) if text.starts_with('-') => "write a larger number".to_owned(),
        Some(Shape::Int32 | Shape::Int64) => "write a smaller number".to_owned(),
        Some(Shape::Whole) => whole(key, text),
        Some(Shape::Number) => "write a number, without quotes".to_owned(),
        Some(Shape::Boolean) => boolean(text),
        Some(Shape::List) if is_mapping => "put `- ` before the first key, as it is a list of such mappings".to_owned(),
        Some(Shape::List) if is_short => list(key, text),
        Some(Shape::List) => "write a list: `[a, b]`, or each entry on a line of its own behind `- `".to_owned(),
        Some(Shape::Mapping) if text.starts_with("- ") || text.starts_with("[{") => {
            "write one mapping, without a `- ` or `[` before it".to_owned()
        }
        Some(Shape::Mapping) => mapping(object.kind, place),
        Some(expected) if expected == Shape::Form(&TIME) => {
            "write date and time in the form of RFC 3339, or leave the field out: the API server sets it".to_owned()
        }
        _ => "only this object's name was analysed".to_owned(),
    }
}

fn whole(key: &str, text: &str) -> String {
    let bare = unquoted(text);
    if bare.parse::<i64>().is_ok() && bare != text {
        return "remove the quotes".to_owned();
    }
    match seconds(bare).filter(|_| key.contains("Seconds")) {
        Some(seconds) => format!("write it in seconds: `{seconds}`"),
        None if bare.parse::<f64>().is_ok() => "write a number without a fraction".to_owned(),
        None => "write a number, with no quotes and no unit".to_owned(),
    }
}

/// How long a text such as `10m` is that somebody took for a duration.
fn seconds(text: &str) -> Option<u64> {
    let (count, unit) = text.split_at_checked(text.find(|c: char| !c.is_ascii_digit())?)?;
    let unit = match unit.trim() {
        "s" | "sec" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => return None,
    };
    count.parse::<u64>().ok()?.checked_mul(unit)
}

fn boolean(text: &str) -> String {
    let bare = unquoted(text);
    match bare.to_ascii_lowercase().as_str() {
        "true" | "false" if bare != text => "remove the quotes".to_owned(),
        "yes" | "on" | "y" | "1" => "write `true`".to_owned(),
        "no" | "off" | "n" | "0" => "write `false`".to_owned(),
        _ => "write `true` or `false`, without quotes".to_owned(),
    }
}

/// The list of this one entry; a command is the list of its words.
fn list(key: &str, text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-./_ ".contains(c);
    let is_command = key == "command" && text.chars().all(is_plain);
    match text.split_whitespace().collect::<Vec<_>>().as_slice() {
        words @ [_, _, ..] if is_command => format!("write a list of the words: `[{}]`", words.join(", ")),
        _ => format!("write a list: `[{text}]`, or each entry on a line of its own behind `- `"),
    }
}

/// The fields of what belongs there, where they are few.
fn mapping(kind: Kind, place: &Path) -> String {
    const FEW: usize = 8;
    let here = |level: &&Level| level.path.names().eq(place.names());
    match Level::all(kind).iter().find(here) {
        Some(Level { fields: [field], .. }) => format!("write a mapping, with `{field}: ` before the value"),
        Some(level) if level.fields.len() <= FEW => {
            let fields: Vec<_> = level.fields.iter().map(|field| format!("`{field}`")).collect();
            format!("write a mapping; its fields are {}", fields.join(", "))
        }
        _ => "write a mapping, with `key: value` on each line".to_owned(),
    }
}

fn unquoted(text: &str) -> &str {
    let is_quote = |c| matches!(c, '"' | '\'');
    text.strip_prefix(is_quote).and_then(|text| text.strip_suffix(is_quote)).unwrap_or(text)
}
