//! The schema of a file of tests says what the code does.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::tested;
use crate::json_schema::fits;
use crate::scratch::run;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("docs/access-test.schema.json")).unwrap()).unwrap()
}

#[test]
fn the_published_schema_is_the_one_that_is_printed() {
    let printed = run(root(), &["config", "schema", "--tests"]);
    let published = fs::read_to_string(root().join("docs/access-test.schema.json")).unwrap();
    assert_eq!(printed.out, published, "write it with `rolecall config schema --tests > docs/access-test.schema.json`");
}

#[test]
fn its_keys_are_those_that_are_read() {
    let schema = schema();
    let test = "/properties/tests/items";
    for (place, text) in [
        ("", "zzzzzzzzzzz: 1\n".to_owned()),
        (test, "tests: [{zzzzzzzzzzz: 1}]\n".to_owned()),
        ("/definitions/action/anyOf/1", "tests: [{name: a, subjects: a:b, deny: {zzzzzzzzzzz: 1}}]\n".to_owned()),
    ] {
        let error = tested(&text).error;
        // What else is wrong is told before or behind it.
        let (_, rest) = error.split_once("unknown key `zzzzzzzzzzz`\n  help: ").unwrap();
        let hint = rest.lines().next().unwrap();
        let read: BTreeSet<_> = hint.split('`').skip(1).step_by(2).collect();
        let part = schema.pointer(place).unwrap();
        let known: BTreeSet<_> = part["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(known, read, "{place}");
        assert!(part["properties"].as_object().unwrap().values().all(|key| key["description"].is_string()), "{place}");
    }
}

#[test]
fn what_it_takes_is_what_is_taken() {
    let schema = schema();
    for (is_right, test) in [
        (true, "subjects: sa/ci/deployer, deny: get pods"),
        (true, "subjects: [a:b, sa/a/b, user/x y, 'group/a:b/c', system:x, '*:*'], allow: [get /a, everything in a]"),
        (true, "subjects: a:b, except: [c:d], no-path: [cluster-admin, nodes, admin/a, sa/a/b, serviceaccounts/a]"),
        (true, "subjects: a:b, optional: true, deny: {verbs: get, resources: [pods], names: a, namespaces: [b]}"),
        (true, "subjects: a:b, deny: [{verbs: [get], urls: /a}, get pods]"),
        (true, "only: [], can: get pods"),
        (true, "only: '*', can: get pods"),
        (true, "only: group/x, can: [get pods]"),
        (false, "subjects: a:b"),
        (false, "deny: get pods"),
        (false, "subjects: [], deny: get pods"),
        (false, "subjects: , deny: get pods"),
        (false, "subjects: deployer, deny: get pods"),
        (false, "subjects: a/b, deny: get pods"),
        (false, "subjects: sa/a, deny: get pods"),
        (false, "subjects: 'user/', deny: get pods"),
        (false, "subjects: a:b, deny: get"),
        (false, "subjects: a:b, deny: []"),
        (false, "subjects: a:b, deny: "),
        (false, "subjects: a:b, deny: {verbs: get}"),
        (false, "subjects: a:b, deny: {resources: pods}"),
        (false, "subjects: a:b, deny: {verbs: [], resources: pods}"),
        (false, "subjects: a:b, deny: {verbs: [' '], resources: pods}"),
        (false, "subjects: a:b, deny: {verbs: get, urls: a}"),
        (false, "subjects: a:b, deny: {verbs: get, urls: /a, names: b}"),
        (false, "subjects: a:b, deny: {verbs: get, resources: pods, urls: /a}"),
        (false, "subjects: a:b, deny: {verbs: get, resources: pods, group: apps}"),
        (false, "subjects: a:b, no-path: admin"),
        (false, "subjects: a:b, no-path: secrets/prod"),
        (false, "subjects: a:b, no-path: []"),
        (false, "subjects: a:b, optional: 1, deny: get pods"),
        (false, "only: a:b"),
        (false, "can: get pods"),
        (false, "only: , can: get pods"),
        (false, "only: a:b, can: get pods, subjects: a:b"),
        (false, "only: a:b, can: get pods, except: a:b"),
        (false, "only: a:b, can: get pods, deny: get pods"),
    ] {
        let text = format!("tests: [{{name: t, {test}}}]\n");
        let value: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(fits(&value, &schema, &schema), is_right, "the schema and {text}");
        let output = tested(&text);
        assert_eq!(output.code < 2, is_right, "the code and {text}: {}", output.error);
    }
}

#[test]
fn the_files_of_tests_here_are_as_the_schema_has_them() {
    let text = fs::read_to_string(root().join("testdata/tested/access-test.yaml")).unwrap();
    let value: Value = serde_yaml::from_str(&text).unwrap();
    let schema = schema();
    assert!(fits(&value, &schema, &schema));
}
