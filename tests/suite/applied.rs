//! What of the manifests comes to be in a cluster, and so counts: objects that the API server refuses do not, those whose
//! names it makes up are all different, and those with the name of a built-in one are applied to it.

use std::fmt::Write as _;

use rolecall::query::{self, Access, Asker, Place, Who, Words};
use rolecall::rbac::Verdict;

use crate::scratch;

fn verdict(access: &Access, who: &str, question: &str) -> Verdict {
    let (verb, target) = question.split_once(' ').unwrap();
    let place = Place::Namespace("default".to_owned());
    let words = Words { verb: verb.to_owned(), target: target.to_owned(), subresource: String::new(), place };
    query::can_i(access, &Asker::from(Who::parse(who).unwrap()), &words).unwrap().decision.verdict
}

const BOUND: &str = "
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: r}
rules: [RULES]
AGGREGATION
---
kind: KIND
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: b}
roleRef: ROLE
subjects: [SUBJECTS]
";

/// A ClusterRole and a binding of it, with parts replaced.
fn bound(parts: &[(&str, &str)]) -> Access {
    let usual = [
        ("RULES", "{apiGroups: [''], resources: [pods], verbs: [get]}"),
        ("AGGREGATION", ""),
        ("KIND", "ClusterRoleBinding"),
        ("ROLE", "{kind: ClusterRole, name: r, apiGroup: rbac.authorization.k8s.io}"),
        ("SUBJECTS", "{kind: User, name: jane}"),
    ];
    let text = parts.iter().chain(&usual).fold(BOUND.to_owned(), |text, (name, value)| text.replace(name, value));
    scratch::access("rbac.yaml", text.as_bytes())
}

/// A part of the objects, how it is written instead, and what the API server says to that.
const REFUSED: &[(&str, &str, &str)] = &[
    ("SUBJECTS", "{kind: User, name: jane}, {kind: ServiceAccount, name: d}", "subjects[1].namespace: Required value"),
    (
        "SUBJECTS",
        "{kind: User, name: jane, apiGroup: v1}",
        "subjects[0].apiGroup: Unsupported value: \"v1\": supported values: \"rbac.authorization.k8s.io\"",
    ),
    (
        "SUBJECTS",
        "{kind: User, name: jane}, {kind: user, name: x}",
        "subjects[1].kind: Unsupported value: \"user\": supported values: \"ServiceAccount\", \"User\", \"Group\"",
    ),
    ("SUBJECTS", "{kind: User, name: jane}, {kind: Group, name: ''}", "subjects[1].name: Required value"),
    (
        "SUBJECTS",
        "{kind: User, name: jane}, {kind: ServiceAccount, name: d, namespace: x, apiGroup: rbac.authorization.k8s.io}",
        "subjects[1].apiGroup: Unsupported value: \"rbac.authorization.k8s.io\": supported values: \"\"",
    ),
    (
        "ROLE",
        "{kind: ClusterRole, name: r, apiGroup: rbac.authorization.k8s.io/v1}",
        "roleRef.apiGroup: Unsupported value: \"rbac.authorization.k8s.io/v1\": supported values: \"rbac.authorization.k8s.io\"",
    ),
    ("ROLE", "{kind: Role, name: r}", "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\""),
    (
        "RULES",
        "{apiGroups: [''], resources: [pods], verbs: [get]}, {apiGroups: [''], resources: [pods], verbs: []}",
        "rules[1].verbs: Required value: verbs must contain at least one value",
    ),
    (
        "RULES",
        "null, {apiGroups: [''], resources: [pods], verbs: [get]}",
        "rules[0].verbs: Required value: verbs must contain at least one value",
    ),
    (
        "RULES",
        "{resources: [pods], verbs: [get]}",
        "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
    ),
    (
        "RULES",
        "{apiGroups: [''], resources: [pods], verbs: [get], nonResourceURLs: [/x]}",
        "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: rules cannot apply to both regular resources and non-resource URLs",
    ),
    (
        "AGGREGATION",
        "aggregationRule: {clusterRoleSelectors: [{matchExpressions: [{key: a, operator: NotIn, values: []}]}]}",
        "aggregationRule.clusterRoleSelectors[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    ),
    (
        "AGGREGATION",
        "aggregationRule: {clusterRoleSelectors: []}",
        "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil",
    ),
];

#[test]
fn what_the_api_server_refuses_grants_nothing() {
    assert_eq!(verdict(&bound(&[]), "user/jane", "get pods"), Verdict::Allowed);
    for &(part, value, reason) in REFUSED {
        let access = bound(&[(part, value)]);
        assert_eq!(verdict(&access, "user/jane", "get pods"), Verdict::Denied, "{value}");
        let reasons: Vec<_> = access.unread().iter().map(|unread| unread.reason.as_str()).collect();
        assert_eq!(reasons, [format!("the API server refuses it: {reason}")], "{value}");
    }
}

#[test]
fn roles_whose_names_are_made_up_are_all_different_and_nobody_can_name_them() {
    let text = "
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {generateName: x-, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}
rules: [{apiGroups: [a.example], resources: [as], verbs: [get]}]
---
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {generateName: x-, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}
rules: [{apiGroups: [b.example], resources: [bs], verbs: [get]}]
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {generateName: b-}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: User, name: jane}]
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {generateName: b-}
roleRef: {kind: ClusterRole, name: x-*}
subjects: [{kind: User, name: ann}]
";
    let access = scratch::access("rbac.yaml", text.as_bytes());
    for question in ["get as.a.example", "get bs.b.example"] {
        assert_eq!(verdict(&access, "user/jane", question), Verdict::Allowed, "{question}");
        assert_eq!(verdict(&access, "user/ann", question), Verdict::Denied, "{question}");
    }
}

#[test]
fn what_has_the_name_of_a_built_in_role_is_applied_to_it() {
    let text = "
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: view}
rules: [{apiGroups: [a.example], resources: [as], verbs: [get]}]
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: b}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: User, name: jane}]
";
    let access = scratch::access("rbac.yaml", text.as_bytes());
    // The role still takes in what it took in, which overwrites its rules.
    assert_eq!(verdict(&access, "user/jane", "get pods"), Verdict::Allowed);
    assert_eq!(verdict(&access, "user/jane", "get as.a.example"), Verdict::Denied);
}

#[test]
fn a_cluster_role_may_be_bound_in_the_namespace_of_the_binding() {
    let rule =
        "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind], resourceNames: [admin]}";
    let access = bound(&[("KIND", "RoleBinding"), ("RULES", rule)]);
    assert_eq!(verdict(&access, "user/jane", "bind clusterroles/admin"), Verdict::Allowed);
    assert_eq!(verdict(&access, "user/jane", "bind clusterroles/view"), Verdict::Denied);
    assert_eq!(verdict(&access, "user/jane", "get clusterroles/admin"), Verdict::Denied);
}

#[test]
fn large_and_tangled_objects_are_read_in_the_blink_of_an_eye() {
    let rules: Vec<_> = (0..20_000).map(|n| format!("{{apiGroups: [''], resources: [r{n}], verbs: [get]}}")).collect();
    let access = bound(&[("RULES", &rules.join(", "))]);
    assert_eq!(verdict(&access, "user/jane", "get r19999"), Verdict::Allowed);
    let mut text = String::new();
    for n in 0..400 {
        write!(
            text,
            "---\nkind: ClusterRole\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: r{n}, labels: {{l: x}}}}\n\
             aggregationRule: {{clusterRoleSelectors: [{{matchLabels: {{l: x}}}}]}}\n\
             rules: [{{apiGroups: [''], resources: [p{n}], verbs: [get]}}]\n"
        )
        .unwrap();
    }
    for n in 0..5_000 {
        write!(
            text,
            "---\nkind: ClusterRoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: b}}\n\
             roleRef: {{kind: ClusterRole, name: r{n}}}\nsubjects: [{{kind: User, name: jane}}]\n"
        )
        .unwrap();
    }
    let access = scratch::access("rbac.yaml", text.as_bytes());
    assert_ne!(verdict(&access, "user/jane", "get p3"), Verdict::Allowed);
}
