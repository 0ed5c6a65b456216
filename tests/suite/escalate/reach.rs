//! From where it begins, and how far it goes: groups, aggregation, namespaces, definitions that differ.

use rolecall::catalog::Version;
use rolecall::manifest::Options;
use rolecall::query::escalation::{Certainty, Escalations, Sink, Wanted, overview};
use rolecall::query::{self, Assumptions, Who};

use super::{Grant, START, VICTIM, granted, leads, leads_nowhere, way};
use crate::scratch::{access, file};

fn everybody(with_system: bool) -> Wanted {
    Wanted { sink: None, certainty: Certainty::Environment, with_system }
}

#[test]
fn nothing_is_told_of_what_kubernetes_brings() {
    for version in Version::all() {
        for default_policy in [true, false] {
            let (_directory, inputs) =
                file("a.yaml", b"apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: b}\n");
            let assumptions = Assumptions { version, default_policy };
            let access = query::load(&inputs, &Options::default(), assumptions).unwrap();
            let escalations = Escalations::of(&access);
            let told = overview(&escalations, &everybody(false));
            assert!(told.sections.is_empty() && told.already.is_empty(), "{version:?}: {told:?}");
            assert_eq!(escalations.starts(), [Who::parse("b:a").unwrap()]);
            let with_system = overview(&escalations, &everybody(true));
            assert_eq!(with_system.sections.is_empty(), !default_policy);
        }
    }
}

#[test]
fn groups_hold_for_their_members() {
    let of_all = granted(&[Grant("app", &[("create", "", "pods", "")])]).replace(
        "{kind: ServiceAccount, name: start, namespace: app}",
        "{kind: Group, name: 'system:serviceaccounts:far'}",
    );
    let text = [&of_all, VICTIM, "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: one, namespace: far}\n"]
        .concat();
    let steps = [
        "certain",
        "is in Group system:serviceaccounts:far",
        "1. Group system:serviceaccounts:far runs a pod as ServiceAccount app/victim",
        "ServiceAccount app/victim is cluster-admin",
    ];
    assert_eq!(way(&text, "far:one", "cluster-admin"), steps);
    // One who is nowhere named is in it, too; one of another namespace is not.
    assert_eq!(way(&text, "far:unknown", "cluster-admin").len(), 3);
    assert_eq!(way(&text, START, "cluster-admin"), [""; 0]);
    // Of the overview, the group is enough.
    let access = access("a.yaml", text.as_bytes());
    let told = overview(&Escalations::of(&access), &everybody(false));
    let who: Vec<_> =
        told.sections[0].alike.iter().flat_map(|alike| &alike.going).map(|(who, _)| who.written()).collect();
    assert_eq!(who, ["group/system:serviceaccounts:far"]);
}

#[test]
fn halves_come_together_from_a_group_and_its_member() {
    let halves = |group: &str| {
        let secrets = [Grant("app", &[("create", "", "secrets", "")]), Grant("app", &[("get", "", "secrets", "")])];
        let text = granted(&secrets);
        let (head, tail) = text.rsplit_once("{kind: ServiceAccount, name: start, namespace: app}").unwrap();
        format!("{head}{{kind: Group, name: '{group}'}}{tail}{VICTIM}")
    };
    assert_eq!(way(&halves("system:serviceaccounts"), START, "cluster-admin").len(), 3);
    assert_eq!(way(&halves("system:serviceaccounts:other"), START, "cluster-admin"), [""; 0]);
    assert_eq!(way(&halves("developers"), START, "cluster-admin"), [""; 0]);
}

#[test]
fn aggregated_rules_count_and_stand_where_they_are_written() {
    let aggregated = "
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: more-view, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}
rules: [{verbs: [create], apiGroups: [''], resources: [serviceaccounts/token]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: viewers, namespace: app}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: User, name: jane}]
";
    let text = [&granted(&[]), VICTIM, aggregated].concat();
    assert_eq!(way(&text, "user/jane", "cluster-admin")[1], "1. gets a token of ServiceAccount app/victim");
    let access = access("a.yaml", text.as_bytes());
    let proof = Escalations::of(&access).proof(&Who::parse("user/jane").unwrap(), &Sink::ClusterAdmin).unwrap();
    let grant = proof.steps[0].grants[0];
    assert_eq!(access.policy().role(grant.role).unwrap().name, "view");
    assert_eq!(access.policy().role(grant.rule.role).unwrap().name, "more-view");
    let off = text.replace("aggregate-to-view: 'true'", "aggregate-to-view: 'false'");
    assert_eq!(way(&off, "user/jane", "cluster-admin"), [""; 0]);
}

#[test]
fn ways_lead_across_namespaces_one_after_the_other() {
    let far = VICTIM.replace("namespace: app", "namespace: far");
    let middle = "
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: middle, namespace: app}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: middle, namespace: far}
rules: [{verbs: [impersonate], apiGroups: [''], resources: [serviceaccounts]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: middle, namespace: far}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: middle}
subjects: [{kind: ServiceAccount, name: middle, namespace: app}]
";
    let both = [far.as_str(), middle].concat();
    leads(
        &both,
        &[Grant("app", &[("create", "", "pods", "")])],
        &[
            "certain",
            "1. runs a pod as ServiceAccount app/middle",
            "2. ServiceAccount app/middle impersonates ServiceAccount far/victim",
            "ServiceAccount far/victim is cluster-admin",
        ],
    );
    leads_nowhere(&far, &[Grant("app", &[("create", "", "pods", "")])]);
}

#[test]
fn what_depends_on_a_definition_is_not_certain() {
    let text = granted(&[Grant("app", &[("create", "", "pods", "")])]);
    let other = "
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r0, namespace: app}
rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]
";
    let text = [&text, VICTIM, other].concat();
    assert_eq!(
        way(&text, START, "cluster-admin"),
        [
            "depends on which definition holds",
            "1. runs a pod as ServiceAccount app/victim",
            "depends on which definition holds",
            "ServiceAccount app/victim is cluster-admin",
        ]
    );
}

#[test]
fn the_surest_way_is_told_even_if_it_is_longer() {
    let rules = &[("patch", "", "configmaps", "aws-auth"), ("create", "", "pods", "")];
    assert_eq!(way(&granted(&[Grant("kube-system", rules)]), START, "cluster-admin")[0], "certain");
}

#[test]
fn who_holds_something_does_not_come_to_it() {
    let access = access("a.yaml", [&granted(&[]), VICTIM].concat().as_bytes());
    let escalations = Escalations::of(&access);
    let victim = Who::parse("app:victim").unwrap();
    assert!(escalations.proof(&victim, &Sink::ClusterAdmin).is_none());
    assert_eq!(escalations.holds(&victim, &Sink::ClusterAdmin).unwrap().len(), 1);
    assert!(escalations.holds(&Who::parse("group/system:masters").unwrap(), &Sink::ClusterAdmin).unwrap().is_empty());
    assert_eq!(escalations.holds(&Who::parse(START).unwrap(), &Sink::ClusterAdmin), None);
    assert_eq!(escalations.reached(&victim), []);
}
