//! What is kept on the way: roles that are written for somebody else, and what two identities hold of one technique.

use super::{Grant, START, granted, leads, leads_nowhere, way};

const RBAC: &str = "rbac.authorization.k8s.io";

/// A ServiceAccount in whose pod one may be, bound to a role by a binding of the whole cluster.
fn other(role: &str) -> String {
    format!(
        "
---
apiVersion: v1
kind: ServiceAccount
metadata: {{name: other, namespace: app}}
---
apiVersion: v1
kind: Pod
metadata: {{name: other, namespace: app}}
spec:
  serviceAccountName: other
  containers: [{{name: c, image: i}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: plain}}
rules: [{{verbs: [get], apiGroups: [''], resources: [configmaps]}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {{name: other}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {role}}}
subjects: [{{kind: ServiceAccount, name: other, namespace: app}}]
"
    )
}

const EXEC: Grant = Grant("app", &[("create", "", "pods/exec", "")]);

#[test]
fn a_role_is_rewritten_for_somebody_whom_one_becomes() {
    let steps = [
        "certain",
        "1. rewrites ClusterRole plain, to which somebody else is bound",
        "2. ServiceAccount app/start runs code in a pod of ServiceAccount app/other",
        "ServiceAccount app/other is cluster-admin by that",
    ];
    let rewrite = || Grant("", &[("escalate, update", RBAC, "clusterroles", "plain")]);
    leads(&other("plain"), &[EXEC, rewrite()], &steps);
    // Nobody is there whom one becomes, the role is another, or one may not give what one does not have.
    leads_nowhere(&other("plain"), &[rewrite()]);
    leads_nowhere(&other("view"), &[EXEC, rewrite()]);
    leads_nowhere(&other("plain"), &[EXEC, Grant("", &[("update", RBAC, "clusterroles", "plain")])]);
    // Both are looked at with one request.
    leads_nowhere(&other("plain"), &[EXEC, Grant("", &[("escalate", RBAC, "clusterroles", "plain")])]);
}

#[test]
fn a_role_is_made_that_a_binding_names() {
    let bound = |kind: &str, subject: &str| {
        format!(
            "
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: ghost, namespace: app}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {kind}, name: ghost}}
subjects: [{{kind: ServiceAccount, name: {subject}}}]
"
        )
    };
    let make = |resources: &'static str| {
        granted(&[Grant("", Box::leak(Box::new([("escalate, create", RBAC, resources, "")])))])
    };
    let admin = |text: &str| way(text, START, "admin/app");
    for (kind, resources, step) in [
        ("Role", "roles", "1. makes a Role that it is bound to, as admin of app"),
        ("ClusterRole", "clusterroles", "1. makes a ClusterRole that it is bound to, as admin of app"),
    ] {
        let how = admin(&[make(resources), bound(kind, "start")].concat());
        assert_eq!(how.first().map(String::as_str), Some("certain"), "{kind}: {how:?}");
        if kind == "ClusterRole" {
            assert_eq!(how, ["certain", step]);
        }
        let create = granted(&[Grant("", Box::leak(Box::new([("create", RBAC, resources, "")])))]);
        assert_eq!(admin(&[create, bound(kind, "start")].concat()), [""; 0]);
    }
    // What is there is not made, nor what nobody is bound to whom one becomes.
    let there = bound("ClusterRole", "start").replace("name: ghost}", "name: 'system:discovery'}");
    assert_eq!(admin(&[make("clusterroles"), there].concat()), [""; 0]);
    assert_eq!(admin(&[make("clusterroles"), bound("ClusterRole", "other")].concat()), [""; 0]);
    let named = granted(&[Grant("app", &[("create, escalate, patch", RBAC, "roles", "ghost")])]);
    let how = admin(&[named, bound("Role", "start")].concat());
    assert_eq!(how, ["certain", "1. makes a Role that it is bound to, as admin of app"]);
}

#[test]
fn two_requests_are_made_by_two_identities_and_one_by_one() {
    let made = |rule: &str| other("plain").replace("[get], apiGroups: [''], resources: [configmaps]", rule);
    let volumes = made("[create], apiGroups: [''], resources: [persistentvolumes]");
    let text = [&granted(&[EXEC, Grant("app", &[("create", "batch", "jobs", "")])]), volumes.as_str()].concat();
    let psa = "
---
apiVersion: v1
kind: Namespace
metadata: {name: app, labels: {pod-security.kubernetes.io/enforce: restricted}}
";
    let how = way(&[text.as_str(), psa].concat(), START, "nodes");
    assert_eq!(how.first().map(String::as_str), Some("certain"), "{how:?}");
    assert!(
        how.last().unwrap().ends_with("with that, mounts the disk of a node by a PersistentVolume, and so has a node")
    );
    // `bind` is looked at with the request that writes the binding.
    let bind = made("[bind], apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles]");
    leads_nowhere(&bind, &[EXEC, Grant("", &[("create", RBAC, "clusterrolebindings", "")])]);
}
