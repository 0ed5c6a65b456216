//! Jobs that run the same pod several times over.

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-identical-pods",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Audit,
    summary: "a Job runs several pods to their end that nothing tells apart",
    page: include_str!("../../../rules/job-identical-pods.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.spec() else { return };
    let is_indexed = spec.completion_mode.as_deref().is_some_and(|mode| mode != "NonIndexed");
    let Some(completions) = spec.completions.filter(|completions| *completions > 1 && !is_indexed) else { return };
    sink.report(job.place("completions"), format!("nothing in the Job tells its {completions} pods apart"))
        .help("write `completionMode: Indexed` to give each a number, unless they share out the work by a queue")
        .field(job.field("completions"));
}
