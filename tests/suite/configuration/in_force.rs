//! `rolecall config show`, and that it tells what other commands go by.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{JOB, repository, write};
use crate::scratch::run;

const FULL: &str = "profile: pedantic
failOn: error
kubernetesVersion: '1.36'
defaultNamespace: shop
include: [docs, 'te*/**']
exclude: [vendor]
select: [risk]
severity: {job-invalid-count: info}
external: {groups: ['a: b']}
paths:
- {paths: [examples], ignore: [all]}
clusters:
- {name: x, paths: [base]}
";

fn shown(directory: &Path, args: &[&str]) -> Vec<(String, String)> {
    let output = run(directory, &[&["config", "show"], args].concat());
    assert_eq!(output.code, 0, "{}", output.error);
    let lines = output.out.lines().skip(1);
    let pair = |line: &str| match line.rsplit_once("  # ") {
        Some((value, origin)) => (value.trim().to_owned(), origin.to_owned()),
        None => (line.trim().to_owned(), String::new()),
    };
    lines.map(pair).collect()
}

fn origin<'s>(shown: &'s [(String, String)], value: &str) -> &'s str {
    let found = shown.iter().find(|(shown, _)| shown == value);
    found.map_or_else(|| panic!("no `{value}` in {shown:?}"), |(_, origin)| origin)
}

#[test]
fn values_come_with_the_line_on_which_they_stand() {
    let repository = repository(FULL);
    let shown = shown(&repository.path().join("docs"), &[]);
    for (value, line) in [
        ("profile: pedantic", 1),
        ("failOn: error", 2),
        ("kubernetesVersion: '1.36'", 3),
        ("defaultNamespace: shop", 4),
        ("- docs", 5),
        ("- vendor", 6),
        ("job-invalid-count: info", 8),
        ("- 'a: b'", 9),
        ("- name: x", 13),
    ] {
        assert_eq!(origin(&shown, value), format!("../rolecall.yaml:{line}"), "{value}");
    }
    assert_eq!(origin(&shown, "ignore: []"), "default");
}

#[test]
fn flags_outweigh_the_file_or_come_after_it() {
    let repository = repository(FULL);
    let args = [
        "--profile",
        "audit",
        "--fail-on",
        "info",
        "--kubernetes-version",
        "1.30",
        "--default-namespace",
        "ns",
        "-f",
        "base",
        "--exclude",
        "x*",
        "--select",
        "hygiene,all",
        "--ignore",
        "broken",
    ];
    let shown = shown(repository.path(), &args);
    for (value, flag) in [
        ("profile: audit", "--profile"),
        ("failOn: info", "--fail-on"),
        ("kubernetesVersion: '1.30'", "--kubernetes-version"),
        ("defaultNamespace: ns", "--default-namespace"),
        ("- x*", "--exclude"),
        ("- hygiene", "--select"),
        ("- broken", "--ignore"),
        ("- risk", "rolecall.yaml:7"),
    ] {
        assert_eq!(origin(&shown, value), flag, "{value}");
    }
    let base: Vec<_> = shown.iter().filter(|(value, _)| value == "- base").map(|(_, origin)| origin.as_str()).collect();
    assert_eq!(base, ["rolecall.yaml:13", "--filename"], "of the cluster, and of what is read");
    assert!(shown.iter().all(|(value, _)| value != "- vendor" && value != "- docs"), "{shown:?}");
}

#[test]
fn what_is_shown_is_a_configuration_that_says_the_same() {
    let first = repository(FULL);
    let values = |directory: &Path| {
        let output = run(directory, &["config", "show", "-o", "json"]);
        let output: Value = serde_json::from_str(&output.out).unwrap();
        let values = output["values"].as_array().unwrap().clone();
        values.iter().map(|value| format!("{} = {}", value["key"], value["value"])).collect::<Vec<_>>()
    };
    let text = run(first.path(), &["config", "show"]).out;
    let second = repository(&text);
    assert_eq!(values(first.path()), values(second.path()));
    let none = TempDir::new().unwrap();
    let text = run(none.path(), &["config", "show"]).out;
    assert!(text.starts_with("# no configuration file was found\n"), "{text}");
    let second = repository(&text);
    assert_eq!(values(none.path()), values(second.path()));
}

#[test]
fn texts_that_could_end_a_line_or_steer_a_terminal_are_quoted() {
    let repository = repository("external: {groups: [\"a\\nb\", \"\\e2J\", '# c']}\n");
    let output = run(repository.path(), &["config", "show"]);
    assert!(output.out.contains("- \"a\\nb\"") && output.out.contains("- \"\\x1b2J\""), "{}", output.out);
    assert!(output.out.contains("- '# c'") && !output.out.contains('\u{1b}'), "{}", output.out);
}

#[test]
fn mistakes_are_told_by_every_command_that_reads_the_configuration() {
    let commands: &[&[&str]] = &[
        &["lint"],
        &["config", "show"],
        &["can-i", "get", "pods", "--as", "jane"],
        &["who-can", "get", "pods"],
        &["permissions", "user/jane"],
        &["graph"],
        &["shell"],
        &["review", "--reviews", "review.json"],
    ];
    for (text, error) in [
        ("ignore: [risks]\n", "1:10: there is no rule or category `risks`\n  help: did you mean `risk`?\n"),
        (
            "profile: adit\n",
            "1:10: there is no profile `adit`\n  help: did you mean `audit`?\n  help: there are `default`, `pedantic`, `audit`\n",
        ),
        ("failOn: none\n", "1:9: there is no severity `none`\n  help: there are `error`, `warning`, `info`\n"),
        ("severity: {all: info}\n", "1:12: a severity is that of one rule\n  help: `rolecall rules` lists all rules\n"),
        (
            "severity: {job-invalid-count: err}\n",
            "1:31: there is no severity `err`\n  help: did you mean `error`?\n  help: there are `error`, `warning`, `info`\n",
        ),
        (
            "paths: [{paths: [a], select: [job-invalid-cout]}]\n",
            "1:31: there is no rule or category `job-invalid-cout`\n  help: did you mean `job-invalid-count`?\n",
        ),
        ("kubernetesVersion: '1.3'\n", "1:20: `1.3` cannot be used here\n  help: what is known is 1.29 to 1.36\n"),
        (
            "defaultNamespace: A\n",
            "1:19: `A` cannot be used here\n  help: lower case letters, digits and `-` make a namespace\n",
        ),
    ] {
        let repository = repository(text);
        fs::write(repository.path().join("review.json"), "{}").unwrap();
        for command in commands {
            let output = run(repository.path(), command);
            let expected = format!("error: rolecall.yaml:{error}");
            assert_eq!((output.code, output.error.as_str()), (2, expected.as_str()), "{command:?}");
        }
    }
}

#[test]
fn the_configuration_says_when_a_run_fails() {
    let repository = repository("failOn: info\nseverity: {job-restart-policy-always: info}\n");
    let code = |args: &[&str]| run(repository.path(), &[&["lint", "docs"], args].concat()).code;
    assert_eq!((code(&[]), code(&["--fail-on", "error"]), code(&["--exit-zero"])), (1, 0, 0));
    write(&repository, "rolecall.yaml", "failOn: error\n");
    write(&repository, "docs/job.yaml", &JOB.replace("\"Always\"", "\"Never\"").replace("\"backoffLimit\": 2, ", ""));
    assert_eq!((code(&[]), code(&["--fail-on", "warning"])), (0, 1));
}

#[test]
fn the_configuration_says_for_which_version_and_namespace_manifests_are() {
    let repository = repository("kubernetesVersion: v1.30.1\ndefaultNamespace: shop\n");
    let lint = |args: &[&str]| -> Value {
        serde_json::from_str(&run(repository.path(), &[&["lint", "docs", "-o", "json"], args].concat()).out).unwrap()
    };
    let output = lint(&[]);
    assert_eq!(output["kubernetes"], "1.30");
    assert_eq!(output["findings"][0]["object"]["namespace"], "shop");
    let output = lint(&["--kubernetes-version", "1.36", "--default-namespace", "ns"]);
    assert_eq!(output["kubernetes"], "1.36");
    assert_eq!(output["findings"][0]["object"]["namespace"], "ns");
    let asked = run(repository.path(), &["can-i", "get", "pods", "--as", "jane"]);
    let hint = "  help: rolecall.yaml:1:20 says so; `--kubernetes-version` outweighs it\n";
    assert!(asked.code == 2 && asked.error.ends_with(hint), "{}", asked.error);
}
