//! Hooks that are deleted before anybody has seen them end.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Object, Typed};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "job-ttl-under-hook",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a Job that is a hook of Helm or Argo CD deletes itself as soon as it has ended",
    page: include_str!("../../../rules/job-ttl-under-hook.md"),
    check: Check::Object(check),
};

/// What is too soon, in seconds.
const SOON: i32 = 10;
const HOOKS: [(&str, &str); 2] = [("helm.sh/hook", "Helm"), ("argocd.argoproj.io/hook", "Argo CD")];

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let Typed::Job(job) = &object.typed else { return };
    let ttl = job.spec.as_ref().and_then(|spec| spec.ttl_seconds_after_finished);
    let Some(ttl) = ttl.filter(|ttl| (0..SOON).contains(ttl)) else { return };
    let annotations = job.metadata.annotations.iter().flatten();
    let mut hook = annotations.filter_map(|(key, value)| {
        let (key, tool) = HOOKS.iter().find(|(hook, _)| hook == key)?;
        Some((key, tool, value))
    });
    let Some((key, tool, value)) = hook.next() else { return };
    let message = match ttl {
        0 => format!("the Job is deleted when it has ended, maybe before {tool} has seen that"),
        1 => format!("the Job is deleted 1 second after its end, maybe before {tool} has seen that"),
        _ => format!("the Job is deleted {ttl} seconds after its end, maybe before {tool} has seen that"),
    };
    let fix = sink.removing_field(Safety::Unsafe, "spec.ttlSecondsAfterFinished");
    sink.report(object.written.place("spec.ttlSecondsAfterFinished"), message)
        .help(format!("remove the field, and have {tool} delete the hook: `{key}-delete-policy`"))
        .field("spec.ttlSecondsAfterFinished")
        .fix(fix)
        .related(
            object.written.place(&format!("metadata.annotations[{key}]")),
            format!("a hook: `{}`", excerpt(value)),
        );
}
