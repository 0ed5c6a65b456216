//! Words that mean nothing are told with their places, and with what was probably meant.

use super::{fail, one, pass};

#[test]
fn words_that_mean_nothing_are_told() {
    let test = |what: &str| format!("subjects: group/ops, deny: '{what}'");
    for (what, column, said) in [
        ("gett pods", 41, "`gett` is no verb\n"),
        ("gett pods", 41, "\n  help: did you mean `get`?\n"),
        ("get,Delete pods", 45, "\n  help: did you mean `delete`?\n"),
        ("read pods", 41, "\n  help: the usual ones are `get`, `list`, `watch`, "),
        ("list /metrics", 41, "`list` is no verb for URLs\n"),
        (
            "get podz",
            45,
            "there is no resource type `podz` in Kubernetes 1.36 or in the definitions that were read\n  ",
        ),
        ("get podz", 45, "\n  help: did you mean `pods`?\n"),
        ("get pods,deploymentz", 50, "\n  help: did you mean `deployments.apps`?\n"),
        ("get deployments.batch", 45, "there is no resource type `deployments.batch`"),
        ("get all", 45, "\n  help: it is a category: name `pods`, "),
        ("get pods/logs", 45, "`pods` has no subresource `logs` (it has `attach`, `binding`, "),
        ("get pods/logs", 45, "\n  help: did you mean `pods/log`?\n"),
        ("get *.app", 45, "\n  help: did you mean `*.apps`?\n"),
        ("get secrets/db", 45, "\n  help: for one object say `named db`, or `names: [db]`\n"),
        ("get *.example.com", 45, "there is no API group `example.com` in what was read\n"),
        ("get pods in prdo", 53, "\n  help: did you mean `prod`?\n"),
        ("get pods in shop,prod", 53, "\n  help: `optional: true` lets namespaces be missing\n"),
        ("get pods in staging-*", 53, "there is no namespace `staging-*` in what was read\n"),
        ("get nodes in prod", 54, "`nodes` are in no namespace\n"),
        ("get nodes in prod", 54, "\n  help: leave the namespace out\n"),
    ] {
        let test = test(what);
        // The text of the test begins behind `- {name: t, `, and what is denied behind that.
        fail(&[(test.as_str(), &[&format!("access-test.yaml:2:{column}: "), said])]);
    }
}

#[test]
fn words_of_extensions_are_suggested() {
    let extended = super::MANIFESTS.to_owned()
        + "---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget}
  versions: [{name: v1, served: true, storage: true, subresources: {status: {}}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ext, namespace: prod}
rules: [{apiGroups: [certs.example.org], resources: [certificates], verbs: [renew]}]
";
    for (what, said) in [
        ("get widgetz", "\n  help: did you mean `widgets.example.com`?\n"),
        ("get widgetz.example.com", "\n  help: did you mean `widgets.example.com`?\n"),
        ("get widgets/statsu", "\n  help: did you mean `widgets/status`?\n"),
        ("get *.exampl.com", "\n  help: did you mean `*.example.com`?\n"),
        ("get *.cert.example.org", "\n  help: did you mean `*.certs.example.org`?\n"),
        ("renw widgets", "\n  help: did you mean `renew`?\n"),
        (
            "get certificats.certs.example.org",
            "has `certificats.certs.example.org`; did you mean `certificates.certs.example.org`?\n",
        ),
    ] {
        let tests = format!("tests:\n- {{name: t, subjects: sa/ci/deployer, deny: '{what}'}}\n");
        let run = crate::scratch::run(super::directory(&extended, &tests).path(), &["test", "-f", "manifests.yaml"]);
        assert!(run.out.contains(said), "{what}: {}{}", run.out, run.error);
    }
}

#[test]
fn resources_are_named_as_kubectl_knows_them() {
    pass(&[
        "subjects: sa/ci/deployer, allow: [get deploy in prod, get Deployment in prod, get deployments.v1.apps in prod]",
        "subjects: sa/ci/deployer, deny: [create pods/exec, create pods/eviction, get pods/log, update deploy/scale]",
        "subjects: sa/ci/deployer, deny: 'impersonate users, groups'",
        "subjects: sa/ci/deployer, allow: 'get , patch deploy in namespace prod'",
        "subjects: sa/ci/deployer, deny: ['get pods in all namespaces', get pods -A, get pods -n prod]",
        // `nodes` are in no namespace, and what else is asked about is.
        "subjects: sa/ci/deployer, deny: {verbs: [delete], resources: [nodes, pods], namespaces: [prod]}",
    ]);
}

#[test]
fn resources_of_extensions_may_be_unknown() {
    let run = one("subjects: sa/ci/deployer, deny: get certificates.cert-manager.io");
    assert_eq!(run.code, 0, "{}", run.out);
    let note = "  ok      t\n          note: no rule and no CustomResourceDefinition that was read has `certificates.cert-manager.io`\n";
    assert!(run.out.contains(note), "{}", run.out);
}
