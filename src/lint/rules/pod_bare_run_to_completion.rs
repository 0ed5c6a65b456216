//! Pods that should be Jobs.

use crate::diagnostic::{Category, Severity};
use crate::lint::bare_pod::bare;
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::Object;

pub(super) static RULE: Rule = Rule {
    id: "pod-bare-run-to-completion",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Pod that runs to completion is not made by a Job",
    page: include_str!("../../../rules/pod-bare-run-to-completion.md"),
    check: Check::Object(check),
};

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = bare(object) else { return };
    let Some(policy @ ("Never" | "OnFailure")) = spec.restart_policy.as_deref() else { return };
    let message = format!("a Pod that runs to completion (`restartPolicy: {policy}`) is lost with its node");
    sink.report(object.written.place("kind"), message)
        .help("write a Job: it sees the work through on another node, and counts the attempts");
}
