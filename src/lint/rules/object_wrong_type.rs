//! Values of a type that the API server cannot decode.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Faulty, QUANTITY, TIME};
use crate::yaml::de::{Mistake, Shape};

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
        let draft = sink.report(fault.span, message).help(advice(expected, text));
        if !field.is_empty() {
            draft.field(field);
        }
    }
}

/// How to write the value so that it is of the type that is expected.
fn advice(expected: Option<Shape>, text: &str) -> String {
    let is_word = (1..=40).contains(&text.len()) && !text.contains(['\n', '"']);
    let is_quoted = text.starts_with(['"', '\'']);
    match expected {
        Some(Shape::Text) if is_word && !text.starts_with(['{', '[']) => {
            format!("write `\"{text}\"`: without quotes it is no string to Kubernetes")
        }
        Some(Shape::Whole | Shape::Boolean) if is_quoted => "remove the quotes".to_owned(),
        Some(Shape::List) => "write a list: `[a, b]`, or each entry on a line of its own behind `- `".to_owned(),
        Some(expected) if expected == Shape::Form(&TIME) => {
            "write date and time in the form of RFC 3339, or leave the field out: the API server sets it".to_owned()
        }
        _ => "only this object's name was analysed".to_owned(),
    }
}
