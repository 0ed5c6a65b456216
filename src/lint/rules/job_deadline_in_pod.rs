//! Jobs whose deadline stands in the pod template, where it starts anew with each try.

use crate::diagnostic::{Category, Safety, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};
use crate::yaml::path::Path;

pub(super) static RULE: Rule = Rule {
    id: "job-deadline-in-pod",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a deadline stands in the pod template, where each retry starts it anew",
    page: include_str!("../../../rules/job-deadline-in-pod.md"),
    check: Check::JobTemplate(check),
};

/// What `backoffLimit` is where it is not set.
const RETRIES: i32 = 6;

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let (Some(spec), Some(pod)) = (job.spec(), job.pod()) else { return };
    let Some(seconds) = pod.active_deadline_seconds.filter(|seconds| *seconds > 0) else { return };
    let retries = spec.backoff_limit.unwrap_or(RETRIES);
    // Without retries, and with as many of them as there are work items, the pods are all that there is to limit.
    if spec.active_deadline_seconds.is_some() || spec.backoff_limit_per_index.is_some() || retries <= 0 {
        return;
    }
    let pods = i64::from(retries).saturating_add(1);
    let message = format!(
        "a pod has {seconds} seconds, but the Job tries {pods} times: it can take {} and longer",
        seconds.saturating_mul(pods)
    );
    let fix = sink.fix(Safety::Unsafe, "move it to the Job", |text| {
        let (of_pod, of_job) = ("template.spec.activeDeadlineSeconds", "activeDeadlineSeconds");
        text.move_scalar(&Path::parse(&job.field(of_pod)), &Path::parse(&job.field(of_job)))
    });
    sink.report(job.place("template.spec.activeDeadlineSeconds"), message)
        .help(format!("to limit the Job, set `{}`", job.field("activeDeadlineSeconds")))
        .field(job.field("template.spec.activeDeadlineSeconds"))
        .fix(fix);
}
