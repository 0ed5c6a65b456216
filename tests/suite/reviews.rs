//! `rolecall review`: what goes in and comes out, and what it exits with.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;
use rolecall::catalog::Version;
use rolecall::manifest::ReadSet;
use rolecall::query::{Access, Assumptions, review, submitted};
use rolecall::report::access;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tempfile::TempDir;

const MANIFESTS: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: prod}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: read, namespace: prod}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: jane}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: gone, namespace: prod}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deleter}
subjects: [{kind: User, name: jane}, {kind: User, name: john}]
";

/// A directory with manifests, and a review file that a test fills.
struct Cluster {
    directory: TempDir,
}

impl Cluster {
    fn new(manifests: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("manifests")).unwrap();
        fs::write(directory.path().join("manifests/rbac.yaml"), manifests).unwrap();
        Self { directory }
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
        command.args(["review", "-f", "manifests"]).args(arguments).current_dir(self.path());
        command
    }

    /// Answers the reviews in one text.
    fn review(&self, text: &str) -> Answer {
        fs::write(self.path().join("reviews"), text).unwrap();
        Answer::of(self.command(&["--reviews", "reviews"]).output().unwrap())
    }
}

struct Answer {
    lines: Vec<Value>,
    text: String,
    errors: String,
    exit: i32,
}

impl Answer {
    fn of(output: Output) -> Self {
        let text = String::from_utf8(output.stdout).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let errors = String::from_utf8(output.stderr).unwrap();
        Self { lines, text, errors, exit: output.status.code().unwrap() }
    }

    fn statuses(&self) -> Vec<&Value> {
        self.lines.iter().map(|line| &line["status"]).collect()
    }
}

/// A review: may this user do this with pods in `prod`?
fn pods(user: &str, verb: &str) -> Value {
    json!({"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": {
        "user": user, "resourceAttributes": {"namespace": "prod", "verb": verb, "resource": "pods"}}})
}

fn granted() -> Value {
    json!({"allowed": true, "reason": "RBAC: allowed by RoleBinding \"read/prod\" of Role \"reader\" to User \"jane\""})
}

fn missing() -> Value {
    json!({"allowed": false, "reason": "RBAC: role.rbac.authorization.k8s.io \"deleter\" not found"})
}

#[test]
fn the_same_reviews_get_the_same_answers_in_every_form() {
    let cluster = Cluster::new(MANIFESTS);
    let reviews = [pods("jane", "get"), pods("jane", "list"), pods("nobody", "get")];
    let expected = [granted(), missing(), json!({"allowed": false})];
    let list = |kind: &str, version: &str| json!({"kind": kind, "apiVersion": version, "items": reviews});
    let join =
        |separator: &str, write: fn(&Value) -> String| reviews.iter().map(write).collect::<Vec<_>>().join(separator);
    let yaml = |value: &Value| serde_json::to_string_pretty(value).unwrap().replace("\"spec\"", "spec");
    for (form, text) in [
        ("lines", join("\n", Value::to_string)),
        ("objects", join("\n", |value| serde_json::to_string_pretty(value).unwrap())),
        ("documents", join("\n---\n", yaml)),
        ("array on a line", json!(reviews).to_string()),
        ("array", serde_json::to_string_pretty(&json!(reviews)).unwrap()),
        ("array with an object a line", format!("[\n{}\n]\n", join(",\n", Value::to_string))),
        ("lines of arrays", format!("[{}]", join("]\n[", Value::to_string))),
        ("YAML array", format!("- {}", join("\n", yaml).replace('\n', "\n  ").replace("\n  {", "\n- {"))),
        ("lines with separators", join("\n---\n", Value::to_string)),
        ("lines with comments", format!("# first\n{}\n# last", join("\n# next\n", Value::to_string))),
        ("YAML before a line", format!("{}\n---\n{}\n---\n{}", yaml(&reviews[0]), reviews[1], yaml(&reviews[2]))),
        ("a line before YAML", format!("{}\n--- # c\n{}\n---\n{}", reviews[0], yaml(&reviews[1]), reviews[2])),
        ("List on a line", list("List", "v1").to_string()),
        ("List", serde_json::to_string_pretty(&list("List", "v1")).unwrap()),
        ("typed list", list("SubjectAccessReviewList", "authorization.k8s.io/v1").to_string()),
    ] {
        let answer = cluster.review(&text);
        assert_eq!(answer.exit, 0, "{form}: {}", answer.errors);
        assert_eq!(answer.statuses(), expected.iter().collect::<Vec<_>>(), "{form}");
        for (line, review) in answer.lines.iter().zip(&reviews) {
            assert_eq!(line["spec"], review["spec"], "{form}");
        }
    }
}

#[test]
fn the_object_comes_out_as_it_went_in_with_its_status_replaced() {
    let cluster = Cluster::new(MANIFESTS);
    let before =
        r#"{"status" : {"allowed": false}, "kind": "SubjectAccessReview", "apiVersion": "authorization.k8s.io/v1","#;
    let behind = r#""spec": {"nonResourceAttributes": {"verb": "get", "path": "/x"}, "user": "a", "unknown": 1e2}}"#;
    let answer = cluster.review(&format!("{before}\t{behind}\n"));
    let before = before.replace("{\"allowed\": false}", "{\"allowed\":false}");
    assert_eq!(answer.text, format!("{before} {behind}\n"));
}

#[test]
fn groups_are_those_that_are_given() {
    let cluster = Cluster::new(MANIFESTS);
    let mut review = pods("x", "create");
    review["spec"]["resourceAttributes"] =
        json!({"verb": "create", "group": "authorization.k8s.io", "resource": "selfsubjectaccessreviews"});
    assert_eq!(cluster.review(&review.to_string()).statuses(), [&json!({"allowed": false})]);
    review["spec"]["groups"] = json!(["system:authenticated"]);
    assert!(cluster.review(&review.to_string()).lines[0]["status"]["allowed"].as_bool().unwrap());
    review["spec"]["groups"] = json!(["system:masters"]);
    assert_eq!(cluster.review(&review.to_string()).statuses(), [&json!({"allowed": true})]);
}

#[test]
fn what_an_api_server_refuses_is_said_and_stops_nothing_else() {
    let cluster = Cluster::new(MANIFESTS);
    let local = |namespace: &str| {
        let mut review = pods("jane", "get");
        review["kind"] = json!("LocalSubjectAccessReview");
        review["metadata"] = json!({"namespace": namespace});
        review
    };
    let mut own = pods("jane", "get");
    own["kind"] = json!("SelfSubjectAccessReview");
    let mut nobody = pods("", "get");
    nobody["spec"]["groups"] = json!([]);
    let lines = [
        local("prod").to_string(),
        local("dev").to_string(),
        own.to_string(),
        nobody.to_string(),
        "{\"kind\": \"Pod\"".to_owned(),
        pods("jane", "get").to_string(),
    ];
    let answer = cluster.review(&lines.join("\n"));
    assert_eq!(answer.exit, 2);
    let statuses = answer.statuses();
    assert_eq!((statuses[0], statuses[5]), (&granted(), &granted()));
    for (status, expected) in statuses[1..5].iter().zip(["must match", "logged in", "user or group", "no JSON"]) {
        assert_eq!(status["allowed"], false);
        assert!(status["evaluationError"].as_str().unwrap().contains(expected), "{status}");
    }
    assert_eq!(answer.lines[4]["kind"], "SubjectAccessReview");
    assert!(answer.errors.starts_with("reviews:2: spec.resourceAttributes.namespace: must match"), "{}", answer.errors);
    assert!(answer.errors.contains("reviews:5: ") && answer.errors.contains("4 of 6 reviews"), "{}", answer.errors);
}

#[test]
fn a_grant_by_one_of_two_differing_definitions_is_none_yet() {
    let other = MANIFESTS.split("---").next().unwrap().replace("[get]", "[list]");
    let cluster = Cluster::new(&format!("{MANIFESTS}---\n{other}"));
    let answer = cluster.review(&pods("jane", "get").to_string());
    assert_eq!((answer.exit, &answer.lines[0]["status"]["allowed"]), (0, &json!(false)));
    let reason = answer.lines[0]["status"]["reason"].as_str().unwrap();
    assert!(reason.starts_with("depends on ") && reason.contains("RoleBinding \"read/prod\""), "{reason}");
}

#[test]
fn an_answer_says_what_it_could_not_read_as_every_other_command_does() {
    let refused = MANIFESTS.split("---").next().unwrap().replace("name: reader", "name: 'a/b'");
    for (manifests, place) in [
        (
            "kind: Role\napiVersion: rbac.authorization.k8s.io/v1\nrules: [\n",
            "manifests/rbac.yaml:3:8: did not find expected node",
        ),
        (&*refused, "manifests/rbac.yaml:3:18: the API server refuses it: "),
    ] {
        let cluster = Cluster::new(manifests);
        let kustomization = "kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nnamePrefix: x-\n";
        fs::write(cluster.path().join("manifests/kustomization.yaml"), kustomization).unwrap();
        let answer = cluster.review(&pods("jane", "get").to_string());
        assert_eq!(answer.exit, 0);
        let errors = answer.errors;
        assert!(
            errors.starts_with("note: 1 place could not be read or applied, where more may be granted:\n"),
            "{errors}"
        );
        assert!(errors.contains(&format!("\n  {place}")), "{place}: {errors}");
        assert!(errors.contains("\nnote: 1 kustomization renames what it lists: "), "{errors}");
    }
}

#[test]
fn what_is_no_object_is_answered_as_well() {
    let cluster = Cluster::new(MANIFESTS);
    let review = pods("jane", "get").to_string();
    for text in ["[3, REVIEW, [REVIEW], []]", "[\n3,\nREVIEW\n, \"x\", null]", "- 3\n- REVIEW\n- []\n- [a]\n"] {
        let answer = cluster.review(&text.replace("REVIEW", &review));
        let statuses = answer.statuses();
        assert_eq!((answer.exit, statuses.len(), statuses[1]), (2, 4, &granted()), "{text}: {}", answer.errors);
        for index in [0, 2, 3] {
            assert_eq!(statuses[index]["evaluationError"], "this is no object", "{text}");
        }
    }
}

#[test]
fn half_a_character_is_read_as_an_api_server_reads_it() {
    let cluster = Cluster::new(&MANIFESTS.replace("name: jane", "name: \u{fffd}"));
    let review = pods("jane", "get").to_string();
    let answer =
        cluster.review(&review.replace("jane", "\\udc00").replacen('{', "{\"\\ud800\":\"\\ud83d\\ude00\",", 1));
    assert_eq!(answer.statuses()[0]["allowed"], true, "{}", answer.text);
    assert!(answer.text.starts_with("{\"\\ufffd\":\"\\ud83d\\ude00\","), "{}", answer.text);
}

#[test]
fn garbage_costs_no_other_line_wherever_it_stands() {
    let cluster = Cluster::new(MANIFESTS);
    let review = pods("jane", "get").to_string();
    for (text, broken) in [
        ("oops\nREVIEW\nREVIEW\n", &[0][..]),
        ("REVIEW\noops\nREVIEW\n", &[1]),
        ("a\n: b\n[\nREVIEW\nREVIEW", &[0, 1, 2]),
        ("---\n# c\noops\nREVIEW\n---\nREVIEW\n--- # c", &[0]),
        ("{\"a\":\nREVIEW\n~ # \"List\"", &[0, 2]),
    ] {
        let answer = cluster.review(&text.replace("REVIEW", &review));
        let statuses = answer.statuses();
        assert_eq!((answer.exit, statuses.len()), (2, broken.len() + text.matches("REVIEW").count()), "{text}");
        for (index, status) in statuses.into_iter().enumerate() {
            assert_eq!(*status != granted(), broken.contains(&index), "{text}: {status}");
        }
    }
}

#[test]
fn the_place_of_an_error_is_named_once_and_those_left_out_are_counted() {
    let cluster = Cluster::new(MANIFESTS);
    let answer = cluster.review(&format!("{}\n  {{\"é\": [}}\n", pods("jane", "get")));
    let error = "this is no JSON: expected value at column 10";
    assert_eq!(answer.lines[1]["status"]["evaluationError"], error);
    assert!(answer.errors.starts_with(&format!("reviews:2: {error}\n")), "{}", answer.errors);
    assert!(!answer.errors.contains(" more"), "{}", answer.errors);
    let answer = cluster.review(&format!("{}{}", "oops\n".repeat(12), pods("jane", "get")));
    assert_eq!(answer.errors.matches("this is no object").count(), 10);
    assert!(answer.errors.contains("\nand 2 more\n"), "{}", answer.errors);
}

/// What texts with reviews are made of, and what breaks them.
const PARTS: [&str; 30] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\n",
    " ",
    "\t",
    "\r",
    "---",
    "#",
    "- ",
    "a",
    "0",
    "1e999",
    "null",
    "~",
    "\\",
    "\\ud800",
    "\u{feff}",
    "\u{85}é",
    "\"kind\":",
    "\"status\":",
    "\"List\"",
    "\"apiVersion\":\"v1\"",
    "\"items\":",
    "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\"}",
    "\"spec\":{\"user\":\"a\"}",
];

fn part() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        9 => proptest::sample::select(&PARTS[..]).prop_map(|part| part.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..3),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_in_every_line_that_comes_out_is_an_object_with_a_status(
        parts in proptest::collection::vec(part(), 0..24)
    ) {
        let assumptions = Assumptions { version: Version::NEWEST, default_policy: false };
        let access = Access::new(ReadSet::default(), Vec::new(), assumptions, "default");
        for submitted in submitted(&parts.concat()) {
            let line = access::review(&review(&access, submitted));
            let line = line.strip_suffix('\n').unwrap();
            prop_assert!(!line.contains('\n'));
            let object = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(line);
            prop_assert!(object.as_ref().is_ok_and(|object| object.contains_key("status")), "{line}: {object:?}");
            let status = object.unwrap().remove("status").unwrap();
            let status = serde_json::from_str::<Value>(status.get()).unwrap();
            prop_assert!(status["allowed"].is_boolean(), "{line}");
        }
    }
}

#[test]
fn files_are_read_in_the_order_in_which_they_are_named() {
    let cluster = Cluster::new(MANIFESTS);
    fs::write(cluster.path().join("b"), pods("b", "get").to_string()).unwrap();
    fs::write(cluster.path().join("a"), pods("a", "get").to_string()).unwrap();
    let mut child = cluster
        .command(&["--reviews", "b", "--reviews", "-", "--reviews", "a"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(pods("stdin", "get").to_string().as_bytes()).unwrap();
    let answer = Answer::of(child.wait_with_output().unwrap());
    let users: Vec<_> = answer.lines.iter().map(|line| line["spec"]["user"].as_str().unwrap()).collect();
    assert_eq!(users, ["b", "stdin", "a"]);
}

#[test]
fn there_must_be_something_to_read() {
    let cluster = Cluster::new(MANIFESTS);
    for (text, exit) in [
        ("", 3),
        ("[]\n", 3),
        ("[ ]", 3),
        ("[\n]", 3),
        ("\n# nothing\n---\n", 3),
        ("{\"kind\": \"List\", \"apiVersion\": \"v1\"}", 3),
    ] {
        let answer = cluster.review(text);
        assert_eq!((answer.exit, answer.text.as_str()), (exit, ""), "{text:?}: {}", answer.errors);
    }
    for arguments in
        [&["--reviews", "-", "-f", "-"][..], &["--reviews", "-", "--reviews", "-"], &["--reviews", "missing"], &[]]
    {
        assert_eq!(Answer::of(cluster.command(arguments).output().unwrap()).exit, 2, "{arguments:?}");
    }
}

#[test]
fn answers_are_the_same_on_any_number_of_threads() {
    let cluster = Cluster::new(MANIFESTS);
    let verbs = ["get", "list"];
    let reviews =
        (0..20_000).map(|number| pods(["jane", "john"][number / 2 % 2], verbs[number % 2]).to_string() + "\n");
    fs::write(cluster.path().join("reviews"), reviews.collect::<String>()).unwrap();
    let run = |threads: &str| {
        Answer::of(cluster.command(&["--reviews", "reviews"]).env("RAYON_NUM_THREADS", threads).output().unwrap())
    };
    let (one, four) = (run("1"), run("4"));
    assert_eq!(one.lines.len(), 20_000);
    assert!(one.text == four.text, "the answers differ");
    assert_eq!(one.statuses()[..4], [&granted(), &missing(), &missing(), &missing()]);
}
