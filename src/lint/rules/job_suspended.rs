//! Jobs that are suspended, and wait for somebody.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, Profile, Rule, Sink};
use crate::manifest::{Object, Typed};

pub(super) static RULE: Rule = Rule {
    id: "job-suspended",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a Job is suspended, so that it runs nothing until somebody changes that",
    page: include_str!("../../../rules/job-suspended.md"),
    check: Check::Object(check),
};

/// With this label Kueue resumes the Job in its turn.
const QUEUE: &str = "kueue.x-k8s.io/queue-name";

fn check(object: &Object<'_>, sink: &mut Sink<'_>) {
    let (field, spec, metadata) = match &object.typed {
        Typed::Job(job) => ("spec.suspend", job.spec.as_ref(), Some(&job.metadata)),
        Typed::CronJob(job) => {
            let template = &job.spec.job_template;
            ("spec.jobTemplate.spec.suspend", template.spec.as_ref(), template.metadata.as_ref())
        }
        _ => return,
    };
    let is_queued = metadata.is_some_and(|metadata| metadata.labels.iter().flatten().any(|(key, _)| key == QUEUE));
    let Some(spec) = spec.filter(|spec| spec.suspend == Some(true) && !is_queued) else { return };
    // Another controller may have its own way to resume what it manages.
    if spec.managed_by.is_none() {
        let fix = sink.removing_field(Safety::Unsafe, field);
        sink.report(object.written.place(field), "the Job is suspended: it runs nothing until somebody resumes it")
            .help("remove `suspend` to have it run")
            .field(field)
            .fix(fix);
    }
}
