//! What is said about a question itself: words that mean something else than one thinks.

use super::{access, ask, with_rule};
use rolecall::rbac::Verdict;

const WIDGETS: &str = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions: [{name: v1, served: true, storage: true}]
";

fn warnings(text: &str, question: &str) -> Vec<String> {
    let mut warnings = ask(&access(text), "ci:deployer", question).warnings;
    // The words of kubectl for what is asked in a namespace and is in none.
    warnings.retain(|warning| !warning.contains("is not namespace scoped"));
    warnings
}

#[test]
fn what_nobody_knows_to_be_served_is_not_warned_of() {
    for question in [
        "get pods.metrics.k8s.io",
        "update widgets --subresource finalizers",
        "approve signers/example.com/serving",
        "create pods/web --subresource exec",
        "get pods/web",
    ] {
        assert_eq!(warnings(WIDGETS, question), [""; 0], "{question}");
    }
}

#[test]
fn what_is_asked_of_the_wrong_thing_is_told_once() {
    for (question, warning) in [
        (
            "get widgets --subresource nothing",
            "resource 'widgets' has no subresource 'nothing' (it has: scale, status)",
        ),
        (
            "get pods/web/log",
            "'web/log' is taken for a name, as kubectl does; for the subresource ask for 'pods/web --subresource log'",
        ),
        ("get pods/a/b", "'a/b' is taken for a name, and no object has a `/` in its name"),
        ("get pods --subresource *", "a request is for one subresource: '*' is taken for the name of one"),
        (
            "approve csr --subresource approval",
            "'approve' is a verb of 'signers/NAME'; it also takes 'update certificatesigningrequests --subresource \
             approval'",
        ),
        (
            "approve csr",
            "'approve' is a verb of 'signers/NAME'; it also takes 'update certificatesigningrequests --subresource \
             approval'",
        ),
    ] {
        assert_eq!(warnings(WIDGETS, question), [warning], "{question}");
    }
}

#[test]
fn requests_that_have_no_name_are_told_apart() {
    let access = with_rule("{apiGroups: [''], resources: [secrets], resourceNames: [x], verbs: ['*']}");
    for (question, expected) in [
        ("create secrets/x", "what is created with POST has no name when it is authorised"),
        ("list secrets/x", "`list` names an object only with a field selector"),
        ("watch secrets/x", "--field-selector metadata.name=x"),
        ("deletecollection secrets/x", "`deletecollection` never names an object"),
    ] {
        let answer = ask(&access, "ci:deployer", question);
        assert_eq!(answer.decision.verdict, Verdict::Allowed, "kubectl says yes to {question}");
        assert!(answer.warnings.len() == 1 && answer.warnings[0].contains(expected), "{:?}", answer.warnings);
    }
    for (question, is_named) in [
        ("create configmaps/x", false),
        ("deletecollection configmaps/x", false),
        ("create pods/x --subresource exec", true),
        ("list configmaps/x", true),
        ("get configmaps/x", true),
    ] {
        let remedy = ask(&access, "ci:deployer", question).remedy.unwrap();
        assert_eq!(remedy.suggestion.rule.contains("resourceNames"), is_named, "{question}");
    }
}

#[test]
fn a_namespace_called_system_is_one_like_any_other() {
    let text = "
apiVersion: v1
kind: ServiceAccount
metadata: {name: manager, namespace: system}
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: b}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: manager, namespace: system}]
";
    for arguments in [
        &["permissions", "system:manager"][..],
        &["permissions", "manager"],
        &["can-i", "get", "pods", "--serviceaccount", "system:manager"],
        &["can-i", "get", "pods", "--as", "system:serviceaccount:system:manager"],
    ] {
        let (exit, output, errors) = super::run(text, arguments);
        assert_eq!(exit, Some(0), "{arguments:?}: {output}{errors}");
    }
    let (exit, output, _) = super::run(text, &["can-i", "get", "pods", "--as", "system:manager"]);
    assert_eq!(exit, Some(1));
    assert!(
        output.contains("no binding names the User `system:manager`; there is a ServiceAccount system/manager"),
        "{output}"
    );
    assert_eq!(super::run(text, &["can-i", "get", "pods", "--as", "system:manager", "--exit-zero"]).0, Some(0));
}
