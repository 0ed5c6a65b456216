//! The JSON Schema of `rolecall.yaml`, draft 7: what editors know best.

use super::tests;
use serde_json::{Map, Value, json};

use crate::catalog::Version;
use crate::config::ROOT;
use crate::diagnostic::{Category, Severity};
use crate::lint::{Profile, RULES};
use crate::strict::{Form, Key, Part, Relation};

/// The schema.
pub(super) fn schema() -> Value {
    let mut schema = part(&ROOT);
    let rules = RULES.iter().map(|rule| rule.id);
    let targets: Vec<_> = ["all"].into_iter().chain(Category::ALL.map(Category::name)).chain(rules.clone()).collect();
    let severities: Map<_, _> = RULES
        .iter()
        .map(|rule| (rule.id.to_owned(), json!({"$ref": "#/definitions/severity", "description": rule.summary})))
        .collect();
    let fields = [
        ("$schema", json!("http://json-schema.org/draft-07/schema#")),
        ("title", json!("rolecall.yaml")),
        ("description", json!("What a repository says about itself to rolecall.")),
        (
            "definitions",
            json!({
                "target": {"enum": targets, "description": "A rule, a category, or all rules."},
                "severity": {"enum": Severity::ALL.map(Severity::name)},
                "severities": {"type": ["object", "null"], "properties": severities, "additionalProperties": false},
            }),
        ),
    ];
    if let Some(schema) = schema.as_object_mut() {
        schema.extend(fields.map(|(key, value)| (key.to_owned(), value)));
    }
    schema
}

/// A mapping.
pub(super) fn part(part: &Part) -> Value {
    let properties: Map<_, _> = part.keys.iter().map(|key| (key.name.to_owned(), of_key(key))).collect();
    let required: Vec<_> = part.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let mut schema = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if let (false, Some(fields)) = (required.is_empty(), schema.as_object_mut()) {
        fields.insert("required".to_owned(), json!(required));
    }
    let relations: Vec<_> = part.relations.iter().map(relation).collect();
    if let (false, Some(fields)) = (relations.is_empty(), schema.as_object_mut()) {
        fields.insert("allOf".to_owned(), json!(relations));
    }
    schema
}

fn relation(relation: &Relation) -> Value {
    match *relation {
        Relation::Needs(key, other, _) => json!({"dependencies": {key: [other]}}),
        Relation::Excludes(key, other, _) => json!({"not": {"required": [key, other]}}),
        Relation::OneOf(keys, _) => {
            let each: Vec<_> = keys.iter().map(|key| json!({"required": [key]})).collect();
            json!({"anyOf": each})
        }
    }
}

/// What is left out is as if it were not there, unless it has to be.
fn nothing_or(kind: &str, is_required: bool) -> Value {
    if is_required { json!(kind) } else { json!([kind, "null"]) }
}

fn of_key(key: &Key) -> Value {
    let list = |items: Value| json!({"type": nothing_or("array", key.is_required), "items": items});
    let mut schema = match key.form {
        Form::Profile => json!({"enum": Profile::ALL.map(Profile::name)}),
        Form::Rules => list(json!({"$ref": "#/definitions/target"})),
        Form::Severities => json!({"allOf": [{"$ref": "#/definitions/severities"}]}),
        Form::Severity => json!({"allOf": [{"$ref": "#/definitions/severity"}]}),
        Form::Version => json!({"type": "string", "pattern": versions(), "examples": [Version::NEWEST.to_string()]}),
        Form::Namespace => {
            json!({"type": "string", "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "maxLength": 63})
        }
        Form::Name => json!({"type": "string", "pattern": "\\S"}),
        Form::Paths => list(json!({"type": "string", "pattern": "\\S"})),
        Form::Names { parts, example } => {
            list(json!({"type": "string", "pattern": names(parts), "examples": [example]}))
        }
        Form::Part(inner) => part(inner),
        Form::Parts(inner) => list(part(inner)),
        Form::Test(form) => tests::of(form),
    };
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("description".to_owned(), json!(key.about));
        match key.form {
            Form::Paths if key.is_required => drop(fields.insert("minItems".to_owned(), json!(1))),
            Form::Part(_) => drop(fields.insert("type".to_owned(), nothing_or("object", key.is_required))),
            _ => {}
        }
    }
    schema
}

/// Names of so many parts, none of which is empty.
fn names(parts: usize) -> String {
    match parts {
        0 => ".".to_owned(),
        parts => format!("^{}$", vec!["[^/]+"; parts].join("/")),
    }
}

fn versions() -> String {
    let minors: Vec<_> = Version::all().map(|version| version.to_string().replace("1.", "")).collect();
    format!("^v?1\\.({})(\\.[0-9]+)?$", minors.join("|"))
}
