//! Tokens in pods that have no use for them.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::references::is_settled;
use crate::lint::tokens::mounts;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::WorkloadFacts;
use crate::yaml::edit::Word;
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "workload-automounts-token",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Audit,
    summary: "a token is mounted into pods whose ServiceAccount is granted nothing",
    page: include_str!("../../../rules/workload-automounts-token.md"),
    check: Check::Workload(check),
};

fn check(workload: &InSet<'_, WorkloadFacts>, sink: &mut Sink<'_>) {
    let (access, name) = (workload.access, workload.facts.service_account.as_str());
    let Some(namespace) = workload.object.name.namespace.as_deref() else { return };
    let is_bound = access.known().account_of(namespace, name).is_some_and(|account| account.is_bound);
    let may_use_it = is_bound
        || workload.index.accounts().is_granted(namespace, name)
        || workload.external.has_service_account(namespace, name);
    if may_use_it || !is_settled(access, workload.object) || mounts(workload, namespace) != Some(true) {
        return;
    }
    let fix = sink.setting(Safety::Unsafe, &field(workload), Word::Bare("false"));
    let message = format!("a token of `{}` is mounted, and no binding that was read grants it anything", excerpt(name));
    sink.report(workload.facts.automount_place, message)
        .help("write `automountServiceAccountToken: false` where the pods do not talk to the API server")
        .fix(fix);
}

/// The field that says whether it is mounted.
fn field(workload: &InSet<'_, WorkloadFacts>) -> String {
    let pod = match workload.object.name.kind {
        "Pod" => "spec",
        "CronJob" => "spec.jobTemplate.spec.template.spec",
        _ => "spec.template.spec",
    };
    format!("{pod}.automountServiceAccountToken")
}
