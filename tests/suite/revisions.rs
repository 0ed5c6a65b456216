//! What is told of a change alone: findings that are new since a revision or a baseline, files with the rest of the tree as
//! their context, and what refers to something that was deleted.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::scratch::{Run, run};

/// A repository with these files in its first commit.
pub(crate) fn repository(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    git(directory.path(), &["init", "-q", "-b", "main"]);
    for (path, text) in files {
        write(directory.path(), path, text);
    }
    commit(directory.path());
    directory
}

pub(crate) fn write(directory: &Path, path: &str, text: &str) {
    let path = directory.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub(crate) fn commit(directory: &Path) {
    git(directory, &["add", "-A"]);
    git(directory, &["commit", "-q", "-m", "change"]);
}

pub(crate) fn git(directory: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").args(identity).args(args).current_dir(directory).status().unwrap();
    assert!(status.success(), "git {args:?}");
}

/// A Job that retries as often as it does by default, which is a finding.
fn job(name: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: {name}, namespace: shop}}\nspec:\n  template:\n    spec:\n      \
         restartPolicy: Never\n      containers: [{{name: a, image: b}}]\n"
    )
}

const ACCOUNT: &str = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n";
const DEPLOYMENT: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: \
                          {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      \
                          serviceAccountName: web\n      containers: [{name: a, image: b}]\n";

fn lint(directory: &TempDir, args: &[&str]) -> Run {
    let args: Vec<_> = ["lint", "-o", "concise"].iter().chain(args).copied().collect();
    run(directory.path(), &args)
}

/// The paths of the findings, in order.
fn paths(run: &Run) -> Vec<&str> {
    run.out.lines().map(|line| line.split(':').next().unwrap()).collect()
}

#[test]
fn only_findings_that_a_revision_has_not_are_told() {
    let repository = repository(&[("old.yaml", &job("old"))]);
    assert_eq!(paths(&lint(&repository, &["--new-from", "HEAD"])), [""; 0]);
    write(repository.path(), "old.yaml", &format!("# Moved down a line.\n{}", job("old")));
    write(repository.path(), "new.yaml", &job("new"));
    let run = lint(&repository, &["--new-from", "HEAD"]);
    assert_eq!((run.code, paths(&run)), (1, vec!["new.yaml"]));
    assert!(run.error.contains("1 warning, 1 known before in 2 files"), "{}", run.error);
    // What is renamed is known all the same.
    fs::rename(repository.path().join("old.yaml"), repository.path().join("renamed.yaml")).unwrap();
    fs::remove_file(repository.path().join("new.yaml")).unwrap();
    assert_eq!(lint(&repository, &["--new-from", "HEAD"]).code, 0);
}

#[test]
fn a_branch_is_compared_with_where_it_has_parted() {
    let repository = repository(&[("old.yaml", &job("old"))]);
    git(repository.path(), &["checkout", "-q", "-b", "feature"]);
    write(repository.path(), "feature.yaml", &job("feature"));
    commit(repository.path());
    git(repository.path(), &["checkout", "-q", "main"]);
    fs::remove_file(repository.path().join("old.yaml")).unwrap();
    commit(repository.path());
    git(repository.path(), &["checkout", "-q", "feature"]);
    assert_eq!(paths(&lint(&repository, &["--new-from", "main"])), ["feature.yaml"], "old.yaml was not added here");
    write(repository.path(), "below/x.yaml", &job("x"));
    let run = run(&repository.path().join("below"), &["lint", "-o", "concise", "--new-from", "main", ".."]);
    assert_eq!(paths(&run), ["../below/x.yaml", "../feature.yaml"], "paths are those of the working directory");
}

#[test]
fn a_revision_that_is_not_there_is_a_mistake() {
    let repository = repository(&[("old.yaml", &job("old"))]);
    let run = lint(&repository, &["--new-from", "no-such-branch"]);
    assert_eq!(run.code, 2);
    assert!(run.error.contains("`no-such-branch` is no revision of the repository"), "{}", run.error);
    let elsewhere = tempfile::tempdir().unwrap();
    write(elsewhere.path(), "old.yaml", &job("old"));
    let run = lint(&elsewhere, &["--new-from", "HEAD"]);
    assert_eq!(run.code, 2);
    assert!(run.error.contains("is in no git repository"), "{}", run.error);
}

#[test]
fn findings_are_of_the_files_and_references_of_the_context() {
    let repository = repository(&[("a.yaml", &job("a")), ("b.yaml", &job("b")), ("web/web.yaml", DEPLOYMENT)]);
    assert_eq!(paths(&lint(&repository, &["b.yaml", "--context", "."])), ["b.yaml"]);
    let missing = ["--select", "workload-missing-service-account"];
    let run = lint(&repository, &[&["web/web.yaml", "--context", "."], &missing[..]].concat());
    assert!(run.out.contains("workload-missing-service-account"), "{}", run.out);
    write(repository.path(), "accounts/web.yaml", ACCOUNT);
    let run = lint(&repository, &[&["web/web.yaml", "--context", "."], &missing[..]].concat());
    assert_eq!(paths(&run), [""; 0], "the context has it");
}

#[test]
fn a_context_may_be_empty_where_nothing_is_named() {
    let repository = repository(&[("sa.yaml", ACCOUNT)]);
    fs::remove_file(repository.path().join("sa.yaml")).unwrap();
    let run = lint(&repository, &["--context", "."]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.error);
    assert_eq!(lint(&repository, &[".", "--context", "."]).code, 3);
    assert_eq!(lint(&repository, &["--context", "missing"]).code, 2);
}

#[test]
fn what_refers_to_something_deleted_is_told_wherever_it_is() {
    let repository = repository(&[("a.yaml", &job("a")), ("sa.yaml", ACCOUNT), ("web.yaml", DEPLOYMENT)]);
    assert_eq!(paths(&lint(&repository, &["--context", "."])), [""; 0], "nothing was deleted");
    fs::remove_file(repository.path().join("sa.yaml")).unwrap();
    for files in [&[][..], &["a.yaml"]] {
        let run = lint(&repository, &[files, &["--context", "."]].concat());
        let deleted = "web.yaml:9:27: warning[object-refers-to-deleted]: ServiceAccount `shop/web` was deleted";
        assert!(run.code == 1 && run.out.contains(deleted), "{}", run.out);
        assert_eq!(run.out.contains("a.yaml:"), !files.is_empty());
    }
    // It has only moved to another file.
    write(repository.path(), "accounts.yaml", ACCOUNT);
    assert_eq!(paths(&lint(&repository, &["--context", "."])), [""; 0]);
}

#[test]
fn a_baseline_holds_what_is_known() {
    let repository = repository(&[("a.yaml", &job("a")), ("b.yaml", &job("b"))]);
    let written = lint(&repository, &["--baseline", "known.txt", "--write-baseline"]);
    assert_eq!((written.code, paths(&written).len()), (0, 0));
    write(repository.path(), "c.yaml", &job("c"));
    let run = lint(&repository, &["--baseline", "known.txt"]);
    assert_eq!((run.code, paths(&run)), (1, vec!["c.yaml"]));
    fs::remove_file(repository.path().join("b.yaml")).unwrap();
    let run = lint(&repository, &["--baseline", "known.txt"]);
    let stale = "known.txt: `job-missing-backoff-limit` in b.yaml is not found any more";
    assert!(run.error.contains(stale), "{}", run.error);
    let (mut again, mut first) = (String::new(), String::new());
    for text in [&mut first, &mut again] {
        lint(&repository, &["--baseline", "known.txt", "--write-baseline"]);
        *text = fs::read_to_string(repository.path().join("known.txt")).unwrap();
    }
    assert!(first == again && !first.contains("b.yaml"), "{first}");
}

#[test]
fn a_baseline_that_is_none_is_a_mistake() {
    let repository = repository(&[("a.yaml", &job("a"))]);
    for (text, said) in [("{", "it is no baseline"), ("{\"version\": 9, \"findings\": []}", "it is of version 9")] {
        write(repository.path(), "known.txt", text);
        let run = lint(&repository, &["--baseline", "known.txt"]);
        assert!(run.code == 2 && run.error.contains(said), "{}", run.error);
    }
    assert_eq!(lint(&repository, &["--baseline", "missing.txt"]).code, 2);
    assert_eq!(lint(&repository, &["--write-baseline"]).code, 2, "which file?");
}
