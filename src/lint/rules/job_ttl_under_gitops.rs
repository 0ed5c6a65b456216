//! Jobs that delete themselves from under what keeps them up.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Deployer, Object, Typed};

pub(super) static RULE: Rule = Rule {
    id: "job-ttl-under-gitops",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Audit,
    summary: "a Job that GitOps keeps up deletes itself, and is made again",
    page: include_str!("../../../rules/job-ttl-under-gitops.md"),
    check: Check::Object(check),
};

/// What has the Job left alone once it has run.
const LEFT_ALONE: [&str; 3] = ["argocd.argoproj.io/hook", "helm.sh/hook", "kustomize.toolkit.fluxcd.io/reconcile"];

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Typed::Job(job) = &object.typed else { return };
    let is_left_alone = job.metadata.annotations.iter().flatten().any(|(key, _)| LEFT_ALONE.contains(&key.as_str()));
    let has_ttl = job.spec.as_ref().is_some_and(|spec| spec.ttl_seconds_after_finished.is_some());
    let Some(deployer @ (Deployer::ArgoCd | Deployer::Flux)) = Deployer::of(&job.metadata) else { return };
    if has_ttl && !is_left_alone {
        let message = match deployer {
            Deployer::Flux => "Flux makes the Job again each time that it has deleted itself, and it runs again",
            _ => "Argo CD finds the Job out of sync once it has deleted itself, and may run it again",
        };
        let help = match deployer {
            Deployer::Flux => "remove the field; where the Job is to run once for each change, let Flux force it",
            _ => "remove the field, or make the Job a hook: `argocd.argoproj.io/hook: Sync`",
        };
        sink.report(object.written.place("spec.ttlSecondsAfterFinished"), message)
            .help(help)
            .field("spec.ttlSecondsAfterFinished");
    }
}
