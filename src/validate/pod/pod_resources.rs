//! Resources that a pod asks for as a whole (`validatePodResources`).

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{Container, PodSpec, ResourceRequirements};

use super::super::errors::Errors;
use super::super::field::Field;
use super::resources::{self, Amounts};
use super::{features, restart};

/// `validatePodResources`; the field is the spec of the pod.
pub(super) fn of_pod(spec: &PodSpec, claims_of_pod: &BTreeSet<&str>, field: &Field<'_>, errors: &mut Errors) {
    let is_known = errors.version().at_least(features::POD_RESOURCES);
    let Some(requirements) = spec.resources.as_ref().filter(|_| is_known) else { return };
    let at = field.name("resources");
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        errors.forbidden(&at, "may not be set for a windows pod");
        return;
    }
    if requirements.claims.is_some() {
        errors.forbidden(&at.name("claims"), "claims may not be set for Resources at pod-level");
    }
    resources::requirements(requirements, resources::pod_name, claims_of_pod, &at, errors);
    aggregates(spec, requirements, &at, errors);
    limits_of_containers(spec, requirements, field, errors);
}

/// What the containers ask for together has to fit.
fn aggregates(spec: &PodSpec, requirements: &ResourceRequirements, field: &Field<'_>, errors: &mut Errors) {
    let requests = resources::amounts(requirements.requests.as_ref());
    let together = aggregate(spec, |of_container| resources::amounts(of_container.requests.as_ref()));
    for (name, sum) in together {
        if let Some(request) = requests.get(name).filter(|request| sum.compare(request).is_gt()) {
            let detail = format!("must be greater than or equal to aggregate container requests of {sum}");
            errors.invalid(&field.name("requests").key(name), request.to_string(), detail);
        }
    }
    let limits = resources::amounts(requirements.limits.as_ref());
    let together = aggregate(spec, |of_container| resources::amounts(of_container.limits.as_ref()));
    for (name, sum) in together.into_iter().filter(|(name, _)| name.starts_with("hugepages-")) {
        if let Some(limit) = limits.get(name).filter(|limit| sum.compare(limit).is_gt()) {
            let detail = format!("must be greater than or equal to aggregate container limits of {sum}");
            errors.invalid(&field.name("limits").key(name), limit.to_string(), detail);
        }
    }
}

/// The limit of a container may not exceed the pod's. The API server puts the path together in an order of its own.
fn limits_of_containers(spec: &PodSpec, requirements: &ResourceRequirements, field: &Field<'_>, errors: &mut Errors) {
    let limits = resources::amounts(requirements.limits.as_ref());
    let made_up = field.name("resources").unwritten();
    let containers = made_up.name("containers");
    for (index, container) in spec.containers.iter().enumerate() {
        let of_container = container.resources.as_ref().and_then(|resources| resources.limits.as_ref());
        for (name, limit) in resources::amounts(of_container) {
            if let Some(most) = limits.get(name).filter(|most| limit.compare(most).is_gt()) {
                let detail = format!("must be less than or equal to pod limits of {most}");
                let resources = containers.index(index);
                let resources = resources.name("resources").unsaid();
                let at = resources.name("limits").unsaid();
                errors.invalid(&at.key(name).name("limits").unwritten(), limit.to_string(), detail);
            }
        }
    }
}

/// `AggregateContainerRequests` and `AggregateContainerLimits`: the containers and sidecars together, or more where an
/// init container needs more beside the sidecars before it.
fn aggregate<'s>(spec: &'s PodSpec, of: impl Fn(&'s ResourceRequirements) -> Amounts<'s>) -> Amounts<'s> {
    let of = |container: &'s Container| container.resources.as_ref().map(&of).unwrap_or_default();
    let mut together = Amounts::new();
    for container in &spec.containers {
        add(&mut together, &of(container));
    }
    let (mut sidecars, mut at_start) = (Amounts::new(), Amounts::new());
    for container in spec.init_containers.iter().flatten() {
        let mut needed = of(container);
        if restart::is_sidecar(container) {
            add(&mut together, &needed);
            add(&mut sidecars, &needed);
            needed.clone_from(&sidecars);
        } else {
            add(&mut needed, &sidecars);
        }
        raise(&mut at_start, needed);
    }
    raise(&mut together, at_start);
    together
}

fn add<'s>(sums: &mut Amounts<'s>, more: &Amounts<'s>) {
    for (&name, more) in more {
        sums.entry(name).and_modify(|sum| *sum = sum.plus(more)).or_insert_with(|| more.clone());
    }
}

fn raise<'s>(amounts: &mut Amounts<'s>, least: Amounts<'s>) {
    for (name, least) in least {
        let amount = amounts.entry(name).or_insert_with(|| least.clone());
        if least.compare(amount).is_gt() {
            *amount = least;
        }
    }
}
