//! Pods that nothing looks after: no controller made them, and none makes them again.

use k8s_openapi::api::core::v1::{Container, Pod, PodSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::endless::never_ends;
use crate::manifest::{Object, Typed};

/// Annotations and labels of pods that are made, run once or taken care of by something else.
const LOOKED_AFTER: [&str; 6] = [
    "helm.sh/hook",
    "argocd.argoproj.io/hook",
    "kubernetes.io/config.mirror",
    "kubernetes.io/config.source",
    "kubernetes.io/config.hash",
    "kueue.x-k8s.io/queue-name",
];

/// The spec of a pod that nothing looks after; `None` for any other object, for pods of the node itself, and for those in
/// which somebody only wants to look around.
pub(super) fn bare<'a>(object: &'a Object<'_>) -> Option<&'a PodSpec> {
    let Typed::Pod(pod) = &object.typed else { return None };
    let Pod { metadata, spec: Some(spec), .. } = &**pod else { return None };
    let is_owned = metadata.owner_references.as_ref().is_some_and(|owners| !owners.is_empty());
    let is_bare = !is_owned && !is_looked_after(metadata) && !is_of_the_node(metadata, spec);
    (is_bare && !spec.containers.iter().all(idles)).then_some(spec)
}

fn is_looked_after(metadata: &ObjectMeta) -> bool {
    let written = metadata.annotations.iter().chain(&metadata.labels).flatten();
    written.into_iter().any(|(key, _)| LOOKED_AFTER.contains(&key.as_str()))
}

/// Whether the kubelet runs the pod from a file, or it is meant for a certain node.
fn is_of_the_node(metadata: &ObjectMeta, spec: &PodSpec) -> bool {
    let is_critical = spec.priority_class_name.as_deref().is_some_and(|name| name.starts_with("system-"));
    let is_of_the_system = metadata.namespace.as_deref() == Some("kube-system");
    let has_name = spec.node_name.as_ref().is_some_and(|name| !name.is_empty());
    has_name || (is_of_the_system && (is_critical || spec.host_network == Some(true)))
}

/// Whether a container does nothing but pass the time.
fn idles(container: &Container) -> bool {
    let words: Vec<_> = container.command.iter().chain(&container.args).flatten().map(String::as_str).collect();
    let is_called = |word: &str, names: &[&str]| names.contains(&word.rsplit('/').next().unwrap_or_default());
    let sleeps = match words.as_slice() {
        [shell, "-c", script] => is_called(shell, &["sh", "bash", "ash"]) && is_only_sleep(script),
        [first, ..] => is_called(first, &["sleep"]),
        [] => false,
    };
    sleeps || never_ends(container)
}

/// Whether a script is `sleep` and a time, with nothing before or behind it.
fn is_only_sleep(script: &str) -> bool {
    let mut words = script.trim().trim_end_matches(';').split_whitespace();
    let (first, rest) = (words.next(), words.collect::<Vec<_>>());
    first == Some("sleep") && rest.len() == 1
}
