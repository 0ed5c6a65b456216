//! The JSON Schema of a file of access tests, draft 7.

use serde_json::{Value, json};

use super::schema::part;
use crate::query::testing::{ACTION, ROOT};
use crate::strict::TestForm;

/// The schema.
pub(super) fn schema() -> Value {
    let mut schema = part(&ROOT);
    let fields = [
        ("$schema", json!("http://json-schema.org/draft-07/schema#")),
        ("title", json!("Access tests of rolecall")),
        ("description", json!("What `rolecall test` makes sure of about who may do what.")),
        (
            "definitions",
            json!({
                "action": {"anyOf": [sentence(), part(&ACTION)]},
                "subject": {"type": "string", "pattern": SUBJECT, "examples": ["sa/ci/deployer"]},
            }),
        ),
    ];
    if let Some(schema) = schema.as_object_mut() {
        schema.extend(fields.map(|(key, value)| (key.to_owned(), value)));
    }
    schema
}

const SUBJECT: &str = "^(\\*|(sa|serviceaccount)/[^:/ ]+/[^:/ ]+|user/.+|group/.+|system:.*|[^:/ ]+:[^:/ ]+)$";
const SENTENCE: &str = "^\\s*(everything(\\s.*)?|\\S+\\s+\\S.*)$";
const SINK: &str = "^(cluster-admin|nodes|secrets/kube-system|serviceaccounts/[^/: ]+|admin/[^/: ]+|\
                    (sa|serviceaccount)/[^:/ ]+/[^:/ ]+)$";

/// What a key of a test takes.
pub(super) fn of(form: TestForm) -> Value {
    match form {
        TestForm::Subjects { may_be_empty } => one_or_more(&json!({"$ref": "#/definitions/subject"}), may_be_empty),
        TestForm::Actions => one_or_more(&json!({"$ref": "#/definitions/action"}), false),
        TestForm::Words(example) => {
            let pattern = if example.starts_with('/') { "^/" } else { "\\S" };
            one_or_more(&json!({"type": "string", "pattern": pattern, "examples": [example]}), false)
        }
        TestForm::Sinks => {
            one_or_more(&json!({"type": "string", "pattern": SINK, "examples": ["cluster-admin"]}), false)
        }
        TestForm::Flag => json!({"type": "boolean"}),
    }
}

fn sentence() -> Value {
    json!({
        "type": "string",
        "pattern": SENTENCE,
        "examples": ["get secrets in prod", "get pods/log", "get /metrics", "everything"],
    })
}

fn one_or_more(one: &Value, may_be_empty: bool) -> Value {
    let least = usize::from(!may_be_empty);
    json!({"anyOf": [one, {"type": "array", "items": one, "minItems": least}]})
}
