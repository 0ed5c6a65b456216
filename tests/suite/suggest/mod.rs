//! The smallest roles for what audit logs say was done.

mod conformance;
mod fitting;
mod logs;
mod output;
mod strictly;

use std::fs;
use std::path::Path;

use rolecall::audit::{self, Actors, Usage};
use rolecall::catalog::Version;
use rolecall::discover::Inputs;
use rolecall::manifest::Options;
use rolecall::query::{self, Access, Assumptions, LeastOptions};
use rolecall::rbac::{Action, ResourceAction};
use serde_json::{Value, json};

const OPTIONS: LeastOptions = LeastOptions { max_names: 3, max_roles: 3, with_denied: false };

/// What is known of access where nothing was read.
fn nothing() -> Access {
    let assumptions = Assumptions { version: Version::NEWEST, default_policy: true };
    query::load(&Inputs::default(), &Options::default(), assumptions).unwrap()
}

/// What a log of these bytes comes to.
fn usage(log: &[u8], actors: &Actors) -> Usage {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("audit.jsonl");
    fs::write(&path, log).unwrap();
    audit::read([path.to_str().unwrap()], actors).unwrap()
}

/// A log with an event in each line.
fn log(events: &[Value]) -> String {
    events.iter().map(Value::to_string).collect::<Vec<_>>().join("\n") + "\n"
}

/// The event of a request that a ServiceAccount `shop:web` made and that was allowed. The id is the name, the verb and
/// the resource.
fn event(verb: &str, object: &Value) -> Value {
    json!({
        "kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "Metadata", "stage": "ResponseComplete",
        "auditID": format!("{verb}/{object}"), "requestURI": "/api", "verb": verb,
        "user": {"username": "system:serviceaccount:shop:web", "groups":
            ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"]},
        "objectRef": object, "responseStatus": {"code": 200},
        "requestReceivedTimestamp": "2026-11-23T10:00:00.000000Z",
        "annotations": {"authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": "RBAC: allowed by x"},
    })
}

/// The event with other fields.
fn with(event: &Value, fields: &Value) -> Value {
    let mut event = event.clone();
    for (key, value) in fields.as_object().unwrap() {
        event[key] = value.clone();
    }
    event
}

fn resource(verb: &str, group: &str, resource: &str, namespace: &str, name: &str) -> Action {
    let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    Action::Resource(ResourceAction {
        verb: verb.to_owned(),
        group: group.to_owned(),
        resource: resource.to_owned(),
        subresource: subresource.to_owned(),
        name: name.to_owned(),
        namespace: namespace.to_owned(),
    })
}

/// Runs the command on a log, and on manifests where there are any.
fn suggest(log: &[u8], manifests: &str, args: &[&str]) -> crate::scratch::Run {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), log, manifests);
    crate::scratch::run(directory.path(), &[&["suggest", "--audit-log", "audit.jsonl"], args].concat())
}

fn write(directory: &Path, log: &[u8], manifests: &str) {
    fs::write(directory.join("audit.jsonl"), log).unwrap();
    if !manifests.is_empty() {
        fs::write(directory.join("a.yaml"), manifests).unwrap();
    }
}
