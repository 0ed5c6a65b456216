//! What `helm template` and `kubectl kustomize` write, through standard input: findings name what was rendered.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Two documents of one template, one of a chart inside, and one that nobody rendered. The script has a comment of its own.
const CHART: &str = "---
# Source: ledger/templates/jobs.yaml
apiVersion: batch/v1
kind: Job
metadata: {name: one}
spec: {template: {spec: {restartPolicy: Always, containers: [{name: a, image: a}]}}}
---
# Source: ledger/templates/jobs.yaml
# Copyright: nobody
apiVersion: batch/v1
kind: Job
metadata: {name: two}
spec:
  template:
    spec:
      containers:
      - name: a
        image: a
        command:
        - sh
        - -c
        - |
          # Source: other/templates/script.yaml
          true
      restartPolicy: Always
---
# Source: ledger/charts/db/templates/role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: three, namespace: default}
rules: [{apiGroups: [''], resources: [pods]}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: four}
spec: {template: {spec: {restartPolicy: Always, containers: [{name: a, image: a}]}}}
";

/// As kustomize writes it, with `buildMetadata: [originAnnotations]` and without.
const KUSTOMIZED: &str = "apiVersion: batch/v1
kind: Job
metadata:
  annotations:
    config.kubernetes.io/origin: |
      path: base/job.yaml
  name: one
spec:
  template:
    spec:
      containers:
      - image: a
        name: a
      restartPolicy: Always
---
apiVersion: batch/v1
kind: Job
metadata:
  name: two
spec:
  template:
    spec:
      containers:
      - image: a
        name: a
      restartPolicy: Always
";

/// What the tool writes about standard input in a format.
fn written(format: &str, stdin: &str) -> String {
    let directory = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.args(["lint", "-", "-o", format]).current_dir(directory.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// For each object that there are findings about, its name and what it was rendered from.
fn sources(stdin: &str) -> Vec<(String, Option<String>)> {
    let report: Value = serde_json::from_str(&written("json", stdin)).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let of = |finding: &Value| (text(&finding["object"]["name"]).unwrap(), text(&finding["location"]["source"]));
    let mut sources: Vec<_> = report["findings"].as_array().unwrap().iter().map(of).collect();
    sources.dedup();
    sources
}

fn pairs(expected: &[(&str, Option<&str>)]) -> Vec<(String, Option<String>)> {
    expected.iter().map(|(name, source)| ((*name).to_owned(), source.map(str::to_owned))).collect()
}

#[test]
fn findings_name_the_template_of_their_document() {
    let expected = pairs(&[
        ("one", Some("ledger/templates/jobs.yaml")),
        ("two", Some("ledger/templates/jobs.yaml")),
        ("three", Some("ledger/charts/db/templates/role.yaml")),
        ("four", None),
    ]);
    assert_eq!(sources(CHART), expected);
    assert_eq!(sources(&CHART.replace('\n', "\r\n")), expected);
    assert_eq!(sources(CHART.strip_prefix("---\n").unwrap()), expected);
}

#[test]
fn findings_name_the_file_that_kustomize_names() {
    let expected = pairs(&[("one", Some("base/job.yaml")), ("two", None)]);
    assert_eq!(sources(KUSTOMIZED), expected);
}

#[test]
fn every_report_names_the_template() {
    let role = "ledger/charts/db/templates/role.yaml";
    for (format, named) in [
        ("human", format!("\n  note: rendered from {role}\n")),
        ("concise", format!(" (Role default/three, from {role})\n")),
        ("json", format!("\"source\": \"{role}\"")),
        ("sarif", format!("\\nrendered from {role}\"")),
        ("junit", format!("\nrendered from {role}</failure>")),
        ("github", format!("%0Arendered from {role}\n")),
        ("gitlab", format!("; rendered from {role}\"")),
    ] {
        let text = written(format, CHART);
        assert_eq!(text.matches(&named).count(), 1, "{format}: {text}");
        assert_eq!(text.matches("other/templates").count(), 0, "{format}: {text}");
    }
    let concise = written("concise", CHART);
    assert!(concise.ends_with(" (Job default/four)\n") || concise.ends_with(" (Job four)\n"), "{concise}");
}

#[test]
fn places_in_other_templates_name_them() {
    let role = |verb: &str, template: &str| {
        format!(
            "---\n# Source: a/templates/{template}.yaml\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n\
             metadata: {{name: r, namespace: n}}\nrules: [{{apiGroups: [''], resources: [pods], verbs: [{verb}]}}]\n\
             # 1\n# 2\n# 3\n# 4\n# 5\n# 6\n# 7\n# 8\n"
        )
    };
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("a.yaml"), role("get", "x") + &role("list", "y")).unwrap();
    let args = ["lint", "-o", "human", "--profile", "audit", "--select", "object-defined-twice", "a.yaml"];
    let text = crate::scratch::run(directory.path(), &args).out;
    assert!(text.contains("\n  note: rendered from a/templates/"), "{text}");
    assert!(text.contains(" (from a/templates/"), "{text}");
}

#[test]
fn names_of_templates_cannot_act() {
    let name = "a/templates/\u{202e}::error::%0A</failure>](x)\"&.yaml";
    let stdin = CHART.replace("ledger/templates/jobs.yaml", name);
    for format in ["human", "concise", "json", "sarif", "junit", "github", "gitlab"] {
        let text = written(format, &stdin);
        assert!(!text.contains('\u{202e}'), "{format}: {text}");
    }
    assert_eq!(sources(&stdin)[0].1.as_deref(), Some(name));
    assert!(!written("junit", &stdin).contains("%0A</failure>]"));
    assert!(written("github", &stdin).contains("::error::%250A"));
    assert!(!written("sarif", &stdin).contains(">](x)"));
}
