//! The configuration file, found and named, and what `--cluster` picks.

mod files;
mod in_force;
mod schema;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A Job with one finding, so that every file that is analysed shows itself.
const JOB: &str = r#"{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "pi"}, "spec": {"backoffLimit": 2, "template": {"spec": {"containers": [{"name": "pi", "image": "perl"}], "restartPolicy": "Always"}}}}"#;

const CLUSTERS: &str = "clusters:
  - name: prod
    paths: [clusters/prod, base/**]
  - name: staging
    paths: [clusters/staging, base/**, 'canary-*']
";

/// A repository of two clusters that share a base, with this configuration; each other file holds a Job.
fn repository(configuration: &str) -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::create_dir(directory.path().join(".git")).unwrap();
    for path in [
        "base/job.yaml",
        "clusters/prod/job.yaml",
        "clusters/staging/job.yaml",
        "docs/job.yaml",
        "teams/a/canary-job.yaml",
    ] {
        write(&directory, path, JOB);
    }
    write(&directory, "rolecall.yaml", configuration);
    directory
}

fn write(directory: &TempDir, path: &str, text: &str) {
    let path = directory.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What one run came to.
#[derive(Debug)]
struct Run {
    code: i32,
    /// The paths of the findings.
    found: Vec<String>,
    /// `path: reason`.
    skipped: Vec<String>,
    summary: Value,
    error: String,
}

fn run(directory: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    let output = command.args(["lint", "-o", "json"]).args(args).current_dir(directory).output().unwrap();
    let mut report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let skipped = list(&report["summary"]["skipped"]);
    Run {
        code: output.status.code().unwrap(),
        found: list(&report["findings"]).iter().map(|finding| text(&finding["location"]["path"])).collect(),
        skipped: skipped.iter().map(|one| format!("{}: {}", text(&one["path"]), text(&one["reason"]))).collect(),
        summary: report["summary"].take(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The run ends with this code and says exactly this.
fn expect_failure(directory: &Path, args: &[&str], code: i32, error: &str) {
    let run = run(directory, args);
    assert_eq!((run.code, run.error.as_str()), (code, error), "{args:?}");
    assert_eq!(run.summary, Value::Null, "{args:?}");
}

#[test]
fn a_cluster_is_its_own_files_and_those_it_shares() {
    let repository = repository(CLUSTERS);
    let prod = run(repository.path(), &["--cluster", "prod"]);
    assert_eq!(prod.found, ["base/job.yaml", "clusters/prod/job.yaml"]);
    let others = ["clusters/staging/job.yaml", "docs/job.yaml", "rolecall.yaml", "teams/a/canary-job.yaml"];
    assert_eq!(prod.skipped, others.map(|path| format!("{path}: other-cluster")));
    assert_eq!((&prod.summary["files"], &prod.summary["documents"]), (&2.into(), &2.into()));
    let staging = run(repository.path(), &["--cluster", "staging"]);
    assert_eq!(staging.found, ["base/job.yaml", "clusters/staging/job.yaml", "teams/a/canary-job.yaml"]);
    let all = run(repository.path(), &[]);
    assert_eq!((all.found.len(), &all.skipped[..]), (5, &["rolecall.yaml: own-file".to_owned()][..]));
}

#[test]
fn only_what_is_named_and_in_the_cluster_is_analysed() {
    let repository = repository(CLUSTERS);
    let named = run(repository.path(), &["--cluster", "prod", "./base/job.yaml", "-f", "docs"]);
    assert_eq!(named.found, ["./base/job.yaml"]);
    assert_eq!(named.skipped, ["docs/job.yaml: other-cluster"]);
    let inner = run(&repository.path().join("clusters"), &["--cluster", "prod", ".", "../base"]);
    assert_eq!(inner.found, ["../base/job.yaml", "prod/job.yaml"]);
}

#[test]
fn the_summary_counts_files_of_other_clusters() {
    let repository = repository(CLUSTERS);
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.args(["lint", "-o", "concise", "--cluster", "prod", "clusters"]);
    for (path, words) in [("base", "1 file of another cluster"), ("docs", "2 files of other clusters")] {
        let output = command.arg(path).current_dir(repository.path()).output().unwrap();
        let summary = String::from_utf8(output.stderr).unwrap();
        assert!(summary.contains(&format!("; skipped: {words})\n")), "{summary}");
    }
}

#[test]
fn patches_that_another_cluster_lists_stay_fragments() {
    let repository = repository(CLUSTERS);
    write(&repository, "clusters/staging/kustomization.yaml", "patches: [{path: ../../base/patch.yaml}]\n");
    write(&repository, "base/patch.yaml", JOB);
    let prod = run(repository.path(), &["--cluster", "prod", "base", "clusters/staging"]);
    assert_eq!(prod.found, ["base/job.yaml"]);
    let others = ["clusters/staging/job.yaml", "clusters/staging/kustomization.yaml"];
    let others = others.map(|path| format!("{path}: other-cluster"));
    assert_eq!(prod.skipped, [&["base/patch.yaml: fragment".to_owned()], &others[..]].concat());
}

#[test]
fn standard_input_is_of_every_cluster() {
    let repository = repository(CLUSTERS);
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.args(["lint", "-", "--cluster", "prod"]).current_dir(repository.path());
    let output = command.stdin(fs::File::open(repository.path().join("docs/job.yaml")).unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_cluster_without_any_of_the_inputs_is_no_input() {
    let repository = repository(CLUSTERS);
    expect_failure(
        repository.path(),
        &["--cluster", "prod", "docs", "clusters/staging/job.yaml"],
        3,
        "error: none of the input files belongs to the cluster `prod`\n  help: its paths are `clusters/prod`, `base/**`, relative to the configuration file\n",
    );
}

#[test]
fn an_unknown_cluster_ends_the_run() {
    let unknown = "error: there is no cluster `stagin`\n  help: ";
    let repository = repository(CLUSTERS);
    let named = format!("{unknown}`../rolecall.yaml` has `staging`, `prod`\n");
    expect_failure(&repository.path().join("base"), &["--cluster", "stagin"], 2, &named);
    fs::remove_file(repository.path().join("rolecall.yaml")).unwrap();
    let none =
        format!("{unknown}no configuration file was found: clusters stand in `rolecall.yaml`, under `clusters`\n");
    expect_failure(repository.path(), &["--cluster", "stagin"], 2, &none);
}

#[test]
fn a_mistake_in_the_configuration_ends_every_run_that_reads_inputs() {
    let repository = repository("# ours\nclustres: []\n");
    let mistake = |path: &str| format!("error: {path}:2:1: unknown key `clustres`\n  help: did you mean `clusters`?\n");
    expect_failure(repository.path(), &[], 2, &mistake("rolecall.yaml"));
    expect_failure(repository.path(), &["docs/missing.yaml"], 2, &mistake("rolecall.yaml"));
    expect_failure(&repository.path().join("teams/a"), &["canary-job.yaml"], 2, &mistake("../../rolecall.yaml"));
    let explain = Command::new(env!("CARGO_BIN_EXE_rolecall")).arg("rules").current_dir(repository.path()).output();
    assert!(explain.unwrap().status.success());
}

#[test]
fn the_nearest_configuration_up_to_the_root_of_the_repository_counts() {
    let outer = TempDir::new().unwrap();
    write(&outer, "rolecall.yaml", "unknown: 1\n");
    write(&outer, "repository/.git", "gitdir: elsewhere\n");
    write(&outer, "repository/a/b/job.yaml", JOB);
    let inner = outer.path().join("repository/a/b");
    assert_eq!(run(&inner, &[]).code, 1, "what lies outside of the repository is not read");
    write(&outer, "repository/.rolecall.yaml", "clusters: [{name: x, paths: [a]}]\n");
    assert_eq!(run(&inner, &["--cluster", "x"]).found, ["job.yaml"]);
    write(&outer, "repository/a/rolecall.yaml", "clusters: [{name: inner, paths: [b]}]\n");
    assert_eq!(run(&inner, &["--cluster", "inner"]).found, ["job.yaml"]);
    assert_eq!(run(&inner, &["--cluster", "x"]).code, 2);
    fs::remove_file(outer.path().join("repository/.git")).unwrap();
    assert_eq!(run(&inner, &["--cluster", "inner"]).code, 2, "without a repository only the working directory counts");
    assert_eq!(run(outer.path(), &[]).code, 2);
}

#[test]
fn a_configuration_can_be_named() {
    let repository = repository("unknown: 1\n");
    write(&repository, "ci/clusters.yaml", "clusters: [{name: x, paths: [../docs]}]\n");
    let named = ["--config", "ci/clusters.yaml"];
    assert_eq!(run(repository.path(), &[&named[..], &["--cluster", "x"]].concat()).found, ["docs/job.yaml"]);
    assert_eq!(run(repository.path(), &[&named[..], &["base"]].concat()).found, ["base/job.yaml"]);
    for (path, reason) in [("ci/missing.yaml", "no such file or directory"), ("ci", "is a directory")] {
        let error = format!("error: the configuration file `{path}` cannot be read: {reason}\n");
        expect_failure(repository.path(), &["--config", path], 2, &error);
    }
}

#[test]
fn what_is_not_clearly_the_configuration_is_not_read() {
    let repository = repository(CLUSTERS);
    write(&repository, ".rolecall.yaml", CLUSTERS);
    expect_failure(
        &repository.path().join("base"),
        &[],
        2,
        "error: `../rolecall.yaml` and `../.rolecall.yaml` stand side by side\n  help: keep one of them, or name one with `--config`\n",
    );
    assert_eq!(run(repository.path(), &["--config", ".rolecall.yaml"]).code, 1);
}

#[cfg(unix)]
#[test]
fn a_link_is_only_followed_when_it_is_named() {
    let repository = repository("");
    write(&repository, "ci/clusters.yaml", CLUSTERS);
    fs::remove_file(repository.path().join("rolecall.yaml")).unwrap();
    std::os::unix::fs::symlink("ci/clusters.yaml", repository.path().join("rolecall.yaml")).unwrap();
    expect_failure(
        repository.path(),
        &[],
        2,
        "error: `rolecall.yaml` is a link, which is only followed when named\n  help: name it with `--config rolecall.yaml`, or put the file itself there\n",
    );
    assert_eq!(run(repository.path(), &["--config", "rolecall.yaml", "--cluster", "prod"]).code, 1);
}

#[test]
fn rules_are_chosen_and_weighed_by_the_configuration_and_then_by_the_command_line() {
    let rules = |configuration: &str, args: &[&str]| {
        let repository = repository(configuration);
        let output = Command::new(env!("CARGO_BIN_EXE_rolecall"))
            .args(["lint", "-o", "concise", "docs"])
            .args(args)
            .current_dir(repository.path())
            .output()
            .unwrap();
        let found = String::from_utf8(output.stdout).unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), found + error.lines().next().unwrap_or_default())
    };
    let (code, told) = rules("severity: {job-restart-policy-always: info}\n", &[]);
    assert!(code == 0 && told.contains("info[job-restart-policy-always]"), "{told}");
    let (code, told) = rules("ignore: [invalid]\n", &[]);
    assert!(code == 0 && !told.contains("job-restart-policy-always"), "{told}");
    let (code, told) = rules("ignore: [invalid]\n", &["--select", "job-invalid-count,job-restart-policy-always"]);
    assert!(code == 1 && told.contains("error[job-restart-policy-always]"), "{told}");
    let (_, told) = rules("", &["--ignore", "all"]);
    assert!(told.starts_with("no findings") || !told.contains("restart-policy"), "{told}");
    let (code, told) = rules("ignore: [job-restart-polcy-always]\n", &[]);
    let message = "rolecall.yaml:1:10: there is no rule or category `job-restart-polcy-always`";
    assert!(code == 2 && told.contains(message), "{told}");
    let (code, told) = rules("profile: strict\n", &[]);
    assert!(code == 2 && told.contains("rolecall.yaml:1:10: there is no profile `strict`"), "{told}");
    let (code, told) = rules("", &["--select", "risks"]);
    assert!(code == 2 && told.contains("there is no rule or category `risks`"), "{told}");
}

#[test]
fn what_is_external_counts_as_found() {
    let found = |configuration: &str| {
        let repository = repository(configuration);
        let binding = "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: team}\n\
                       roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}\nsubjects:\n\
                       - {kind: ServiceAccount, name: scraper, namespace: team}\n---\n\
                       apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: scraper, namespace: monitoring}\n---\n\
                       apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: reader}\nrules: []\n";
        write(&repository, "rbac/binding.yaml", binding);
        let output = Command::new(env!("CARGO_BIN_EXE_rolecall"))
            .args(["lint", "-o", "json", "rbac"])
            .current_dir(repository.path())
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["binding-dangling-role", "subject-wrong-namespace"]);
    assert_eq!(found("external: {roles: [team/reader]}\n"), ["subject-wrong-namespace"]);
    assert_eq!(found("external: {serviceAccounts: ['*/scraper'], roles: [team/*]}\n"), [""; 0]);
}
