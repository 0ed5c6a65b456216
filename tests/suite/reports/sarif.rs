//! SARIF: valid by its schema, places to the column, links and paths that are none, and all that a finding has.

use std::collections::BTreeSet;

use rolecall::diagnostic::{Edit, Fix, Safety};
use rolecall::lint::RULES;
use rolecall::report::{Gravity, Sarif};
use rolecall::source::Span;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{HOSTILE_FILE, hostile_tree, report, text, tree, written};
use crate::scratch::run;

/// The log as the types of the schema have it. Whatever the schema does not know is lost on the way there and back.
fn checked(log: &str) -> Value {
    let value: Value = serde_json::from_str(log).unwrap();
    let typed: serde_sarif::sarif::Sarif = serde_json::from_str(log).unwrap();
    assert_eq!(serde_json::to_value(typed).unwrap(), value, "the schema has it otherwise");
    value
}

fn log_of(directory: &TempDir) -> Value {
    let run = written(directory, "sarif");
    assert_eq!(run.error, "");
    checked(&run.out)
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

fn result<'l>(log: &'l Value, rule: &str) -> &'l Value {
    results(log).iter().find(|result| result["ruleId"] == rule).unwrap()
}

#[test]
fn a_log_is_valid_and_says_where_and_what() {
    let log = log_of(&hostile_tree());
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let place = &result(&log, "object-unknown-field")["locations"][0];
    let region = json!({"startLine": 9, "startColumn": 8, "endLine": 9, "endColumn": 13});
    assert_eq!(place["physicalLocation"]["region"], region);
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "batch/v1 Job default/job");
    assert_eq!(place["logicalLocations"][0]["name"], "job");
    let exceeds = result(&log, "job-parallelism-exceeds-completions");
    assert_eq!(exceeds["level"], "warning");
    let message = exceeds["message"]["text"].as_str().unwrap();
    assert!(message.starts_with("`parallelism` is 3, but"), "{message}");
    assert!(message.contains("\nhelp: lower `parallelism` to 2"), "{message}");
    assert_eq!(exceeds["relatedLocations"][0]["message"]["text"], "`completions` is 2");
    let fingerprint = exceeds["partialFingerprints"]["rolecall/v1"].as_str().unwrap();
    assert!(fingerprint.len() == 16 && fingerprint.chars().all(|c| c.is_ascii_hexdigit()), "{fingerprint}");
}

#[test]
fn every_result_points_to_its_rule() {
    let log = log_of(&hostile_tree());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results(&log) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn all_rules_are_described_whatever_was_found() {
    let log = log_of(&tree(&[("a.yaml", "kind: Namespace\napiVersion: v1\nmetadata: {name: a}\n")]));
    assert_eq!(results(&log).len(), 0);
    let described = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(described.len(), RULES.len());
    let mut scores = BTreeSet::new();
    for (described, rule) in described.iter().zip(RULES) {
        assert_eq!(described["id"], rule.id);
        assert_eq!(described["shortDescription"]["text"], rule.summary);
        assert_eq!(described["help"]["markdown"], rule.page);
        assert_eq!(described["properties"]["tags"][0], rule.category.name());
        // GitHub reads no more of a description.
        let description = described["fullDescription"]["text"].as_str().unwrap();
        assert!((20..=1024).contains(&description.chars().count()), "{}: {description}", rule.id);
        assert!(!description.contains("\n## ") && rule.page.contains(description), "{}: {description}", rule.id);
        let help = described["help"]["text"].as_str().unwrap();
        assert!(help.len() >= 20 && rule.page.contains(help), "{}: {help}", rule.id);
        let score = described["properties"]["security-severity"].as_str();
        assert_eq!(score, Gravity::of(rule).map(Gravity::score), "{}", rule.id);
        assert_eq!(score.is_some(), rule.category.name() == "risk", "{}", rule.id);
        scores.extend(score.map(str::to_owned));
    }
    assert_eq!(scores.len(), Gravity::ALL.len(), "{scores:?}");
}

#[test]
fn names_make_no_links_and_no_paths() {
    let log = log_of(&hostile_tree());
    let message = result(&log, "object-invalid-name")["message"]["text"].as_str().unwrap();
    assert!(message.contains("[click\\](https://evil.example)"), "{message}");
    for result in results(&log) {
        assert!(!result["message"]["text"].as_str().unwrap().replace("\\](", "").contains("]("), "{result}");
        let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let uri = "a%0A%3A%3Aerror%2Cx%250A%5D%5D%3E%22%27%26%3C%1B%5B31m%3A%C3%BC.yaml";
        assert_eq!(artifact, &json!({"uri": uri, "uriBaseId": "%SRCROOT%"}), "{HOSTILE_FILE}");
    }
}

#[test]
fn paths_are_told_from_the_root_of_the_repository() {
    let broken = "x: [\n";
    let repository = tree(&[]);
    let elsewhere = tree(&[("c.yaml", broken)]);
    let deploy = repository.path().join("deploy");
    std::fs::create_dir_all(repository.path().join(".git")).unwrap();
    std::fs::create_dir_all(&deploy).unwrap();
    std::fs::write(repository.path().join("a.yaml"), broken).unwrap();
    std::fs::write(deploy.join("b.yaml"), broken).unwrap();
    let outside = elsewhere.path().join("c.yaml");
    let b = deploy.join("b.yaml");
    let args = ["lint", "-o", "sarif", "../a.yaml", b.to_str().unwrap(), outside.to_str().unwrap()];
    let log = checked(&run(&deploy, &args).out);
    let artifacts = results(&log).iter().map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]);
    let uris: BTreeSet<_> = artifacts.map(|artifact| artifact["uri"].as_str().unwrap()).collect();
    assert!(uris.contains("a.yaml") && uris.contains("deploy/b.yaml"), "{uris:?}");
    assert!(uris.iter().any(|uri| uri.starts_with("file:///") && uri.ends_with("/c.yaml")), "{uris:?}");
}

#[test]
fn how_it_is_fixed_is_told_and_what_is_suppressed_is_not() {
    let directory = tree(&[(
        "a.yaml",
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: job}\nspec: {parallelism: 3, completions: 2, template: {}}\n",
    )]);
    let (mut report, project) = report(&directory);
    let at = report.findings.iter().position(|it| it.rule == "job-parallelism-exceeds-completions").unwrap();
    report.suppressed = report.findings.split_off(at + 1);
    let finding = report.findings.last_mut().unwrap();
    let (file, span) = (finding.span.file, finding.span);
    let edit = |start, end, text: &str| Edit { span: Span { file, start, end }, text: text.to_owned() };
    finding.fixes = vec![Fix {
        message: "write `2`".to_owned(),
        safety: Safety::Unsafe,
        edits: vec![edit(0, 0, "# \u{202e}\n"), edit(span.start, span.end, "2")],
    }];
    let path = report.read_set.sources.path(file).to_owned();
    let log = text(&Sarif { project }, &report);
    assert!(!super::acts(&log));
    let log = checked(&log);
    assert_eq!(results(&log).len(), report.findings.len(), "what is suppressed is left out");
    let fix = &results(&log).last().unwrap()["fixes"][0];
    assert_eq!(fix["description"]["text"], "write `2`");
    assert_eq!(fix["properties"]["safety"], "unsafe");
    let change = &fix["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "a.yaml", "{path}");
    let expected = json!([
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
            "insertedContent": {"text": "# \u{202e}\n"}
        },
        {
            "deletedRegion": {"startLine": 4, "startColumn": 21, "endLine": 4, "endColumn": 22},
            "insertedContent": {"text": "2"}
        }
    ]);
    assert_eq!(change["replacements"], expected);
}
