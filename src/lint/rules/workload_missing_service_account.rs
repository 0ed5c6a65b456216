//! Pods whose ServiceAccount is not among all that was read.

use crate::diagnostic::{Category, Severity};
use crate::lint::references::{account_elsewhere, is_placed};
use crate::lint::role_rules::is_placeholder;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::WorkloadFacts;

pub(super) static RULE: Rule = Rule {
    id: "workload-missing-service-account",
    category: Category::Reference,
    severity: Severity::Info,
    profile: Profile::Audit,
    summary: "a workload's ServiceAccount is not among all that was read",
    page: include_str!("../../../rules/workload-missing-service-account.md"),
    check: Check::Workload(check),
};

fn check(workload: &InSet<'_, WorkloadFacts>, sink: &mut Sink<'_>) {
    let (access, name) = (workload.access, workload.facts.service_account.as_str());
    let Some(namespace) = workload.object.name.namespace.as_deref() else { return };
    let is_elsewhere = workload.account_was_deleted(namespace, name)
        || account_elsewhere(access, workload.object, namespace, name).is_some();
    let is_known = workload.knows_account(namespace, name) || is_placeholder(name);
    if is_placed(access, workload.object) && !is_known && !is_elsewhere {
        sink.report(workload.facts.place, format!("ServiceAccount `{namespace}/{name}` is not among what was read"))
            .help("no pod starts without it; read the manifests that it comes from, too");
    }
}
