//! Where pods may run.

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::PodSpec;

use super::super::errors::Errors;
use super::super::field::Field;
use super::super::{metadata, names};
use super::texts::{self, given};

mod affinity;
mod spread;
mod tolerations;

/// The labels of the nodes.
pub(super) fn node_selector(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    metadata::labels(spec.node_selector.as_ref(), &field.name("nodeSelector"), errors);
}

/// `validateAffinity`.
pub(super) fn affinity(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    if let Some(affinity) = &spec.affinity {
        affinity::affinity(affinity, &field.name("affinity"), errors);
    }
}

/// `validateReadinessGates`.
pub(super) fn readiness_gates(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let at = field.name("readinessGates");
    for (index, gate) in spec.readiness_gates.iter().flatten().enumerate() {
        let field = at.index(index);
        texts::check(&gate.condition_type, names::label_key, &field.name("conditionType"), errors);
    }
}

/// `validateSchedulingGates`.
pub(super) fn gates(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let at = field.name("schedulingGates");
    let mut seen = BTreeSet::new();
    for (index, gate) in spec.scheduling_gates.iter().flatten().enumerate() {
        let field = at.index(index);
        let field = field.name("name").unsaid();
        texts::check(&gate.name, names::label_key, &field, errors);
        if !seen.insert(gate.name.as_str()) {
            errors.duplicate(&field, &gate.name);
        }
    }
}

/// `validateTopologySpreadConstraints`.
pub(super) fn spread(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let constraints = spec.topology_spread_constraints.as_deref().unwrap_or_default();
    spread::constraints(constraints, &field.name("topologySpreadConstraints"), errors);
}

/// The name of the node.
pub(super) fn node_name(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let name = given(spec.node_name.as_ref());
    if !name.is_empty() {
        texts::check(name, names::dns_subdomain, &field.name("nodeName"), errors);
    }
}

/// `ValidateTolerations`.
pub(super) fn tolerations(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let tolerations = spec.tolerations.as_deref().unwrap_or_default();
    tolerations::tolerations(tolerations, &field.name("tolerations"), errors);
}

/// The names of the classes of priority and runtime.
pub(super) fn classes(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let class = given(spec.priority_class_name.as_ref());
    if !class.is_empty() {
        texts::check(class, names::dns_subdomain, &field.name("priorityClassName"), errors);
    }
    if let Some(class) = &spec.runtime_class_name {
        texts::check(class, names::dns_subdomain, &field.name("runtimeClassName"), errors);
    }
}

/// `ValidatePreemptionPolicy`.
pub(super) fn preemption(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    if let Some(policy) = spec.preemption_policy.as_deref() {
        let supported = ["PreemptLowerPriority", "Never"];
        let field = field.name("preemptionPolicy");
        if texts::require(policy, &field, errors) && !supported.contains(&policy) {
            errors.not_supported(&field, policy, &supported);
        }
    }
}
