//! What a kustomization still fills in is not missing.

use std::fs;

use rolecall::lint::{self, Settings};
use rolecall::manifest::Options;
use tempfile::TempDir;

use crate::scratch;

const BINDING: &str = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\n\
                       roleRef: {kind: ClusterRole, name: view}\nsubjects:\n  - {kind: ServiceAccount, name: a}\n";

/// What lint finds in a directory with these files, by path.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let directory = TempDir::new().unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let report =
        lint::lint(&scratch::files_under(directory.path()), &Options::default(), &Settings::default()).unwrap();
    let path = |span| report.read_set.sources.locate(span).path.rsplit('/').next().unwrap().to_owned();
    report.findings.iter().map(|finding| format!("{} {}", path(finding.span), finding.rule)).collect()
}

#[test]
fn a_namespace_that_a_kustomization_sets_is_not_missing() {
    let missing = ["binding.yaml subject-missing-namespace"];
    let base = ("base/kustomization.yaml", "resources: [binding.yaml]\n");
    assert_eq!(found(&[("base/binding.yaml", BINDING)]), missing);
    assert_eq!(found(&[("base/binding.yaml", BINDING), base]), missing);
    let itself = ("base/kustomization.yaml", "namespace: team\nresources: [./binding.yaml]\n");
    assert_eq!(found(&[("base/binding.yaml", BINDING), itself]), [""; 0]);
    let overlay = ("overlays/prod/kustomization.yaml", "namespace: team\nresources: [../../middle]\n");
    let middle = ("middle/kustomization.yaml", "bases: [../base]\n");
    assert_eq!(found(&[("base/binding.yaml", BINDING), base, middle, overlay]), [""; 0]);
}

#[test]
fn a_kustomization_says_nothing_of_files_that_it_does_not_list() {
    let other = ("base/kustomization.yaml", "namespace: team\nresources: [other.yaml]\n");
    assert_eq!(found(&[("base/binding.yaml", BINDING), other]), ["binding.yaml subject-missing-namespace"]);
    let circle = ("base/kustomization.yaml", "namespace: team\nresources: [../base, binding.yaml]\n");
    assert_eq!(found(&[("base/binding.yaml", BINDING), circle]), [""; 0]);
}
