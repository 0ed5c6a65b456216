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

/// All of it; the field is the spec of the pod.
pub(super) fn scheduling(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    node_selector(spec, field, errors);
    if let Some(affinity) = &spec.affinity {
        affinity::affinity(affinity, &field.name("affinity"), errors);
    }
    gates(spec, field, errors);
    let constraints = spec.topology_spread_constraints.as_deref().unwrap_or_default();
    spread::constraints(constraints, &field.name("topologySpreadConstraints"), errors);
    let tolerations = spec.tolerations.as_deref().unwrap_or_default();
    tolerations::tolerations(tolerations, &field.name("tolerations"), errors);
    for (name, text) in [("nodeName", &spec.node_name), ("priorityClassName", &spec.priority_class_name)] {
        let text = given(text.as_ref());
        if !text.is_empty() {
            texts::check(text, names::dns_subdomain, &field.name(name), errors);
        }
    }
    if let Some(policy) = spec.preemption_policy.as_deref() {
        let supported = ["PreemptLowerPriority", "Never"];
        let field = field.name("preemptionPolicy");
        if texts::require(policy, &field, errors) && !supported.contains(&policy) {
            errors.not_supported(&field, policy, &supported);
        }
    }
}

fn node_selector(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    metadata::labels(spec.node_selector.as_ref(), &field.name("nodeSelector"), errors);
}

/// `validateReadinessGates` and `validateSchedulingGates`.
fn gates(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let at = field.name("readinessGates");
    for (index, gate) in spec.readiness_gates.iter().flatten().enumerate() {
        let field = at.index(index);
        texts::check(&gate.condition_type, names::label_key, &field.name("conditionType"), errors);
    }
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
