//! `rolecall test`: files of claims about access, run against manifests.

mod claims;
mod format;
mod outputs;
mod schema;
mod subjects;
mod words;

use std::fs;

use tempfile::TempDir;

use crate::scratch::{Run, run};

/// A ServiceAccount `ci/deployer` that may patch Deployments of `prod`, read one Secret there, and watch Nodes; a Group
/// `ops` that may read Secrets of `prod`; and a Role whose definitions differ, for a User `jane`.
const MANIFESTS: &str = "apiVersion: v1
kind: ServiceAccount
metadata: {name: deployer, namespace: ci}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: prod}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer, namespace: prod}
rules:
- {apiGroups: [apps], resources: [deployments], verbs: [get, patch]}
- {apiGroups: [''], resources: [secrets], resourceNames: [registry], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deployer, namespace: prod}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer}
subjects: [{kind: ServiceAccount, name: deployer, namespace: ci}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: nodes}
rules:
- {apiGroups: [''], resources: [nodes], verbs: [watch]}
- {nonResourceURLs: [/metrics], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: nodes}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: nodes}
subjects: [{kind: ServiceAccount, name: deployer, namespace: ci}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: secrets, namespace: prod}
rules: [{apiGroups: [''], resources: [secrets], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: secrets, namespace: prod}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: secrets}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: ops}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: differs, namespace: prod}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: differs, namespace: prod}
rules: [{apiGroups: [''], resources: [pods], verbs: [get, delete]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: differs, namespace: prod}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: differs}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
";

/// A directory with these manifests and these tests.
fn directory(manifests: &str, tests: &str) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("manifests.yaml"), manifests).unwrap();
    fs::write(directory.path().join("access-test.yaml"), tests).unwrap();
    directory
}

/// Runs tests against the manifests above.
fn tested(tests: &str) -> Run {
    run(directory(MANIFESTS, tests).path(), &["test", "-f", "manifests.yaml"])
}

/// Runs one test of this content, which is a flow mapping without its name.
fn one(test: &str) -> Run {
    tested(&format!("tests:\n- {{name: t, {test}}}\n"))
}

/// Each test passes without a note.
fn pass(tests: &[&str]) {
    for test in tests {
        let run = one(test);
        assert_eq!((run.code, run.error.as_str()), (0, ""), "{test}\n{}", run.out);
        assert_eq!(run.out, "access-test.yaml\n  ok      t\n\n1 passed (against 11 objects in 1 file)\n", "{test}");
    }
}

/// Each test fails, and says all this.
fn fail(tests: &[(&str, &[&str])]) {
    for (test, said) in tests {
        let run = one(test);
        assert_eq!((run.code, run.error.as_str()), (1, ""), "{test}\n{}", run.out);
        for said in *said {
            assert!(run.out.contains(said), "{test} says no `{said}`:\n{}", run.out);
        }
    }
}
