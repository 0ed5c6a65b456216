//! What has to go: without it, nothing is reached, and with less of it, it is.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rolecall::query::escalation::{Certainty, Cut, Escalations, Reach, Removal, Sink, Wanted, overview};
use rolecall::query::{Access, Who};
use rolecall::source::Span;

use super::{Grant, START, VICTIM, VICTIM_RUNS, granted};
use crate::scratch::access;

const RBAC: &str = "rbac.authorization.k8s.io";

/// The text without the lines of what is taken out of it.
fn without(access: &Access, text: &str, removals: &[Removal]) -> String {
    let span = |removal: &Removal| match removal {
        Removal::Rule(rule) => access.rule_places(*rule).unwrap().whole,
        Removal::Binding(binding) => access.binding_facts(*binding).unwrap().role,
    };
    let spans: Vec<Span> = removals.iter().map(span).collect();
    let mut lines = Vec::new();
    let mut offset = 0;
    for line in text.lines() {
        let is_in = |span: &Span| offset <= span.start as usize && (span.start as usize) < offset + line.len() + 1;
        // A rule stands on a line of its own; a binding without a known role hands out nothing.
        match (spans.iter().any(is_in), line.starts_with("roleRef")) {
            (true, true) => {
                lines.push("roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gone}".to_owned());
            }
            (true, false) => lines.push("- {verbs: [get], apiGroups: [''], resources: [events]}".to_owned()),
            (false, _) => lines.push(line.to_owned()),
        }
        offset += line.len() + 1;
    }
    lines.join("\n")
}

fn is_reached(text: &str, all: &[Who], sink: &Sink) -> bool {
    let access = access("a.yaml", text.as_bytes());
    let escalations = Escalations::of(&access);
    all.iter().any(|who| escalations.proof(who, sink).is_some())
}

#[track_caller]
fn check(text: &str, all: &[Who], sink: &Sink) -> Cut {
    assert!(is_reached(text, all, sink));
    let access = access("a.yaml", text.as_bytes());
    let cut = Escalations::of(&access).cut_all(all, sink, Certainty::Environment).unwrap();
    assert!(!is_reached(&without(&access, text, &cut.removals), all, sink), "{cut:?}");
    for one in &cut.removals {
        let less: Vec<_> = cut.removals.iter().filter(|it| *it != one).copied().collect();
        assert!(is_reached(&without(&access, text, &less), all, sink), "{one:?} need not go of {cut:?}");
    }
    assert_eq!(cut.removals.iter().collect::<BTreeSet<_>>().len(), cut.removals.len());
    cut
}

#[test]
fn one_removal_is_enough_where_all_ways_share_it() {
    let start = [Who::parse(START).unwrap()];
    let rules = &[
        ("create", "", "pods", ""),
        ("create", "", "serviceaccounts/token", ""),
        ("impersonate", "", "serviceaccounts", ""),
    ];
    let text = [&granted(&[Grant("app", rules)]), VICTIM].concat();
    let cut = check(&text, &start, &Sink::ClusterAdmin);
    assert_eq!((cut.removals.len(), cut.is_smallest), (1, true));
    assert!(matches!(cut.removals[0], Removal::Binding(_)), "three rules would have to go: {cut:?}");
}

#[test]
fn as_many_go_as_are_needed() {
    let start = [Who::parse(START).unwrap()];
    let grants = [
        Grant("app", &[("create", "", "pods", "")]),
        Grant("app", &[("create", "", "pods/exec", "")]),
        Grant("kube-system", &[("create", "", "serviceaccounts/token", "")]),
    ];
    let text = [&granted(&grants), VICTIM, VICTIM_RUNS].concat();
    // The binding of the victim is in two of the three ways, and meant to be there.
    let cut = check(&text, &start, &Sink::ClusterAdmin);
    assert_eq!((cut.removals.len(), cut.is_smallest), (3, true));
}

#[test]
fn what_is_needed_twice_is_cut_once_and_what_is_held_twice_twice() {
    let start = [Who::parse(START).unwrap()];
    let halves = [Grant("app", &[("create", "", "secrets", "")]), Grant("app", &[("get", "", "secrets", "")])];
    let sink: Sink = "serviceaccounts/app".parse().unwrap();
    assert_eq!(check(&granted(&halves), &start, &sink).removals.len(), 1);
    let twice = [Grant("app", &[("create", "", "pods", "")]), Grant("app", &[("create", "", "pods", "")])];
    assert_eq!(check(&granted(&twice), &start, &sink).removals.len(), 2);
}

#[test]
fn many_are_cut_off_at_once() {
    let mut text = [granted(&[]), VICTIM.to_owned()].concat();
    let mut all = Vec::new();
    for number in 0..7 {
        let name = format!("user-{number}");
        let _ = write!(
            text,
            "---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {{name: {name}, namespace: kube-system}}
rules:
- {{verbs: [create], apiGroups: [''], resources: [pods]}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: {name}, namespace: kube-system}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: Role, name: {name}}}
subjects: [{{kind: User, name: {name}}}]
"
        );
        all.push(Who::User(name));
    }
    let cut = check(&text, &all, &Sink::ClusterAdmin);
    assert_eq!((cut.removals.len(), cut.is_smallest), (7, true));
}

#[test]
fn nothing_helps_against_what_kubernetes_brings() {
    let access = access("a.yaml", granted(&[]).as_bytes());
    let escalations = Escalations::of(&access);
    let controller = Who::parse("sa/kube-system/clusterrole-aggregation-controller").unwrap();
    assert!(escalations.proof(&controller, &Sink::ClusterAdmin).is_some());
    assert_eq!(escalations.cut(&controller, &Sink::ClusterAdmin), None);
    assert_eq!(escalations.cut(&Who::parse(START).unwrap(), &Sink::ClusterAdmin), None);
}

#[test]
fn what_is_nearest_to_whoever_begins_goes_and_not_what_an_administrator_holds() {
    let start = [Who::parse(START).unwrap()];
    // The grant of the victim would do as well, and would be the smaller change where there are two ways to it.
    let rules = &[("create", "", "serviceaccounts/token", "victim")];
    let text = [VICTIM, "---\n", &granted(&[Grant("app", rules)])].concat();
    let cut = check(&text, &start, &Sink::ClusterAdmin);
    let access = access("a.yaml", text.as_bytes());
    let Removal::Rule(rule) = cut.removals[0] else { panic!("{cut:?}") };
    assert_eq!(access.policy().role(rule.role).unwrap().name, "r0");
    let two = [
        Grant("app", &[("create", "", "pods", "")]),
        Grant("app", &[("create", "", "serviceaccounts/token", "victim")]),
    ];
    let text = [VICTIM, "---\n", &granted(&two)].concat();
    assert_eq!(check(&text, &start, &Sink::ClusterAdmin).removals.len(), 2);
}

#[test]
fn sections_about_namespaces_say_what_has_to_go() {
    let text = granted(&[
        Grant("app", &[("bind", RBAC, "clusterroles", ""), ("create", RBAC, "rolebindings", "")]),
        Grant("web", &[("escalate, update", RBAC, "roles", "")]),
    ]);
    let access = access("a.yaml", text.as_bytes());
    let escalations = Escalations::of(&access);
    let wanted = Wanted { sink: None, certainty: Certainty::Environment, with_system: false };
    let all = overview(&escalations, &wanted);
    let section = all.sections.iter().find(|it| it.reach == Reach::NamespaceAdmins).unwrap();
    let cut = section.cut.as_ref().unwrap();
    assert_eq!((cut.removals.len(), cut.is_smallest), (2, true), "{cut:?}");
    let start = [Who::parse(START).unwrap()];
    let less = without(&access, &text, &cut.removals);
    for sink in ["admin/app", "admin/web"] {
        assert!(is_reached(&text, &start, &sink.parse().unwrap()));
        assert!(!is_reached(&less, &start, &sink.parse().unwrap()));
    }
}
