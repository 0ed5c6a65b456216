//! States of a git repository.

use std::fs;

use super::{binding, role, rule};
use crate::revisions::{commit, git, repository, write};
use crate::scratch::run;

fn prod(rules: &str) -> String {
    role("prod", "deploy", rules) + &binding("prod", "deploy", "Role/deploy", &["user/ann"])
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| line.starts_with(['+', '-', '~'])).collect()
}

#[test]
fn revisions_are_compared_with_the_work_tree_and_with_each_other() {
    let repository = repository(&[("rbac.yaml", &prod(&rule("get", "", "pods")))]);
    let directory = repository.path();
    let told = |args: &[&str]| {
        let run = run(directory, &[&["diff"], args].concat());
        assert_eq!(run.code, 0, "{}", run.error);
        lines(&run.out).join("\n")
    };
    write(directory, "rbac.yaml", &prod(&rule("get, list", "", "pods")));
    let tree = fs::read_to_string(directory.join("rbac.yaml")).unwrap();
    assert_eq!(told(&["--git", "HEAD"]), "+ list pods in namespace prod");
    commit(directory);
    assert_eq!(told(&["--git", "HEAD"]), "");
    assert_eq!(told(&["--git", "HEAD~1..HEAD"]), "+ list pods in namespace prod");
    assert_eq!(told(&["--git", "HEAD~1.."]), "+ list pods in namespace prod");
    assert_eq!(told(&["--git", "HEAD..HEAD~1"]), "- list pods in namespace prod");
    assert_eq!(fs::read_to_string(directory.join("rbac.yaml")).unwrap(), tree);
    // A branch that has parted is compared from where it has.
    git(directory, &["checkout", "-q", "-b", "feature", "HEAD~1"]);
    write(directory, "other.yaml", &prod(&rule("get", "", "secrets")).replace("deploy", "other"));
    commit(directory);
    assert_eq!(told(&["--git", "main...feature"]), "+ get secrets in namespace prod");
    assert_eq!(told(&["--git", "main..feature"]), "+ get secrets in namespace prod\n- list pods in namespace prod");
}

#[test]
fn files_may_move_and_go() {
    let repository = repository(&[("a/rbac.yaml", &prod(&rule("get", "", "pods"))), ("b.yaml", "# nothing\n")]);
    let directory = repository.path();
    fs::rename(directory.join("a"), directory.join("c")).unwrap();
    let moved = run(directory, &["diff", "--git", "HEAD"]);
    assert!(moved.code == 0 && moved.out.starts_with("no change of access"), "{}", moved.out);
    for args in [&["diff", "--git", "HEAD", "a"][..], &["diff", "--git", "HEAD", "a", "b.yaml"]] {
        let gone = run(directory, args);
        assert_eq!((gone.code, lines(&gone.out)), (0, vec!["- get pods in namespace prod"]), "{}", gone.error);
        assert!(gone.out.contains("a/rbac.yaml:10:12"), "{}", gone.out);
    }
    fs::remove_dir_all(directory.join("c")).unwrap();
    fs::remove_file(directory.join("b.yaml")).unwrap();
    assert_eq!(lines(&run(directory, &["diff", "--git", "HEAD"]).out), ["- get pods in namespace prod"]);
    assert_eq!(run(directory, &["diff", "--git", "HEAD", "missing.yaml"]).code, 2);
}

#[test]
fn the_configuration_says_what_is_read_on_both_sides() {
    let config = "include: [deploy]\n";
    let files = [
        ("rolecall.yaml", config),
        ("deploy/a.yaml", &prod(&rule("get", "", "pods"))),
        ("other/b.yaml", "# nothing\n"),
    ];
    let repository = repository(&files);
    write(repository.path(), "other/b.yaml", &prod(&rule("get", "", "secrets")).replace("deploy", "other"));
    let told = run(repository.path(), &["diff", "--git", "HEAD"]);
    assert!(told.out.starts_with("no change of access"), "{}", told.out);
    write(repository.path(), "deploy/a.yaml", &prod(&rule("get, list", "", "pods")));
    assert_eq!(lines(&run(repository.path(), &["diff", "--git", "HEAD"]).out), ["+ list pods in namespace prod"]);
}

#[test]
fn a_revision_that_is_not_there_is_a_mistake() {
    let repository = repository(&[("a.yaml", &prod(&rule("get", "", "pods")))]);
    for range in ["missing", "HEAD..missing", "missing...HEAD"] {
        let run = run(repository.path(), &["diff", "--git", range]);
        assert!(run.code == 2 && run.error.contains("`missing` is no revision"), "{range}: {}", run.error);
    }
}

#[test]
fn tracked_files_count_on_both_sides_although_they_are_ignored() {
    let repository = repository(&[("rbac.yaml", &prod(&rule("get", "", "pods")))]);
    let directory = repository.path();
    write(directory, ".gitignore", "hidden.yaml\nrbac.yaml\nbuilt/\n");
    write(directory, "built/more.yaml", &prod(&rule("get", "", "secrets")).replace("deploy", "built"));
    let told = |args: &[&str]| {
        let run = run(directory, &[&["diff", "--git", "HEAD"], args].concat());
        assert_eq!(run.code, 0, "{}", run.error);
        lines(&run.out).join("\n")
    };
    assert_eq!(told(&[]), "");
    assert_eq!(told(&["."]), "");
    write(directory, "rbac.yaml", &prod(&rule("get, list", "", "pods")));
    assert_eq!(told(&[]), "+ list pods in namespace prod");
    // What is added although it is ignored is tracked from then on.
    write(directory, "hidden.yaml", &prod(&rule("get", "", "configmaps")).replace("deploy", "hidden"));
    assert_eq!(told(&[]), "+ list pods in namespace prod");
    git(directory, &["add", "-f", "hidden.yaml"]);
    assert_eq!(told(&[]), "+ get configmaps in namespace prod\n+ list pods in namespace prod");
    assert_eq!(told(&["--exclude", "hidden.yaml"]), "+ list pods in namespace prod");
    fs::remove_file(directory.join("rbac.yaml")).unwrap();
    assert_eq!(told(&["--exclude", "hidden.yaml"]), "- get pods in namespace prod");
}
