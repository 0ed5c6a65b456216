//! What permissions add up to: each technique by itself, with the restriction that makes it harmless.

mod answers;
mod cluster;
mod credentials;
mod cuts;
mod reach;
mod rights;
mod threads;
mod workloads;

use std::fmt::Write as _;

use rolecall::query::Who;
use rolecall::query::escalation::{Certainty, Escalations, Sink, Wanted, individual};
use rolecall::report::{Look, access::escalation};

use crate::scratch::access;

/// Who begins in these tests.
const START: &str = "app:start";

/// A ServiceAccount of the same namespace that is cluster-admin.
const VICTIM: &str = "
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: victim, namespace: app}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: victim}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: victim, namespace: app}]
";

/// A Pod that runs as that one.
const VICTIM_RUNS: &str = "
---
apiVersion: v1
kind: Pod
metadata: {name: victim-0, namespace: app}
spec:
  serviceAccountName: victim
  containers: [{name: c, image: i}]
";

/// Rules for whoever begins, in a namespace, or in the whole cluster where that is empty: verbs, API group, resources, and
/// names where there are any.
struct Grant(&'static str, &'static [Rule]);

/// Verbs, API group, resources and names, each with commas between them.
type Rule = (&'static str, &'static str, &'static str, &'static str);

/// The manifests of whoever begins, with what they are granted.
fn granted(grants: &[Grant]) -> String {
    let mut text = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: start, namespace: app}\n".to_owned();
    for (number, Grant(namespace, rules)) in grants.iter().enumerate() {
        let (prefix, at) =
            if namespace.is_empty() { ("Cluster", String::new()) } else { ("", format!(", namespace: {namespace}")) };
        let rules: String = rules.iter().map(rule).collect();
        let _ = write!(
            text,
            "---
apiVersion: rbac.authorization.k8s.io/v1
kind: {prefix}Role
metadata: {{name: r{number}{at}}}
rules:
{rules}---
apiVersion: rbac.authorization.k8s.io/v1
kind: {prefix}RoleBinding
metadata: {{name: b{number}{at}}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {prefix}Role, name: r{number}}}
subjects: [{{kind: ServiceAccount, name: start, namespace: app}}]
"
        );
    }
    text
}

fn rule((verbs, group, resources, names): &Rule) -> String {
    let names = if names.is_empty() { String::new() } else { format!(", resourceNames: [{names}]") };
    format!("- {{verbs: [{verbs}], apiGroups: ['{group}'], resources: [{resources}]{names}}}\n")
}

/// How somebody comes to something, without the grants: how sure it is, then step by step; empty where they do not.
fn way(text: &str, who: &str, sink: &str) -> Vec<String> {
    let access = access("a.yaml", text.as_bytes());
    let escalations = Escalations::of(&access);
    let wanted = Wanted { sink: Some(sink.parse().unwrap()), certainty: Certainty::Environment, with_system: false };
    let answer = individual(&escalations, &Who::parse(who).unwrap(), &wanted);
    let text = escalation::human(&access, &answer, Look { color: false, width: 500 });
    let lines = text.lines().skip_while(|line| !line.starts_with("to "));
    let lines = lines.take_while(|line| !line.contains("without th")).filter(|line| !line.trim().is_empty());
    let lines = lines.filter(|line| !line.trim_start().starts_with("by "));
    let mut lines = lines.map(|line| line.trim().to_owned());
    let head = lines.next().and_then(|line| Some(line.split_once(": ")?.1.to_owned()));
    head.into_iter().chain(lines).collect()
}

/// Everything that whoever begins comes to.
fn reached(text: &str) -> Vec<String> {
    let access = access("a.yaml", text.as_bytes());
    let escalations = Escalations::of(&access);
    escalations.reached(&Who::parse(START).unwrap()).iter().map(Sink::to_string).collect()
}

/// Asserts that rules in the namespace of the victim lead to being cluster-admin, in these steps; and that others do not.
#[track_caller]
fn leads(beside: &str, grants: &[Grant], steps: &[&str]) {
    assert_eq!(way(&[&granted(grants), beside].concat(), START, "cluster-admin"), steps);
}

/// Asserts that whoever begins does not come to be cluster-admin.
#[track_caller]
fn leads_nowhere(beside: &str, grants: &[Grant]) {
    assert_eq!(way(&[&granted(grants), beside].concat(), START, "cluster-admin"), [""; 0]);
}
