//! Values of a type that the API server cannot decode.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule, Sink};
use crate::manifest::Undecodable;
use crate::yaml::de::Shape;

pub(super) static RULE: Rule = Rule {
    id: "object-wrong-type",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a value has a type that the API server cannot decode",
    page: include_str!("../../../rules/object-wrong-type.md"),
    check: Check::Undecodable(check),
};

fn check(object: &Undecodable<'_>, sink: &mut Sink<'_>) {
    let Undecodable { written, error, .. } = *object;
    let place = error.span.unwrap_or_else(|| written.place(""));
    let field = error.span.and_then(|span| written.field_at(span));
    let message = match &field {
        Some(field) => format!("`{field}`: {}", error.message),
        None => error.message.clone(),
    };
    let text = error.span.and_then(|span| written.text_at(span)).unwrap_or_default();
    let draft = sink.report(place, message).help(advice(error.expected, text));
    if let Some(field) = field {
        draft.field(field);
    }
}

/// How to write the value so that it is of the type that is expected.
fn advice(expected: Shape, text: &str) -> String {
    let is_word = (1..=40).contains(&text.len()) && !text.contains(['\n', '"']);
    let is_quoted = text.starts_with(['"', '\'']);
    match expected {
        Shape::Text if is_word && !text.starts_with(['{', '[']) => {
            format!("write `\"{text}\"`: without quotes it is no string to Kubernetes")
        }
        Shape::Number | Shape::Boolean if is_quoted => "remove the quotes".to_owned(),
        Shape::List => "write a list: `[a, b]`, or each entry on a line of its own behind `- `".to_owned(),
        _ => "only this object's name was analysed".to_owned(),
    }
}
