//! Jobs whose command sleeps for ever.

use k8s_openapi::api::core::v1::Container;

use crate::diagnostic::{Category, Severity};
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

/// Whether all that a container does in the end is to sleep. Scripts that could end in another way are given the
/// benefit of the doubt.
pub(in crate::lint) fn never_ends(container: &Container) -> bool {
    let words: Vec<_> =
        [&container.command, &container.args].into_iter().flatten().flatten().map(String::as_str).collect();
    let Some((program, arguments)) = words.split_first() else { return false };
    let is_shell = matches!(program.rsplit('/').next(), Some("sh" | "bash" | "ash" | "dash"));
    match arguments.last() {
        Some(script) if is_shell => {
            let tokens: Vec<_> = script.split([' ', '\t', '\n', ';']).filter(|token| !token.is_empty()).collect();
            let may_end = ["||", "&&", "exit", "break", "trap", "kill"];
            !tokens.iter().any(|token| may_end.contains(token)) && sleeps(&tokens)
        }
        _ => sleeps(&words),
    }
}

fn sleeps(words: &[&str]) -> bool {
    match words {
        [.., program, "infinity" | "inf"] => is_program(program, "sleep"),
        [.., program, "-f" | "-F", "/dev/null"] => is_program(program, "tail"),
        [.., "while", "true" | ":", "do", "sleep", _, "done"] => true,
        _ => false,
    }
}

fn is_program(word: &str, name: &str) -> bool {
    word.rsplit('/').next() == Some(name)
}
