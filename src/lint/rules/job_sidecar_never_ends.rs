//! Jobs that a container beside the work keeps from ending.

use k8s_openapi::api::core::v1::{Container, PodSpec};

use crate::diagnostic::{Category, Severity};
use crate::lint::{Check, JobTemplate, Profile, Rule, Sink};
use crate::yaml::excerpt;

pub(super) static RULE: Rule = Rule {
    id: "job-sidecar-never-ends",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    summary: "a container that runs for ever stands beside the work of a Job, which then never ends",
    page: include_str!("../../../rules/job-sidecar-never-ends.md"),
    check: Check::JobTemplate(check),
};

/// The last part of images that serve until they are ended, and do no work of their own.
const SERVERS: [&str; 17] = [
    "proxyv2",
    "linkerd2-proxy",
    "envoy",
    "gce-proxy",
    "cloud-sql-proxy",
    "alloydb-auth-proxy",
    "aws-sigv4-proxy",
    "oauth2-proxy",
    "pgbouncer",
    "fluent-bit",
    "fluentd",
    "filebeat",
    "promtail",
    "vector",
    "opentelemetry-collector",
    "opentelemetry-collector-contrib",
    "aws-otel-collector",
];

/// Words with which somebody ends a container from another one.
const ENDS: [&str; 4] = ["quitquitquit", "linkerd-await", "kill", "shutdown"];

fn check(job: &JobTemplate<'_>, sink: &mut Sink<'_>) {
    let Some(pod) = job.pod() else { return };
    let is_ended = pod.share_process_namespace == Some(true) || pod.containers.iter().any(ends_others);
    if pod.containers.len() < 2 || is_ended || pod.containers.iter().all(serves) {
        return;
    }
    for (index, container) in pod.containers.iter().enumerate().filter(|(_, container)| serves(container)) {
        let field = format!("template.spec.containers[{index}]");
        let image = container.image.as_deref().unwrap_or_default();
        let message = format!("`{}` does not end by itself: the Job never completes", excerpt(image));
        sink.report(job.place(&format!("{field}.image")), message).help(help(pod)).field(job.field(&field));
    }
}

fn help(pod: &PodSpec) -> &'static str {
    match &pod.init_containers {
        Some(init) if !init.is_empty() => "make it the last of `initContainers`, with `restartPolicy: Always`",
        _ => "move it to `initContainers`, with `restartPolicy: Always`",
    }
}

/// Whether a container runs the image of a server as it is, and not a script that may end it.
fn serves(container: &Container) -> bool {
    let image = container.image.as_deref().unwrap_or_default();
    let (path, _) = image.split_once('@').unwrap_or((image, ""));
    let last = path.rsplit('/').next().unwrap_or_default();
    let (name, _) = last.split_once(':').unwrap_or((last, ""));
    let command = container.command.as_deref().unwrap_or_default();
    let program = command.first().map_or("", |program| program.rsplit('/').next().unwrap_or_default());
    let is_script =
        matches!(program, "sh" | "bash" | "ash" | "dash" | "busybox" | "timeout" | "env" | "python" | "python3");
    SERVERS.contains(&name) && !is_script
}

fn ends_others(container: &Container) -> bool {
    let words = [&container.command, &container.args].into_iter().flatten().flatten();
    let names = container.env.iter().flatten().map(|variable| &variable.name);
    words.chain(names).any(|word| ENDS.iter().any(|end| word.to_lowercase().contains(end)))
}
