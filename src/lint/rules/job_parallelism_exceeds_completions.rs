//! Jobs that ask for more pods at a time than they will ever run.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};
use crate::yaml::edit::Word;

pub(super) static RULE: Rule = Rule {
    id: "job-parallelism-exceeds-completions",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a Job's parallelism is larger than its completions, so that the rest is never used",
    page: include_str!("../../../rules/job-parallelism-exceeds-completions.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.spec() else { return };
    let (Some(parallelism), Some(completions)) = (spec.parallelism, spec.completions) else { return };
    // Negative completions are refused, and with none nothing runs at all, which are other matters.
    if completions <= 0 || parallelism <= completions {
        return;
    }
    let field = job.field("parallelism");
    // The completions of an Indexed Job may be raised later, together with its parallelism.
    let is_indexed = spec.completion_mode.as_deref() == Some("Indexed");
    let safety = if is_indexed { Safety::Unsafe } else { Safety::Safe };
    let fix = sink.setting(safety, &field, Word::Bare(&completions.to_string()));
    sink.report(job.place("parallelism"), format!("`parallelism` is {parallelism}, but {}", ever_running(completions)))
        .help(format!("lower `parallelism` to {completions}, or raise `completions`"))
        .field(field)
        .fix(fix)
        .related(job.place("completions"), format!("`completions` is {completions}"));
}

fn ever_running(completions: i32) -> String {
    match completions {
        1 => "no more than 1 pod ever runs at a time".to_owned(),
        _ => format!("no more than {completions} pods ever run at a time"),
    }
}
