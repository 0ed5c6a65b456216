//! The template of a Job's pods as the API server compares it: without what is there by default, whether it is written or
//! not (`SetDefaults_PodSpec` and its siblings in pkg/apis/core/v1 of Kubernetes).

use k8s_openapi::api::core::v1::PodTemplateSpec;
use serde_json::{Map, Value};

use crate::validate::amount;

type Fields = Map<String, Value>;

/// What fields of these names are by default, wherever they stand in a template.
const TEXTS: [(&str, &str); 10] = [
    ("apiVersion", "v1"),
    ("divisor", "0e0"),
    ("dnsPolicy", "ClusterFirst"),
    ("iscsiInterface", "default"),
    ("procMount", "Default"),
    ("protocol", "TCP"),
    ("schedulerName", "default-scheduler"),
    ("scheme", "HTTP"),
    ("terminationMessagePath", "/dev/termination-log"),
    ("terminationMessagePolicy", "File"),
];

/// The same of numbers.
const NUMBERS: [(&str, i64); 8] = [
    ("defaultMode", 420),
    ("expirationSeconds", 3600),
    ("failureThreshold", 3),
    ("hostPort", 0),
    ("initialDelaySeconds", 0),
    ("periodSeconds", 10),
    ("successThreshold", 1),
    ("timeoutSeconds", 1),
];

/// Fields that are as good as left out where they are false.
const SWITCHES: [&str; 7] = ["hostIPC", "hostNetwork", "hostPID", "readOnly", "stdin", "stdinOnce", "tty"];

/// The fields with containers.
const CONTAINERS: [&str; 2] = ["containers", "initContainers"];

/// A template without what is there by default.
pub(super) fn normal(template: &PodTemplateSpec) -> Value {
    let mut template = serde_json::to_value(template).unwrap_or_default();
    if let Some(spec) = template.get_mut("spec").and_then(Value::as_object_mut) {
        of_pod(spec);
    }
    without_empty(without_defaults(template))
}

fn of_pod(spec: &mut Fields) {
    let account = spec.remove("serviceAccount");
    if let Some(account) = account.filter(|_| spec.get("serviceAccountName").is_none_or(|name| name == "")) {
        spec.insert("serviceAccountName".to_owned(), account);
    }
    if spec.get("terminationGracePeriodSeconds").and_then(Value::as_i64) == Some(30) {
        spec.remove("terminationGracePeriodSeconds");
    }
    let is_of_host = spec.get("hostNetwork") == Some(&Value::Bool(true));
    for container in containers(spec) {
        of_container(container, is_of_host);
    }
    let volumes = spec.get_mut("volumes").and_then(Value::as_array_mut).into_iter().flatten();
    for volume in volumes.filter_map(Value::as_object_mut) {
        let has_source = volume.iter().any(|(key, value)| key != "name" && !value.is_null());
        if !has_source {
            volume.insert("emptyDir".to_owned(), Value::Object(Fields::new()));
        }
    }
}

fn containers(spec: &mut Fields) -> impl Iterator<Item = &mut Fields> {
    let lists = spec.iter_mut().filter(|(key, _)| CONTAINERS.contains(&key.as_str()));
    let containers = lists.filter_map(|(_, list)| list.as_array_mut()).flatten();
    containers.filter_map(Value::as_object_mut)
}

fn of_container(container: &mut Fields, is_of_host: bool) {
    let image = container.get("image").and_then(Value::as_str).unwrap_or_default();
    let by_default = if has_moving_tag(image) { "Always" } else { "IfNotPresent" };
    if container.get("imagePullPolicy").and_then(Value::as_str) == Some(by_default) {
        container.remove("imagePullPolicy");
    }
    if is_of_host {
        let ports = container.get_mut("ports").and_then(Value::as_array_mut).into_iter().flatten();
        for port in ports.filter_map(Value::as_object_mut) {
            if port.get("hostPort") == port.get("containerPort") {
                port.remove("hostPort");
            }
        }
    }
    let Some(resources) = container.get_mut("resources").and_then(Value::as_object_mut) else { return };
    let limits = resources.get("limits").and_then(Value::as_object).cloned().unwrap_or_default();
    // What is not requested is what is the limit.
    if let Some(requests) = resources.entry("requests").or_insert_with(|| Value::Object(Fields::new())).as_object_mut()
    {
        for (resource, amount) in limits {
            requests.entry(resource).or_insert(amount);
        }
    }
}

/// Whether an image is pulled again each time: its tag is `latest`, or left out without a digest.
fn has_moving_tag(image: &str) -> bool {
    if image.contains('@') {
        return false;
    }
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split_once(':').is_none_or(|(_, tag)| tag == "latest")
}

fn without_defaults(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| (is_amounts(&key), key, value));
            let fields = fields.map(|(is_amounts, key, value)| {
                let value = if is_amounts { amounts(value) } else { without_defaults(value) };
                (key, value)
            });
            Value::Object(fields.filter(|(key, value)| !is_default(key, value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_defaults).collect()),
        other => other,
    }
}

fn is_amounts(key: &str) -> bool {
    ["limits", "requests", "divisor", "sizeLimit", "overhead"].contains(&key)
}

/// Amounts in one way of writing.
fn amounts(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, amounts(value))).collect(),
        Value::String(text) => Value::String(amount(&text).unwrap_or(text)),
        other => other,
    }
}

fn is_default(key: &str, value: &Value) -> bool {
    match value {
        Value::Bool(false) => SWITCHES.contains(&key),
        Value::Bool(true) => key == "enableServiceLinks",
        // Of a probe: a `subPath` and the paths of files begin elsewhere.
        Value::String(text) => (key, text.as_str()) == ("path", "/") || TEXTS.contains(&(key, text)),
        Value::Number(number) => number.as_i64().is_some_and(|number| NUMBERS.contains(&(key, number))),
        _ => false,
    }
}

/// The value without anything empty in it.
pub(super) fn without_empty(value: Value) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| (key, without_empty(value)));
            Value::Object(fields.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_empty).collect()),
        other => other,
    }
}

/// A normal form without what may change while the Job is suspended: what says where its pods run, and resources where
/// these may change, too.
pub(super) fn unscheduled(template: &Value, with_resources: bool) -> Value {
    let mut template = template.clone();
    if let Some(metadata) = template.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("labels");
        metadata.remove("annotations");
    }
    if let Some(spec) = template.get_mut("spec").and_then(Value::as_object_mut) {
        for field in ["nodeSelector", "tolerations", "schedulingGates"] {
            spec.remove(field);
        }
        if let Some(affinity) = spec.get_mut("affinity").and_then(Value::as_object_mut) {
            affinity.remove("nodeAffinity");
        }
        for container in containers(spec).filter(|_| with_resources) {
            container.remove("resources");
        }
    }
    without_empty(template)
}

/// The paths at which two values differ, in order: none where they are the same.
pub(super) fn differences(old: &Value, new: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    let mut todo = vec![(String::new(), old, new)];
    while let Some((path, old, new)) = todo.pop() {
        match (old, new) {
            (Value::Object(old), Value::Object(new)) => {
                let mut keys: Vec<_> = old.keys().chain(new.keys()).collect();
                keys.sort();
                keys.dedup();
                for key in keys.into_iter().rev() {
                    let path = format!("{path}.{key}");
                    match (old.get(key), new.get(key)) {
                        (Some(old), Some(new)) => todo.push((path, old, new)),
                        _ => paths.push(path),
                    }
                }
            }
            (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
                let pairs = old.iter().zip(new).enumerate().rev();
                todo.extend(pairs.map(|(index, (old, new))| (format!("{path}[{index}]"), old, new)));
            }
            (old, new) if old != new => paths.push(path),
            _ => {}
        }
    }
    paths.sort();
    paths
}
