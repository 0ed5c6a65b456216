//! What is printed, and how the tool ends.

use std::fs;

use serde_json::Value;

use super::{Grant, VICTIM, granted};
use crate::scratch::{Run, run};

fn escalate(text: &str, args: &[&str]) -> Run {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("a.yaml"), text).unwrap();
    run(directory.path(), &[&["escalate"], args].concat())
}

fn text() -> String {
    [granted(&[Grant("app", &[("create", "", "pods", "")])]).as_str(), VICTIM].concat()
}

#[test]
fn everybody_is_told_with_places_and_with_what_has_to_go() {
    let Run { code, out, error } = escalate(&text(), &[]);
    assert_eq!((code, error.as_str()), (1, ""));
    assert_eq!(
        out,
        "Who comes to more than they were given?

to cluster-admin
  ServiceAccount app/start
    certain
    1. runs a pod as ServiceAccount app/victim
       by RoleBinding app/b0 → Role app/r0 → rule 1 (a.yaml:9:3) (a.yaml:15:12)
       ServiceAccount app/victim is cluster-admin
       by ClusterRoleBinding victim → ClusterRole cluster-admin → rule 1 (a.yaml:26:12)
  without this, none of them does:
    rule 1 of Role app/r0 (a.yaml:9:3)

cluster-admin already
  ServiceAccount app/victim by ClusterRoleBinding victim (a.yaml:26:12)
"
    );
}

#[test]
fn one_subject_is_told_of_what_it_was_asked_for() {
    let out = escalate(&text(), &["app:start", "--to", "cluster-admin"]);
    assert_eq!((out.code, out.out.lines().count()), (1, 9), "{}", out.out);
    // Whoever is cluster-admin has the nodes, too.
    let out = escalate(&text(), &["app:start", "--to", "nodes", "--certain"]);
    assert_eq!(out.code, 1);
    assert!(out.out.contains("to cluster-admin: certain"), "{}", out.out);
    let out = escalate(&text(), &["app:victim", "--to", "nodes"]);
    assert_eq!(out.code, 0);
    assert!(out.out.contains("is cluster-admin already"), "{}", out.out);
    let out = escalate(&granted(&[]), &["app:start", "--to", "nodes"]);
    assert_eq!(out.code, 0);
    assert!(out.out.contains("no way was found"), "{}", out.out);
    let out = escalate(&text(), &["app:victim"]);
    assert_eq!(out.code, 0);
    assert!(out.out.contains("is cluster-admin already"), "{}", out.out);
}

#[test]
fn the_exit_code_says_whether_anybody_does() {
    assert_eq!(escalate(&text(), &["--exit-zero"]).code, 0);
    assert_eq!(escalate(&granted(&[]), &[]).code, 0);
    assert_eq!(escalate(&granted(&[]), &["--include-system"]).code, 1);
    let wrong = escalate(&text(), &["--to", "everything"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.error.contains("`everything` is nothing to reach"), "{}", wrong.error);
    assert_eq!(escalate(&text(), &["x"]).code, 2);
}

#[test]
fn programs_are_told_the_same() {
    let out = escalate(&text(), &["-o", "json", "--to", "cluster-admin"]);
    let json: Value = serde_json::from_str(&out.out).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["escalates"], true);
    let way = &json["ways"][0];
    assert_eq!((&way["proof"], json["proofs"].as_array().unwrap().len()), (&Value::from(0), 1));
    let proof = &json["proofs"][0];
    assert_eq!(
        (&way["subject"]["name"], &way["sink"], &way["certainty"]),
        (&"start".into(), &"cluster-admin".into(), &"certain".into())
    );
    assert_eq!(proof["steps"][0]["technique"], "E01");
    assert_eq!(proof["steps"][0]["grants"][0]["rule"]["location"]["path"], "a.yaml");
    assert_eq!(json["cuts"][0]["cut"]["removals"][0]["role"]["name"], "r0");
    assert_eq!(json["already"][0]["subject"]["name"], "victim");
    let one = escalate(&text(), &["app:start", "-o", "json"]);
    let json: Value = serde_json::from_str(&one.out).unwrap();
    assert_eq!(json["ways"][0]["cut"]["smallest"], true);
}
