//! Jobs that stay when they have ended.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Object, Typed};
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "job-missing-ttl",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Job is never deleted when it has ended",
    page: include_str!("../../../rules/job-missing-ttl.md"),
    check: Check::Object(check),
};

/// What has Jobs deleted in another way.
const HOOKS: [&str; 3] = ["helm.sh/hook", "argocd.argoproj.io/hook", "argocd.argoproj.io/hook-delete-policy"];

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Typed::Job(job) = &object.typed else { return };
    let is_hook = job.metadata.annotations.iter().flatten().any(|(key, _)| HOOKS.contains(&key.as_str()));
    let is_owned = job.metadata.owner_references.as_ref().is_some_and(|owners| !owners.is_empty());
    let Some(spec) = job.spec.as_ref().filter(|_| !is_hook && !is_owned) else { return };
    if spec.ttl_seconds_after_finished.is_none() {
        let message = "no `ttlSecondsAfterFinished`: the Job and its pods stay until somebody deletes them";
        let field = "spec.ttlSecondsAfterFinished";
        let fix = sink.setting(Safety::Unsafe, field, Word::Bare("86400"));
        sink.report(object.written.place(field), message)
            .help("say how many seconds after its end it may be deleted, such as 86400 for a day")
            .field(field)
            .fix(fix);
    }
}
