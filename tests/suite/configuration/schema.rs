//! The schema of `rolecall.yaml` says what the code does, and the README's example is one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rolecall::diagnostic::{Category, Severity};
use rolecall::lint::{Profile, RULES};
use serde_json::Value;

use super::repository;
use crate::json_schema::fits;
use crate::scratch::run;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("docs/rolecall.schema.json")).unwrap()).unwrap()
}

#[test]
fn the_published_schema_is_the_one_that_is_printed() {
    let printed = run(root(), &["config", "schema"]);
    let published = fs::read_to_string(root().join("docs/rolecall.schema.json")).unwrap();
    assert_eq!(printed.out, published, "write it with `rolecall config schema > docs/rolecall.schema.json`");
}

#[test]
fn its_keys_are_those_that_are_read() {
    let schema = schema();
    // What is told about an unknown key names all known ones.
    for (place, text) in [
        ("", "zzzzzzzzzzz: 1\n"),
        ("/properties/external", "external: {zzzzzzzzzzz: 1}\n"),
        ("/properties/paths/items", "paths: [{zzzzzzzzzzz: 1}]\n"),
        ("/properties/clusters/items", "clusters: [{zzzzzzzzzzz: 1}]\n"),
    ] {
        let error = run(repository(text).path(), &["lint"]).error;
        let (_, hint) = error.split_once("  help: ").unwrap();
        let read: BTreeSet<_> = hint.split('`').skip(1).step_by(2).collect();
        let part = schema.pointer(place).unwrap();
        let known: BTreeSet<_> = part["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(known, read, "{place}");
        assert!(part["properties"].as_object().unwrap().values().all(|key| key["description"].is_string()), "{place}");
    }
}

#[test]
fn its_words_are_those_of_the_registry() {
    let schema = schema();
    let words = |place: &str| -> Vec<String> {
        let words = schema.pointer(place).unwrap().as_array().unwrap();
        words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let ids = RULES.iter().map(|rule| rule.id);
    let targets: Vec<_> = ["all"].into_iter().chain(Category::ALL.map(Category::name)).chain(ids.clone()).collect();
    assert_eq!(words("/definitions/target/enum"), targets);
    assert_eq!(words("/definitions/severity/enum"), Severity::ALL.map(Severity::name));
    assert_eq!(words("/properties/profile/enum"), Profile::ALL.map(Profile::name));
    let weighed = schema["definitions"]["severities"]["properties"].as_object().unwrap();
    assert_eq!(weighed.keys().map(String::as_str).collect::<BTreeSet<_>>(), ids.collect());
    let versions = schema["properties"]["kubernetesVersion"]["pattern"].as_str().unwrap();
    assert_eq!(versions, r"^v?1\.(29|30|31|32|33|34|35|36)(\.[0-9]+)?$");
}

#[test]
fn what_it_takes_is_what_is_taken() {
    let schema = schema();
    for (is_right, text) in [
        (true, "profile: audit\nselect: [all, risk, role-unused]\nignore:\nseverity:\npaths:\nclusters:\nexternal:\n"),
        (true, "severity: {role-unused: error}\nfailOn: info\ninclude: [base]\nexclude: []\n"),
        (true, "paths: [{paths: [a], select: [], severity: {role-unused: info}}]\nexternal: {groups: [a]}\n"),
        (true, "clusters: [{name: a, paths: [b]}]\nkubernetesVersion: '1.29'\ndefaultNamespace: a\n"),
        (true, "kubernetesVersion: v1.36.2\ndefaultNamespace: a-0\n"),
        (true, "external: {serviceAccounts: ['*/a'], roles: [a/b], clusterRoles: [a], groups: ['a/b c']}\n"),
        (false, "external: {serviceAccounts: [a]}\n"),
        (false, "external: {roles: [a/b/c]}\n"),
        (false, "external: {roles: [/b]}\n"),
        (false, "external: {clusterRoles: [a/b]}\n"),
        (false, "external: {groups: ['']}\n"),
        (false, "kubernetesVersion: '1.3'\n"),
        (false, "kubernetesVersion: '1.37'\n"),
        (false, "defaultNamespace: a_b\n"),
        (false, "defaultNamespace: -a\n"),
        (false, "include: ['']\n"),
        (false, "exclude: [' ']\n"),
        (false, "clusters: [{name: '', paths: [b]}]\n"),
        (false, "profile: all\n"),
        (false, "profile: [audit]\n"),
        (false, "profile:\n"),
        (false, "failOn: none\n"),
        (false, "failOn:\n"),
        (false, "kubernetesVersion: 1.36\n"),
        (false, "kubernetesVersion:\n"),
        (false, "defaultNamespace:\n"),
        (false, "select: risk\n"),
        (false, "select: [risks]\n"),
        (false, "severity: {risk: info}\n"),
        (false, "severity: {role-unused: default}\n"),
        (false, "severity: [role-unused]\n"),
        (false, "paths: [{ignore: [risk]}]\n"),
        (false, "paths: [{paths: []}]\n"),
        (false, "paths: [{paths: }]\n"),
        (false, "paths: [{paths: [a], profile: audit}]\n"),
        (false, "paths: {paths: [a]}\n"),
        (false, "clusters: [{name: a}]\n"),
        (false, "clusters: [{paths: [a]}]\n"),
        (false, "clusters: [a]\n"),
        (false, "external: [a]\n"),
        (false, "external: {groups: a}\n"),
        (false, "external: {users: [a]}\n"),
        (false, "include: [1]\n"),
        (false, "- profile\n"),
    ] {
        let value = as_value(text);
        assert_eq!(fits(&value, &schema, &schema), is_right, "the schema and {text}");
        let output = run(repository(text).path(), &["config", "show"]);
        assert_eq!(output.code == 0, is_right, "the code and {text}: {}", output.error);
    }
}

/// YAML as a value, read by the crate that the tool writes YAML with.
fn as_value(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

#[test]
fn the_readme_shows_all_that_can_be_said() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, section) = readme.split_once("\n## Configuration\n").unwrap();
    let example = section.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let repository = repository(example);
    let output = run(repository.path(), &["config", "show"]);
    assert_eq!((output.code, output.error.as_str()), (0, ""));
    let default: Vec<_> = output.out.lines().filter(|line| line.contains("# default")).collect();
    assert_eq!(default, [""; 0], "is not in the example");
    let value = as_value(example);
    let schema = schema();
    assert!(fits(&value, &schema, &schema));
    for part in ["external", "paths", "clusters"] {
        let keys = schema.pointer(&format!("/properties/{part}")).unwrap();
        let keys = keys.get("items").unwrap_or(keys)["properties"].as_object().unwrap();
        for key in keys.keys().filter(|key| (part, key.as_str()) != ("paths", "select")) {
            assert!(example.contains(&format!("{key}:")), "`{key}` of `{part}` is not in the example");
        }
    }
}
