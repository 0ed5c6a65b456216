//! Jobs whose command sleeps for ever.

use crate::diagnostic::{Category, Severity};
use crate::lint::endless::never_ends;
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "job-endless-command",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a container of a Job sleeps for ever, so that the Job never completes",
    page: include_str!("../../../rules/job-endless-command.md"),
    check: Check::JobTemplate(check),
};

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let containers = job.pod().map(|pod| pod.containers.as_slice()).unwrap_or_default();
    for (index, _) in containers.iter().enumerate().filter(|(_, container)| never_ends(container)) {
        let container = format!("template.spec.containers[{index}]");
        let has_args = containers.get(index).is_some_and(|it| it.args.as_ref().is_some_and(|args| !args.is_empty()));
        let field = format!("{container}.{}", if has_args { "args" } else { "command" });
        sink.report(job.place(&field), "the command never ends, and the Job never completes")
            .help("run what is to be done, and end; for something that stays, write a Deployment or a Pod")
            .field(job.field(&field));
    }
}
