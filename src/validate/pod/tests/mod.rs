//! Templates with faults, and what the API server says about them.

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::PodTemplateSpec;
use serde_json::{Value, json};

use super::super::Error;
use super::super::errors::Errors;
use super::super::field::Field;
use super::pod_template;
use crate::catalog::Version;

mod containers;
mod resources;
mod scheduling;
mod security;
mod volumes;

/// What is said about a template.
fn errors(template: &Value, version: Version) -> Vec<Error> {
    let template: PodTemplateSpec = serde_json::from_value(template.clone()).unwrap();
    let mut errors = Errors::new(version);
    pod_template(&template, &Field::of_object("template"), &mut errors);
    errors.into_errors()
}

/// Fields of one mapping, over those of another.
fn over(fields: &Value, mut base: Value) -> Value {
    base.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    base
}

/// A template of a pod with nothing wrong but for these fields.
fn with_spec(fields: &Value) -> Value {
    json!({"spec": over(fields, json!({"containers": [{"name": "c", "image": "i"}]}))})
}

/// A template of a pod with nothing wrong but for these fields of its container.
fn with_container(fields: &Value) -> Value {
    let container = over(fields, json!({"name": "c", "image": "i"}));
    let volumes = json!([
        {"name": "v", "emptyDir": {}},
        {"name": "w", "persistentVolumeClaim": {"claimName": "w"}},
    ]);
    with_spec(&json!({"containers": [container], "volumes": volumes}))
}

/// Compares what is said about a template, without what every place begins with.
#[track_caller]
fn check(template: &Value, version: Version, beginning: &str, expected: &[&str]) {
    let line = |error: &Error| {
        let field = error.field.strip_prefix(beginning).unwrap_or(&error.field);
        format!("{field}: {error}")
    };
    let said: BTreeSet<_> = errors(template, version).iter().map(line).collect();
    let expected: BTreeSet<_> = expected.iter().map(ToString::to_string).collect();
    assert_eq!(said, expected, "{template}");
}

/// What is said about a pod by its fields.
#[track_caller]
fn of_spec(fields: &Value, expected: &[&str]) {
    check(&with_spec(fields), Version::NEWEST, "template.spec.", expected);
}

/// What is said about a container by its fields.
#[track_caller]
fn of_container(fields: &Value, expected: &[&str]) {
    check(&with_container(fields), Version::NEWEST, "template.spec.containers[0].", expected);
}

/// What another version says about a container.
#[track_caller]
fn of_container_before(version: &str, fields: &Value, expected: &[&str]) {
    check(&with_container(fields), Version::parse(version).unwrap(), "template.spec.containers[0].", expected);
}

/// Where the faults of a template are.
fn places(template: &Value) -> Vec<String> {
    errors(template, Version::NEWEST).into_iter().map(|error| error.at.path.to_string()).collect()
}

#[test]
fn the_errors_come_in_the_order_of_the_api_server() {
    let spec = json!({
        "containers": [],
        "restartPolicy": "Sometimes", "dnsPolicy": "Some", "nodeSelector": {"a": "b c"},
        "securityContext": {"runAsUser": -1, "fsGroupChangePolicy": "Some", "supplementalGroupsPolicy": "Some"},
        "shareProcessNamespace": true, "hostPID": true,
        "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": []}}},
        "dnsConfig": {"options": [{}]}, "readinessGates": [{"conditionType": ""}], "schedulingGates": [{"name": ""}],
        "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "", "whenUnsatisfiable": "DoNotSchedule"}],
        "hostUsers": false, "hostnameOverride": "A", "serviceAccountName": "A", "nodeName": "A",
        "activeDeadlineSeconds": 0, "hostname": "A", "subdomain": "A", "tolerations": [{"key": "a b"}],
        "hostAliases": [{"ip": ""}], "priorityClassName": "A", "runtimeClassName": "A", "preemptionPolicy": "",
        "overhead": {"cpu": "-1"}, "os": {"name": "plan9"}, "ephemeralContainers": [{"name": "e", "image": "i"}],
    });
    let mut fields: Vec<_> = errors(&json!({"spec": spec}), Version::NEWEST)
        .into_iter()
        .map(|error| error.field.replace("template.spec.", ""))
        .collect();
    fields.dedup();
    let affinity = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
    let expected = [
        "containers",
        "restartPolicy",
        "dnsPolicy",
        "nodeSelector",
        "securityContext.runAsUser",
        "securityContext.shareProcessNamespace",
        "securityContext.fsGroupChangePolicy",
        "securityContext.supplementalGroupsPolicy",
        affinity,
        "dnsConfig.options[0]",
        "readinessGates[0].conditionType",
        "schedulingGates[0]",
        "topologySpreadConstraints[0].topologyKey",
        "HostPID",
        "hostnameOverride",
        "serviceAccountName",
        "nodeName",
        "activeDeadlineSeconds",
        "hostname",
        "subdomain",
        "tolerations[0].key",
        "hostAliases[0].ip",
        "priorityClassName",
        "runtimeClassName",
        "preemptionPolicy",
        "overhead.limits[cpu]",
        "os",
        "ephemeralContainers",
    ];
    assert_eq!(fields, expected);
}
