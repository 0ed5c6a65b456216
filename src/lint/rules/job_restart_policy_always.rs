//! Jobs whose pods are to be restarted whenever they end.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-restart-policy-always",
    category: Category::Invalid,
    severity: Severity::Error,
    summary: "a Job's pods have restartPolicy Always, or none, which means the same",
    page: include_str!("../../../rules/job-restart-policy-always.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    // Unset and empty are defaulted alike (SetDefaults_PodSpec in core/v1/defaults.go).
    let message = match job.pod().and_then(|pod| pod.restart_policy.as_deref()) {
        Some("Always") => "a Job's pods cannot have restartPolicy `Always`",
        Some("") => "an empty `restartPolicy` defaults to `Always`, which a Job's pods cannot have",
        None => "no `restartPolicy`: it defaults to `Always`, which a Job's pods cannot have",
        Some(_) => return,
    };
    let never_only = job.spec().is_some_and(|spec| spec.pod_failure_policy.is_some());
    let help = if never_only {
        "set `restartPolicy: Never`, the only value that goes with a podFailurePolicy"
    } else {
        "set `restartPolicy: Never` to have each try in a new pod, or `OnFailure` to restart containers in place"
    };
    sink.report(job.place("template.spec.restartPolicy"), message)
        .help(help)
        .field(job.field("template.spec.restartPolicy"));
}
