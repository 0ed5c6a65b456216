//! Which files are read by the configuration, and what holds in some of them only.

use std::fs;

use super::{JOB, expect_failure, repository, run, write};
use crate::scratch;

#[test]
fn what_is_included_is_read_where_no_path_is_named() {
    let repository = repository("include: [base, 'clusters/*/job.yaml', 'nowhere/*.yaml']\n");
    let all = ["base/job.yaml", "clusters/prod/job.yaml", "clusters/staging/job.yaml"];
    assert_eq!(run(repository.path(), &[]).found, all);
    let inner = run(&repository.path().join("docs"), &[]);
    assert_eq!(inner.found, all.map(|path| format!("../{path}")), "the whole repository, wherever one stands in it");
    assert_eq!(run(repository.path(), &["docs"]).found, ["docs/job.yaml"]);
    assert_eq!(run(repository.path(), &["-f", "teams"]).found, ["teams/a/canary-job.yaml"]);
    write(&repository, "ci/rolecall.yaml", "include: [., ../docs]\n");
    write(&repository, "ci/job.yaml", JOB);
    let named = run(repository.path(), &["--config", "ci/rolecall.yaml"]);
    assert_eq!(named.found, ["ci/job.yaml", "docs/job.yaml"]);
}

#[test]
fn what_is_included_is_read_by_every_command() {
    let repository = repository("include: [base]\n");
    let binding = |name: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {{name: {name}}}\n\
             roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}}\n\
             subjects: [{{kind: User, name: {name}, apiGroup: rbac.authorization.k8s.io}}]\n"
        )
    };
    write(&repository, "base/jane.yaml", &binding("jane"));
    write(&repository, "docs/joe.yaml", &binding("joe"));
    let can = |name| scratch::run(repository.path(), &["can-i", "get", "pods", "--as", name]).code;
    assert_eq!((can("jane"), can("joe")), (0, 1));
}

#[test]
fn kustomizations_beside_what_is_included_say_how_to_read_it() {
    let repository = repository("include: ['base/*.yml']\n");
    write(&repository, "base/kustomization.yaml", "patches: [{path: patch.yml}]\n");
    write(&repository, "base/patch.yml", JOB);
    write(&repository, "base/other.yml", JOB);
    let run = run(repository.path(), &[]);
    assert_eq!(
        (run.found, run.skipped),
        (vec!["base/other.yml".to_owned()], vec!["base/patch.yml: fragment".to_owned()])
    );
}

#[test]
fn an_include_without_files_ends_the_run() {
    let hint = "  help: `include` in `rolecall.yaml` says what is read where no path is named\n";
    let repository = repository("include: [depoly]\n");
    let error =
        "error: `depoly` does not exist\n  help: name files or directories that exist, or `-` for standard input\n";
    expect_failure(repository.path(), &[], 2, &format!("{error}{hint}"));
    write(&repository, "rolecall.yaml", "include: ['base/*.yml']\n");
    expect_failure(repository.path(), &[], 3, &format!("error: no .yaml, .yml or .json file is included\n{hint}"));
}

#[test]
fn what_is_excluded_is_left_out_relative_to_the_configuration() {
    let repository = repository("exclude: [staging, base/job.yaml, 'canary-*']\n");
    assert_eq!(run(repository.path(), &[]).found, ["clusters/prod/job.yaml", "docs/job.yaml"]);
    let inner = run(&repository.path().join("clusters"), &["..", "."]);
    assert_eq!(
        inner.found,
        ["prod/job.yaml", "../docs/job.yaml"].map(str::to_owned).iter().rev().cloned().collect::<Vec<_>>()
    );
    let named = run(&repository.path().join("base"), &["job.yaml"]);
    assert_eq!((named.found.len(), named.skipped), (0, vec!["job.yaml: excluded".to_owned()]));
    let outweighed = run(repository.path(), &["--exclude", "docs"]);
    let left = ["base/job.yaml", "clusters/prod/job.yaml", "clusters/staging/job.yaml", "teams/a/canary-job.yaml"];
    assert_eq!(outweighed.found, left);
    write(&repository, "rolecall.yaml", "exclude: ['**']\n");
    let run = scratch::run(repository.path(), &["lint"]);
    assert!(run.code == 3 && run.error.contains("`exclude` in the configuration leaves paths out"), "{}", run.error);
}

/// The findings of one run, as `path severity`.
fn told(configuration: &str, args: &[&str]) -> Vec<String> {
    let repository = repository(configuration);
    let output = scratch::run(repository.path(), &[&["lint", "-o", "concise"], args].concat());
    assert!(output.code < 2, "{}", output.error);
    let lines = output.out.lines().filter(|line| line.contains("[job-restart-policy-always]"));
    let words = lines.map(|line| {
        let (path, rest) = line.split_once(':').unwrap();
        format!("{path} {}", rest.split_once(": ").unwrap().1.split('[').next().unwrap())
    });
    words.collect()
}

#[test]
fn settings_for_paths_hold_for_findings_in_them() {
    let base = ["base/job.yaml error", "clusters/prod/job.yaml error", "clusters/staging/job.yaml error"];
    let rest = ["docs/job.yaml error", "teams/a/canary-job.yaml error"];
    assert_eq!(told("", &[]), [&base[..], &rest].concat());
    assert_eq!(told("paths: [{paths: [clusters, base/**], ignore: [invalid]}]\n", &[]), rest);
    let weighed = told("paths: [{paths: [docs], severity: {job-restart-policy-always: info}}]\n", &[]);
    assert_eq!(weighed, [&base[..], &["docs/job.yaml info", rest[1]]].concat());
    let selected = "ignore: [job-restart-policy-always]\npaths: [{paths: [docs], select: [invalid]}]\n";
    assert_eq!(told(selected, &[]), ["docs/job.yaml error"], "however narrow what is said elsewhere is");
    assert_eq!(told(selected, &["--ignore", "invalid"]), [""; 0], "the command line outweighs all");
    assert_eq!(told(selected, &["--select", "all"]).len(), 5);
}

#[test]
fn later_settings_for_paths_outweigh_earlier_ones() {
    let text = "paths:
- {paths: [clusters], ignore: [job-restart-policy-always], severity: {job-restart-policy-always: info}}
- {paths: [clusters/prod], select: [all]}
- {paths: ['*-job.yaml', docs], ignore: [all]}
- {paths: [docs], select: [invalid], severity: {job-restart-policy-always: warning}}
";
    assert_eq!(told(text, &[]), ["base/job.yaml error", "clusters/prod/job.yaml info", "docs/job.yaml warning"]);
}

#[test]
fn settings_for_paths_hold_for_rules_that_look_at_all_manifests() {
    let repository =
        repository("paths: [{paths: [examples/**], ignore: [risk]}, {paths: [ops], select: [role-unused]}]\n");
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: NAME}\n\
                rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]\n---\n\
                apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: NAME}\n\
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: NAME}\n\
                subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]\n---\n\
                apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: NAME-unused}\n\
                rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]\n";
    for path in ["examples", "ops"] {
        write(&repository, &format!("{path}/role.yaml"), &role.replace("NAME", path));
    }
    let output = scratch::run(repository.path(), &["lint", "-o", "concise", "examples", "ops"]);
    let found: Vec<_> = output.out.lines().map(|line| line.split(']').next().unwrap()).collect();
    assert_eq!(
        found,
        ["ops/role.yaml:4:40: warning[role-grants-everything", "ops/role.yaml:14:18: info[role-unused"],
        "{}",
        output.out
    );
}

#[test]
fn standard_input_is_under_no_path() {
    let repository = repository("paths: [{paths: ['**', .], ignore: [all]}]\n");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.args(["lint", "-"]).current_dir(repository.path());
    let output = command.stdin(fs::File::open(repository.path().join("docs/job.yaml")).unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(run(repository.path(), &[]).found, [""; 0]);
}

#[test]
fn groups_that_are_external_are_known() {
    let subject = |kind: &str, name: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: b, namespace: monitoring}}\n\
             roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}}\n\
             subjects: [{{kind: {kind}, name: {name}, apiGroup: rbac.authorization.k8s.io}}]\n"
        )
    };
    let found = |configuration: &str, text: &str| {
        let repository = repository(configuration);
        write(&repository, "rbac/binding.yaml", text);
        let args = ["lint", "rbac", "-o", "concise", "--profile", "pedantic", "--ignore", "risk,hygiene"];
        let output = scratch::run(repository.path(), &args);
        output.out.lines().map(|line| line.split(['[', ']']).nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let groups = "external: {groups: ['oidc:*', 'system:serviceaccounts:monitring']}\n";
    assert_eq!(found(groups, &subject("User", "'oidc:team/ops'")), ["subject-wrong-kind"]);
    assert_eq!(found("", &subject("User", "'oidc:team/ops'")), [""; 0]);
    assert_eq!(found(groups, &subject("Group", "'oidc:team/ops'")), [""; 0]);
    let misspelt = subject("Group", "'system:serviceaccounts:monitring'");
    assert_eq!(found("", &misspelt), ["subject-misspelt-namespace"]);
    assert_eq!(found(groups, &misspelt), [""; 0]);
}
