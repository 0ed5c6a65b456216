//! What GitHub and GitLab show at the lines of a change.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{HOSTILE_FILE, hostile_tree, tree, written};
use crate::scratch::run;

/// A command in the log of a step.
#[derive(Debug)]
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    message: String,
}

/// Reads a line as GitHub's runner does: the command ends at the next `::`, its properties at each `,`.
fn command(line: &str) -> Command {
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let value = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let properties = properties.split(',').map(|property| {
        let (key, text) = property.split_once('=').unwrap();
        (key.to_owned(), value(text))
    });
    Command { name: name.to_owned(), properties: properties.collect(), message: data(message) }
}

#[test]
fn github_reads_back_what_was_meant() {
    let run = written(&hostile_tree(), "github");
    let commands: Vec<_> = run.out.lines().map(command).collect();
    let keys = ["col", "endColumn", "endLine", "file", "line", "title"];
    for command in &commands {
        assert!(command.properties.keys().eq(keys), "{command:?}");
        assert_eq!(command.properties["file"], HOSTILE_FILE.replace('\u{1b}', "\\u{1b}"));
    }
    let unknown = commands.iter().find(|it| it.properties["title"].starts_with("object-unknown-field ")).unwrap();
    assert_eq!(unknown.name, "error");
    assert_eq!(unknown.properties["title"], "object-unknown-field Job default/job");
    let place = ["line", "col", "endLine", "endColumn"].map(|key| unknown.properties[key].as_str());
    assert_eq!(place, ["9", "8", "9", "13"]);
    assert!(unknown.message.starts_with("unknown field \"spec.日本𝄞\"\nhelp: "), "{unknown:?}");
    let invalid = commands.iter().find(|it| it.properties["title"].starts_with("object-invalid-name ")).unwrap();
    assert!(invalid.properties["title"].contains("x\\u{a}::error file=y::]]>%0A\\u{1b}"), "{invalid:?}");
    assert!(invalid.message.contains("::error file=y::]]>%0A\\x1b[31m"), "{invalid:?}");
}

#[test]
fn github_is_told_what_it_would_drop() {
    let job = |name: usize| {
        format!(
            "---\napiVersion: batch/v1\nkind: Job\nmetadata: {{name: job-{name}}}\n\
             spec: {{parallelism: 2, completions: 1, suspend: true, template: {{}}}}\n"
        )
    };
    for (jobs, notices, rest) in [
        (10, 10, None),
        (11, 10, Some("not shown here: 2 infos, because")),
        (13, 10, Some("not shown here: 3 errors, 4 infos, because")),
    ] {
        let text: String = (0..jobs).map(job).collect();
        let directory = tree(&[("a.yaml", &text)]);
        let rules = if jobs == 13 { "job-suspended,pod-invalid-container" } else { "job-suspended" };
        let run = run(directory.path(), &["lint", "--ignore", "all", "--select", rules, "-o", "github"]);
        let commands: Vec<_> = run.out.lines().map(command).collect();
        assert_eq!(commands.iter().filter(|command| command.name == "notice").count(), notices, "{}", run.out);
        assert!(commands.iter().filter(|command| command.name == "error").count() <= 10, "{}", run.out);
        let last = &commands.last().unwrap().message;
        assert_eq!(rest.is_some(), last.starts_with("not shown here: "), "{last}");
        assert!(rest.is_none_or(|rest| last.starts_with(rest)), "{last}");
    }
}

#[test]
fn gitlab_gets_one_issue_a_finding_and_no_fingerprint_twice() {
    let twice = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: job}\nspec: {template: {}}\n";
    let directory = tree(&[("a.yaml", twice), ("b.yaml", twice)]);
    let run = written(&directory, "gitlab");
    let issues: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    assert_eq!(issues.len() % 2, 0);
    let fingerprints: BTreeSet<_> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), issues.len());
    for issue in &issues {
        let keys: Vec<_> = issue.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["check_name", "description", "fingerprint", "location", "severity"]);
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
    }
    let missing = issues.iter().find(|issue| issue["check_name"] == "job-missing-backoff-limit").unwrap();
    let positions = json!({"begin": {"line": 4, "column": 1}, "end": {"line": 4, "column": 5}});
    assert_eq!(missing["location"], json!({"path": "a.yaml", "positions": positions}));
    assert_eq!(missing["severity"], "major");
}

#[test]
fn gitlab_gets_the_path_as_it_is() {
    let run = written(&hostile_tree(), "gitlab");
    let issues: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    assert!(issues.iter().all(|issue| issue["location"]["path"] == HOSTILE_FILE), "{}", run.out);
}

#[test]
fn nothing_found_is_an_empty_list_for_gitlab_and_silence_for_github() {
    let directory = tree(&[("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n")]);
    assert_eq!(written(&directory, "gitlab").out, "[]\n");
    assert_eq!(written(&directory, "github").out, "");
}
