//! Rules about chains: where they are told, what they say, and what is no chain.

use rolecall::diagnostic::Finding;
use rolecall::lint::{Profile, Selection};

use crate::subject_rules::report_for;

/// Builds that may run Jobs, in a namespace that takes no privileged pods.
const BUILDS: &str = "
apiVersion: v1
kind: Namespace
metadata: {name: builds, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: run, namespace: builds}
rules:
- {apiGroups: [batch], resources: [jobs], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: run, namespace: builds}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: run}
subjects:
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: developers}
- {kind: Group, apiGroup: rbac.authorization.k8s.io, name: testers}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: release, namespace: builds}
---
";

const ADMIN: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: release}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
- {kind: ServiceAccount, namespace: builds, name: release}
---
";

const RUNNER: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: runner, namespace: builds}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: run}
subjects:
- {kind: ServiceAccount, namespace: builds, name: runner}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: runner, namespace: builds}
spec:
  selector: {matchLabels: {app: runner}}
  template:
    metadata: {labels: {app: runner}}
    spec:
      serviceAccountName: runner
      containers: [{name: runner, image: registry.example/runner:1}]
---
";

fn chains(text: &str, profile: Profile) -> Vec<Finding> {
    let findings = report_for(text, profile, "1.36").findings;
    findings.into_iter().filter(|finding| finding.rule.contains("-escalates-to-")).collect()
}

/// Each as `severity rule at text: message`.
fn told(text: &str, profile: Profile) -> Vec<String> {
    let line = |finding: &Finding| {
        let (severity, place) = (finding.severity.name(), &text[finding.span.range()]);
        format!("{severity} {} at {place}: {}", finding.rule, finding.message)
    };
    chains(text, profile).iter().map(line).collect()
}

#[test]
fn a_chain_is_told_once_for_the_binding_with_which_it_begins() {
    let text = format!("{BUILDS}{ADMIN}");
    let expected = [
        "warning subject-escalates-to-cluster-admin at {kind: Group, apiGroup: rbac.authorization.k8s.io, name: developers}: \
         Group `developers` can get to `cluster-admin` (as 1 other can) in 1 step: it has a controller run a pod as \
         ServiceAccount `builds/release`, which is `cluster-admin`",
    ];
    assert_eq!(told(&text, Profile::Pedantic), expected);
    assert_eq!(told(&text, Profile::Audit), expected);
    let [finding] = &chains(&text, Profile::Pedantic)[..] else { panic!("one chain, one finding") };
    assert_eq!(finding.help.as_deref(), Some("without rule 1 of Role `builds/run`, it cannot"));
    let places: Vec<_> = finding.related.iter().map(|it| (it.message.as_str(), &text[it.span.range()])).collect();
    assert_eq!(
        places,
        [
            ("step 1: this rule allows it", "{apiGroups: [batch], resources: [jobs], verbs: [create]}"),
            (
                "step 1: handed out to ServiceAccount `builds/release` here",
                "{kind: ServiceAccount, namespace: builds, name: release}"
            ),
        ]
    );
}

#[test]
fn the_default_profile_tells_of_no_chain_and_does_not_look_for_any() {
    assert_eq!(told(&format!("{BUILDS}{ADMIN}{RUNNER}"), Profile::Default), [""; 0]);
    let chosen = Selection::of(Profile::Default);
    assert!(chosen.chosen().all(|chosen| !chosen.rule.id.contains("-escalates-to-")));
}

#[test]
fn what_runs_as_somebody_is_where_it_is_told() {
    let text = format!("{BUILDS}{ADMIN}{RUNNER}").replace("developers", "system:masters");
    let found = told(&text, Profile::Pedantic);
    assert!(
        found.iter().any(|line| line
            == "warning workload-escalates-to-cluster-admin at runner: runs as ServiceAccount `builds/runner`, which can \
                get to `cluster-admin` in 1 step: it has a controller run a pod as ServiceAccount `builds/release`, which \
                is `cluster-admin`"),
        "{found:#?}"
    );
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn what_one_holds_or_what_every_cluster_has_is_no_chain() {
    let own = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: tokens}
rules:
- {apiGroups: [''], resources: [serviceaccounts/token], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: tokens}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: tokens}
subjects:
- {kind: ServiceAccount, namespace: ops, name: bot}
---
";
    for text in [ADMIN, BUILDS, own] {
        assert_eq!(told(text, Profile::Audit), [""; 0]);
    }
    // By way of somebody else it is one; that anybody would do, and nobody in particular, leaves it to an audit.
    let text = format!("{BUILDS}{own}{ADMIN}").replace("resources: [jobs]", "resources: [cronjobs/status]");
    let [found] = &told(&text, Profile::Audit)[..] else { panic!("{:#?}", told(&text, Profile::Audit)) };
    assert!(found.starts_with("info subject-escalates-to-cluster-admin at {kind: ServiceAccount"), "{found}");
    assert_eq!(told(&text, Profile::Pedantic), [""; 0]);
}

#[test]
fn what_is_not_certain_to_come_together_is_left_to_an_audit() {
    let text = format!("{BUILDS}{ADMIN}");
    let in_default = text.replace("namespace: builds", "namespace: default").replace("name: builds", "name: default");
    let not_placed = text.replace("metadata: {name: run, namespace: builds}", "metadata: {name: run}");
    for text in [&in_default, &not_placed] {
        assert_eq!(told(text, Profile::Pedantic), [""; 0], "{text}");
    }
    assert_eq!(told(&in_default, Profile::Audit).len(), 1);
}

#[test]
fn a_chain_to_an_admin_of_a_namespace_names_it() {
    let shop = "
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: release, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
subjects:
- {kind: ServiceAccount, namespace: builds, name: release}
";
    let text = format!("{BUILDS}{shop}");
    let [found] = &told(&text, Profile::Pedantic)[..] else { panic!("{:#?}", told(&text, Profile::Pedantic)) };
    assert!(
        found.ends_with(
            "name: developers}: Group `developers` can get to admin of namespace `shop` (as 1 other can) in 1 step: it has a \
             controller run a pod as ServiceAccount `builds/release`, which is admin of `shop`"
        ),
        "{found}"
    );
}

#[test]
fn names_of_any_length_leave_a_message_that_can_be_read() {
    let text = format!("{BUILDS}{ADMIN}").replace("release", &"x".repeat(200));
    let [finding] = &chains(&text, Profile::Pedantic)[..] else { panic!("one chain") };
    assert!(finding.message.len() < 400 && finding.message.contains('…'), "{}", finding.message);
}
