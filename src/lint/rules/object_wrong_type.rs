//! Values of a type that the API server cannot decode.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Rule, Sink};
use crate::manifest::Undecodable;

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
    let draft = sink.report(place, message).help("only this object's name was analysed");
    if let Some(field) = field {
        draft.field(field);
    }
}
