//! The command line: what is compared, and what makes it fail.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{binding, named, role, rule};
use crate::scratch::{Run, run};

const DEPLOYER: &[&str] = &["sa/ci/deployer"];

fn prod(rules: &str) -> String {
    role("prod", "deploy", rules) + &binding("prod", "deploy", "Role/deploy", DEPLOYER)
}

fn states(old: &str, new: &str) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("old.yaml"), old).unwrap();
    fs::write(directory.path().join("new.yaml"), new).unwrap();
    directory
}

fn diff_in(directory: &Path, args: &[&str]) -> Run {
    run(directory, &[&["diff", "old.yaml", "new.yaml"], args].concat())
}

#[test]
fn two_states_are_compared_and_nothing_fails_by_itself() {
    let directory = states(&prod(&rule("get", "", "pods")), &prod(&rule("get, list", "", "pods")));
    let run = diff_in(directory.path(), &[]);
    let expected = "ServiceAccount ci/deployer\n  + list pods in namespace prod\n      RoleBinding prod/deploy → Role prod/deploy \
                    (new.yaml:10:12)\n\n1 gained of 1 subject (1 object changed)\n";
    assert_eq!((run.code, run.out.as_str()), (0, expected), "{}", run.error);
}

#[test]
fn usage_is_told() {
    let directory = states(&prod(&rule("get", "", "pods")), "");
    for args in [&["diff"][..], &["diff", "old.yaml"], &["diff", "old.yaml", "new.yaml", "old.yaml"]] {
        let run = run(directory.path(), args);
        assert!(run.code == 2 && run.error.contains("an old and a new state are needed"), "{}", run.error);
    }
    assert_eq!(diff_in(directory.path(), &["--fail-on", "gain"]).code, 2);
    assert_eq!(diff_in(directory.path(), &["-f", "x.yaml"]).code, 2);
    assert_eq!(run(directory.path(), &["diff", "old.yaml", "missing.yaml"]).code, 2);
}

#[test]
fn what_makes_it_fail_is_said() {
    let old = prod(&[rule("get", "", "pods"), named("get", "", "secrets", "db")].join(", "));
    let new =
        prod(&[rule("get, list", "", "pods"), rule("get", "", "secrets"), rule("create", "", "pods/exec")].join(", "));
    let directory = states(&old, &new);
    for (alarm, code) in [
        ("gained", 1),
        ("widened", 1),
        ("lost", 0),
        ("narrowed", 0),
        ("refused", 0),
        ("list pods", 1),
        ("get pods", 0),
        ("* pods", 1),
        ("list po", 1),
        ("get secrets", 1),
        ("get secrets/other", 1),
        ("get secrets/db", 0),
        ("create pods/exec", 1),
        ("get pods/exec", 0),
        ("create *", 1),
        ("delete *", 0),
        ("* *.apps", 0),
        ("get /healthz", 0),
    ] {
        let run = diff_in(directory.path(), &["--fail-on", alarm]);
        assert_eq!(run.code, code, "{alarm}\n{}", run.out);
        assert_eq!(run.error.contains(&format!("fails on `{alarm}`")), code == 1, "{}", run.error);
    }
    assert_eq!(diff_in(directory.path(), &["--fail-on", "lost", "--fail-on", "gained"]).code, 1);
}

#[test]
fn everything_covers_any_request() {
    let all = "{verbs: ['*'], apiGroups: ['*'], resources: ['*']}, {verbs: [get], nonResourceURLs: ['*']}";
    let new = role("", "r", all) + &binding("", "b", "ClusterRole/r", DEPLOYER);
    let directory = states("# nothing\n", &new);
    for alarm in
        ["get secrets", "create pods/exec", "* *", "impersonate users", "get /metrics", "approve widgets.example.com"]
    {
        assert_eq!(diff_in(directory.path(), &["--fail-on", alarm]).code, 1, "{alarm}");
    }
    assert_eq!(diff_in(directory.path(), &["--fail-on", "post /metrics"]).code, 0);
}

#[test]
fn words_that_mean_nothing_are_told() {
    let directory = states(&prod(&rule("get", "", "pods")), &prod(&rule("get", "", "pods")));
    let run = diff_in(directory.path(), &["--fail-on", "get secretz"]);
    assert!(run.code == 0 && run.error.contains("there is no resource type 'secretz'"), "{}", run.error);
}
