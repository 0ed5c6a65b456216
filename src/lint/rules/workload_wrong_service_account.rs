//! Pods that run as a ServiceAccount which is in another namespace.

use crate::diagnostic::{Category, Severity};
use crate::lint::references::{account_elsewhere, is_placed};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::WorkloadFacts;

pub(super) static RULE: Rule = Rule {
    id: "workload-wrong-service-account",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a workload's ServiceAccount is in another namespace",
    page: include_str!("../../../rules/workload-wrong-service-account.md"),
    check: Check::Workload(check),
};

fn check(workload: &InSet<'_, WorkloadFacts>, sink: &mut Sink<'_>) {
    let (access, name) = (workload.access, workload.facts.service_account.as_str());
    let Some(namespace) = workload.object.name.namespace.as_deref() else { return };
    if !is_placed(access, workload.object) || workload.knows_account(namespace, name) {
        return;
    }
    if let Some(other) = account_elsewhere(access, workload.object, namespace, name) {
        let there = other.name.namespace.as_deref().unwrap_or_default();
        sink.report(workload.facts.place, format!("there is no ServiceAccount `{name}` in namespace `{namespace}`"))
            .help(format!("it is in `{there}`; pods run only as ServiceAccounts of their own namespace: add one to it"))
            .related(other.span, "this one is in another namespace");
    }
}
