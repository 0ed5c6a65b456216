//! Pod templates (`ValidatePodTemplateSpec` in pkg/apis/core/validation/validation.go of Kubernetes).
//!
//! Functions are named after what they look at, and say which function of Kubernetes they follow. What the defaults
//! (pkg/apis/core/v1/defaults.go) would fill in is taken as filled in; what the API server drops, because a feature is
//! off, is not looked at ([`features`]).

use k8s_openapi::api::core::v1::{PodSpec, PodTemplateSpec};

use super::errors::Errors;
use super::field::Field;
use super::{metadata, names};
use containers::Pod;
pub(crate) use references::FIELDS_OF_ENVIRONMENT;
use texts::given;

mod addresses;
mod annotations;
mod claims;
mod containers;
mod env;
mod env_files;
mod features;
mod mounts;
mod network;
mod os;
mod pod_resources;
mod ports;
mod probes;
mod references;
mod resources;
mod restart;
mod scheduling;
mod security;
#[cfg(test)]
mod tests;
mod texts;
mod volumes;

/// How long a pod may take to end where it does not say so.
const GRACE_PERIOD: i64 = 30;

/// `ValidatePodTemplateSpec`, after the defaults.
pub(super) fn pod_template(template: &PodTemplateSpec, field: &Field<'_>, errors: &mut Errors) {
    let nothing = PodSpec::default();
    let spec = template.spec.as_ref().unwrap_or(&nothing);
    let at = field.name("spec");
    let at_metadata = field.name("metadata").unsaid();
    let annotations = template.metadata.as_ref().and_then(|metadata| metadata.annotations.as_ref());
    if let Some(metadata) = &template.metadata {
        metadata::labels(metadata.labels.as_ref(), &at_metadata.name("labels"), errors);
    }
    if let Some(annotations) = annotations {
        let field = at_metadata.name("annotations");
        metadata::annotations(Some(annotations), &field, errors);
        annotations::of_pod(annotations, spec, &field, errors);
    }
    pod_spec(spec, &at, errors);
    if let Some(annotations) = annotations {
        annotations::match_fields(annotations, spec, &at, errors);
    }
    if spec.ephemeral_containers.as_ref().is_some_and(|containers| !containers.is_empty()) {
        errors.forbidden(&at.name("ephemeralContainers"), "ephemeral containers not allowed in pod template");
    }
}

/// `ValidatePodSpec`.
fn pod_spec(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let restart_policy = Some(given(spec.restart_policy.as_ref())).filter(|policy| !policy.is_empty());
    let restart_policy = restart_policy.unwrap_or("Always");
    let volumes = spec.volumes.as_deref().unwrap_or_default();
    let has_user_namespaces = errors.version().at_least(features::USER_NAMESPACES);
    let pod = Pod {
        volumes: volumes::volumes(volumes, &field.name("volumes"), errors),
        claims: claims::names(spec),
        grace_period: spec.termination_grace_period_seconds.unwrap_or(GRACE_PERIOD),
        restart_policy,
        has_host_users: spec.host_users != Some(false) || !has_user_namespaces,
    };
    claims::claims(spec, &field.name("resourceClaims"), errors);
    containers::containers(&spec.containers, &pod, &field.name("containers"), errors);
    containers::init_containers(spec, &pod, &field.name("initContainers"), errors);
    containers::ephemeral_containers(spec, &pod, &field.name("ephemeralContainers"), errors);
    pod_resources::of_pod(spec, &pod.claims, field, errors);
    for check in CHECKS {
        check(spec, field, errors);
    }
}

/// A check of the spec of a pod, which stands at the field.
type Check = fn(&PodSpec, &Field<'_>, &mut Errors);

/// What is checked after the containers, in the order of the API server.
const CHECKS: [Check; 24] = [
    ports::of_host_network,
    restart::of_pod,
    network::dns_policy,
    scheduling::node_selector,
    security::pod::context,
    scheduling::affinity,
    network::dns_config,
    scheduling::readiness_gates,
    scheduling::gates,
    scheduling::spread,
    security::windows::host_processes,
    security::pod::host_users,
    network::hostname_override,
    service_account,
    scheduling::node_name,
    active_deadline,
    network::hostname_and_subdomain,
    scheduling::tolerations,
    network::host_aliases,
    scheduling::classes,
    scheduling::preemption,
    resources::overhead,
    os::os,
    env_files::volumes_of_files,
];

fn service_account(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let account = given(spec.service_account_name.as_ref());
    if !account.is_empty() {
        texts::check(account, names::dns_subdomain, &field.name("serviceAccountName"), errors);
        return;
    }
    let account = given(spec.service_account.as_ref());
    if !account.is_empty() {
        let field = field.name("serviceAccount").unsaid();
        texts::check(account, names::dns_subdomain, &field.name("serviceAccountName").unwritten(), errors);
    }
}

fn active_deadline(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    if let Some(seconds) = spec.active_deadline_seconds {
        texts::check_range(seconds, 1, i32::MAX.into(), &field.name("activeDeadlineSeconds"), errors);
    }
}
