//! Mistakes that people make in Jobs, roles and bindings: what is said about them, what to do, and where it points.

mod access;
mod failures;
mod jobs;
mod metadata;
mod pods;

use std::iter;

use rolecall::diagnostic::Category;
use rolecall::lint::{self, Settings};
use rolecall::manifest::Options;

use crate::scratch;

const JOB: &str = r"
apiVersion: batch/v1
kind: Job
metadata: {name: reindex, namespace: search}
spec:
  backoffLimit: 2
  template:
    metadata: {annotations: {}}
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox}]
";

const INDEXED: &str = r"
apiVersion: batch/v1
kind: Job
metadata: {name: reindex, labels: {app: search}}
spec:
  completionMode: Indexed
  completions: 100
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox}]
";

const ROLE: &str = r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: search}
rules:
  - apiGroups: ['']
    resources: [pods]
    verbs: [get]
";

const AGGREGATED: &str = r"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: readers}
aggregationRule:
  clusterRoleSelectors:
    - matchLabels: {example.com/reader: 'true'}
rules: []
";

/// One finding, as far as it is looked at here: its message from the beginning, its help, and the text of its place.
#[derive(Debug)]
struct Said {
    rule: &'static str,
    message: String,
    help: String,
    place: String,
}

/// What is invalid in an object.
fn said(object: &str) -> Vec<Said> {
    let (_directory, inputs) = scratch::file("object.yaml", object.as_bytes());
    let report = lint::lint(&inputs, &Options::default(), &Settings::default()).unwrap();
    let findings = report.findings.into_iter().filter(|finding| finding.category == Category::Invalid);
    let said = |finding: rolecall::diagnostic::Finding| Said {
        rule: finding.rule,
        message: finding.message,
        help: finding.help.unwrap_or_default(),
        place: object[finding.span.range()].to_owned(),
    };
    findings.map(said).collect()
}

/// An object with one text in it replaced.
fn with(object: &str, from: &str, to: &str) -> String {
    assert_eq!(object.matches(from).count(), 1, "`{from}` in\n{object}");
    object.replace(from, to)
}

/// A mistake: what stands there instead of what; the beginning of the message, the help, and the place.
type Mistake<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

/// Each mistake is reported by this rule, first with these words, and by no other rule.
fn check(rule: &str, object: &str, mistakes: &[Mistake<'_>]) {
    assert!(said(object).is_empty(), "{object}");
    for &(from, to, message, help, place) in mistakes {
        let said = said(&with(object, from, to));
        let first = said.first().unwrap_or_else(|| panic!("`{to}` is no mistake"));
        assert!(first.message.starts_with(message), "`{to}`: {said:#?}");
        assert_eq!((first.help.as_str(), first.place.as_str()), (help, place), "`{to}`");
        assert!(said.iter().all(|said| said.rule == rule), "`{to}`: {said:#?}");
    }
}

/// The name that a help says would do.
fn advised(help: &str) -> Option<&str> {
    help.strip_prefix('`')?.split_once("` would do").map(|(name, _)| name)
}

#[test]
fn what_would_do_does() {
    let texts = [
        "My_Job",
        "nightlyReport",
        "my job",
        " x ",
        "-x-",
        "a..b",
        "a_b.c",
        ".a",
        "a.-b",
        "X",
        "a@b.c",
        "HTTPServer",
        "a b/c d",
        "/x",
        "x/y/z",
        "A_b/c",
        "v1.2:3",
        "a  b",
        "__x",
        "x.",
        "a/_b",
    ];
    let places = [
        (JOB, "{name: reindex, ", "{name: NAME, "),
        (JOB, "{name: reindex, ", "{generateName: NAME, "),
        (JOB, "namespace: search", "namespace: NAME"),
        (INDEXED, "{name: reindex, ", "{name: NAME, "),
        (INDEXED, "{name: reindex, ", "{generateName: NAME, "),
        (INDEXED, "app: search", "app: NAME"),
        (INDEXED, "app: search", "? NAME\n   : x"),
        (INDEXED, "labels: {app: search}", "annotations: {? NAME\n   : x}"),
        (JOB, "annotations: {}", "labels: {app: NAME}"),
        (AGGREGATED, "'true'", "NAME"),
    ];
    let mut count = 0;
    for (object, from, place) in places {
        let object_with = |name: &str| with(object, from, &place.replace("NAME", &format!("\"{name}\"")));
        for text in texts {
            let names = better_names(text, &object_with);
            let Some(name) = names.last() else { continue };
            let still = said(&object_with(name));
            assert!(still.is_empty(), "`{name}` instead of `{text}` in `{place}`: {still:#?}");
            count += names.len();
        }
    }
    assert!(count > 100, "{count}");
}

/// The names that come out where the advice is followed, one after the other: one that would do for the object may not
/// do for its pods, which is said too.
fn better_names(text: &str, object_with: &dyn Fn(&str) -> String) -> Vec<String> {
    let better = |name: &str| said(&object_with(name)).iter().find_map(|said| advised(&said.help)).map(str::to_owned);
    iter::successors(better(text), |name| better(name)).take(2).collect()
}
