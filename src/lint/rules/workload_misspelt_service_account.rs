//! Pods that run as a ServiceAccount whose name is a slip of the pen.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::references::{account_meant, is_settled};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::WorkloadFacts;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "workload-misspelt-service-account",
    category: Category::Reference,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a workload runs as a ServiceAccount that is not there, and one of nearly the same name is",
    page: include_str!("../../../rules/workload-misspelt-service-account.md"),
    check: Check::Workload(check),
};

fn check(workload: &InSet<'_, WorkloadFacts>, sink: &mut Sink<'_>) {
    let name = workload.facts.service_account.as_str();
    let Some(namespace) = workload.object.name.namespace.as_deref() else { return };
    if !is_settled(workload.access, workload.object) {
        return;
    }
    if let Some(meant) = account_meant(workload, namespace, name, |account| !account.workloads.is_empty()) {
        let (shown, namespace) = (excerpt(name), excerpt(namespace));
        let fix = sink.writing(Safety::Unsafe, workload.facts.place, &meant.name.name);
        sink.report(workload.facts.place, format!("there is no ServiceAccount `{shown}` in namespace `{namespace}`"))
            .help(format!("did you mean `{}`? nothing runs as that one", excerpt(&meant.name.name)))
            .related(meant.span, "this one is there")
            .fix(fix);
    }
}
