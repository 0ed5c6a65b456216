//! Containers of all sorts.

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{Container, EphemeralContainer, PodSpec, ResourceRequirements};

use super::super::errors::Errors;
use super::super::field::Field;
use super::super::names;
use super::mounts::Volumes;
use super::ports::HostPorts;
use super::security::container as security;
use super::texts::{self, given};
use super::{env, features, mounts, ports, probes, resources, restart};

/// What the checks of a container have to know about its pod, after the defaults.
pub(super) struct Pod<'p> {
    /// The volumes with which nothing is wrong.
    pub(super) volumes: Volumes<'p>,
    /// The names of its resource claims.
    pub(super) claims: BTreeSet<&'p str>,
    /// How long it may take to end.
    pub(super) grace_period: i64,
    /// Its `restartPolicy`.
    pub(super) restart_policy: &'p str,
    /// Whether its users are those of the node.
    pub(super) has_host_users: bool,
}

/// Every container of a pod, with the field of the list that it is in: `VisitContainersWithPath`.
pub(super) fn every(spec: &PodSpec) -> impl Iterator<Item = (&'static str, usize, &Container)> {
    let init_containers = spec.init_containers.iter().flatten().enumerate();
    let init_containers = init_containers.map(|(index, container)| ("initContainers", index, container));
    let containers = spec.containers.iter().enumerate();
    init_containers.chain(containers.map(|(index, container)| ("containers", index, container)))
}

/// `validateContainers`.
pub(super) fn containers(containers: &[Container], pod: &Pod<'_>, field: &Field<'_>, errors: &mut Errors) {
    if containers.is_empty() {
        errors.required(field, "");
        return;
    }
    let mut names = BTreeSet::new();
    for (index, container) in containers.iter().enumerate() {
        let field = field.index(index);
        any_container(container, pod, &field, errors);
        if !names.insert(container.name.as_str()) {
            errors.duplicate(&field.name("name"), &container.name);
        }
        probes::of_container(container, pod.grace_period, &field, errors);
        restart::of_container(container, &field, errors);
    }
    let mut ports = HostPorts::default();
    for (index, container) in containers.iter().enumerate() {
        ports.take(container, &field.index(index), errors);
    }
}

/// `validateInitContainers`.
pub(super) fn init_containers(spec: &PodSpec, pod: &Pod<'_>, field: &Field<'_>, errors: &mut Errors) {
    let mut names: BTreeSet<_> = spec.containers.iter().map(|container| container.name.as_str()).collect();
    for (index, container) in spec.init_containers.iter().flatten().enumerate() {
        let at = field.index(index);
        any_container(container, pod, &at, errors);
        restart::of_init_container(container, &at, errors);
        let name = container.name.as_str();
        if names.contains(name) {
            errors.duplicate(&at.name("name"), name);
        } else if !name.is_empty() {
            names.insert(name);
        }
        // The API server looks at each of them alone, and calls it the first one.
        HostPorts::default().take(container, &at.unsaid().index(0).unwritten(), errors);
        if restart::is_sidecar(container) {
            probes::of_container(container, pod.grace_period, &at, errors);
        } else {
            probes::of_init_container(container, &at, errors);
            resize_of_init_container(container, &at, errors);
        }
    }
}

fn resize_of_init_container(container: &Container, field: &Field<'_>, errors: &mut Errors) {
    if !errors.version().at_least(features::RESIZE_OF_INIT_CONTAINERS) {
        return;
    }
    let field = field.name("resizePolicy");
    for (index, policy) in container.resize_policy.iter().flatten().enumerate() {
        if policy.restart_policy == "RestartContainer" {
            let detail = "must not be set to 'RestartContainer' for non-sidecar initContainers";
            errors.invalid(&field.index(index).name("restartPolicy"), &policy.restart_policy, detail);
        }
    }
}

/// `validateEphemeralContainers`, and that a template has none.
pub(super) fn ephemeral_containers(spec: &PodSpec, pod: &Pod<'_>, field: &Field<'_>, errors: &mut Errors) {
    let others: BTreeSet<_> = every(spec).map(|(_, _, container)| container.name.as_str()).collect();
    let mut names = others.clone();
    for (index, container) in spec.ephemeral_containers.iter().flatten().enumerate() {
        let field = field.index(index);
        any_container(&like_others(container), pod, &field, errors);
        let image = given(container.image.as_ref());
        if image.trim() != image {
            errors.invalid(&field.name("image"), image, "must not have leading or trailing whitespace");
        }
        if !names.insert(container.name.as_str()) {
            errors.duplicate(&field.name("name"), &container.name);
        }
        let target = given(container.target_container_name.as_ref());
        if !target.is_empty() && !others.contains(target) {
            errors.not_found(&field.name("targetContainerName"), target);
        }
        only_of_others(container, &field, errors);
    }
}

/// What an ephemeral container has in common with others.
fn like_others(container: &EphemeralContainer) -> Container {
    let container = container.clone();
    Container {
        env: container.env,
        env_from: container.env_from,
        image: container.image,
        image_pull_policy: container.image_pull_policy,
        name: container.name,
        ports: container.ports,
        resize_policy: container.resize_policy,
        resources: container.resources,
        security_context: container.security_context,
        termination_message_policy: container.termination_message_policy,
        volume_devices: container.volume_devices,
        volume_mounts: container.volume_mounts,
        ..Container::default()
    }
}

/// What ephemeral containers cannot have.
fn only_of_others(container: &EphemeralContainer, field: &Field<'_>, errors: &mut Errors) {
    let detail = "cannot be set for an Ephemeral Container";
    let version = errors.version();
    let restarts = version.at_least(features::CONTAINER_RESTART_RULES);
    for (name, is_there) in [
        ("ports", container.ports.is_some()),
        ("resources", container.resources.as_ref().is_some_and(|it| *it != ResourceRequirements::default())),
        ("resizePolicy", container.resize_policy.is_some() && version.at_least(features::RESIZE)),
        ("restartPolicy", container.restart_policy.is_some()),
        ("restartPolicyRules", container.restart_policy_rules.is_some() && restarts),
        ("livenessProbe", container.liveness_probe.is_some()),
        ("readinessProbe", container.readiness_probe.is_some()),
        ("startupProbe", container.startup_probe.is_some()),
        ("lifecycle", probes::has_lifecycle(container.lifecycle.as_ref(), errors)),
    ] {
        if is_there {
            errors.forbidden(&field.name(name), detail);
        }
    }
    let field = field.name("volumeMounts");
    for (index, mount) in container.volume_mounts.iter().flatten().enumerate() {
        for (name, path) in [("subPath", &mount.sub_path), ("subPathExpr", &mount.sub_path_expr)] {
            if !given(path.as_ref()).is_empty() {
                errors.forbidden(&field.index(index).name(name), detail);
            }
        }
    }
}

/// `validateContainerCommon`.
fn any_container(container: &Container, pod: &Pod<'_>, field: &Field<'_>, errors: &mut Errors) {
    texts::check_required(&container.name, names::dns_label, &field.name("name"), errors);
    texts::require(given(container.image.as_ref()), &field.name("image"), errors);
    let policy = given(container.termination_message_policy.as_ref());
    let supported = ["File", "FallbackToLogsOnError"];
    if !policy.is_empty() && !supported.contains(&policy) {
        errors.not_supported(&field.name("terminationMessagePolicy"), policy, &supported);
    }
    let ports = container.ports.as_deref().unwrap_or_default();
    ports::ports(ports, &field.name("ports"), errors);
    env::variables(container.env.as_deref().unwrap_or_default(), &field.name("env"), errors);
    env::sources(container.env_from.as_deref().unwrap_or_default(), &field.name("envFrom"), errors);
    mounts::mounts(container, &pod.volumes, &field.name("volumeMounts"), errors);
    mounts::devices(container, &pod.volumes, &field.name("volumeDevices"), errors);
    pull_policy(given(container.image_pull_policy.as_ref()), &field.name("imagePullPolicy"), errors);
    if let Some(requirements) = &container.resources {
        let field = field.name("resources");
        resources::requirements(requirements, resources::container_name, &pod.claims, &field, errors);
    }
    if errors.version().at_least(features::RESIZE) {
        let policies = container.resize_policy.as_deref().unwrap_or_default();
        resources::resize(policies, pod.restart_policy, &field.name("resizePolicy"), errors);
    }
    if let Some(context) = &container.security_context {
        security::context(context, pod.has_host_users, &field.name("securityContext"), errors);
    }
}

/// `validatePullPolicy`. Where it is left out, the defaults fill it in, depending on the tag of the image.
pub(super) fn pull_policy(policy: &str, field: &Field<'_>, errors: &mut Errors) {
    let supported = ["Always", "IfNotPresent", "Never"];
    if !policy.is_empty() && !supported.contains(&policy) {
        errors.not_supported(field, policy, &supported);
    }
}
