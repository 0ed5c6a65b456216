//! Affinity to nodes and to other pods (`validateAffinity`).

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{
    Affinity, NodeAffinity, NodeSelectorRequirement, NodeSelectorTerm, PodAffinityTerm, WeightedPodAffinityTerm,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::super::{names, selector};
use super::super::{features, texts};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
const NO_OPERATOR: &str = "not a valid selector operator";
/// What is said of label keys without a selector.
pub(super) const NEEDS_SELECTOR: &str = "must not be specified when labelSelector is not set";
/// What is said of a label key that is in the selector too.
pub(super) const IN_SELECTOR_TOO: &str = "exists in both matchLabelKeys and labelSelector";

/// `validateAffinity`.
pub(super) fn affinity(affinity: &Affinity, field: &Field<'_>, errors: &mut Errors) {
    if let Some(affinity) = &affinity.node_affinity {
        to_nodes(affinity, &field.name("nodeAffinity"), errors);
    }
    if let Some(affinity) = &affinity.pod_affinity {
        let required = affinity.required_during_scheduling_ignored_during_execution.as_deref();
        let preferred = affinity.preferred_during_scheduling_ignored_during_execution.as_deref();
        to_pods(required, preferred, &field.name("podAffinity"), errors);
    }
    if let Some(affinity) = &affinity.pod_anti_affinity {
        let required = affinity.required_during_scheduling_ignored_during_execution.as_deref();
        let preferred = affinity.preferred_during_scheduling_ignored_during_execution.as_deref();
        to_pods(required, preferred, &field.name("podAntiAffinity"), errors);
    }
}

/// `validateNodeAffinity`. Label values are looked at only where nodes have to have them.
fn to_nodes(affinity: &NodeAffinity, field: &Field<'_>, errors: &mut Errors) {
    if let Some(selector) = &affinity.required_during_scheduling_ignored_during_execution {
        let field = field.name(REQUIRED);
        let field = field.name("nodeSelectorTerms");
        if selector.node_selector_terms.is_empty() {
            errors.required(&field, "must have at least one node selector term");
        }
        let checks_values = errors.version().at_least(features::NODE_AFFINITY_VALUES);
        for (index, term) in selector.node_selector_terms.iter().enumerate() {
            node_term(term, checks_values, &field.index(index), errors);
        }
    }
    let field = field.name(PREFERRED);
    for (index, term) in affinity.preferred_during_scheduling_ignored_during_execution.iter().flatten().enumerate() {
        let field = field.index(index);
        weight(term.weight, &field, errors);
        node_term(&term.preference, false, &field.name("preference"), errors);
    }
}

fn weight(weight: i32, field: &Field<'_>, errors: &mut Errors) {
    if !(1..=100).contains(&weight) {
        errors.invalid(&field.name("weight"), weight, "must be in the range 1-100");
    }
}

/// `ValidateNodeSelectorTerm`.
fn node_term(term: &NodeSelectorTerm, checks_values: bool, field: &Field<'_>, errors: &mut Errors) {
    let at = field.name("matchExpressions");
    for (index, requirement) in term.match_expressions.iter().flatten().enumerate() {
        of_labels(requirement, checks_values, &at.index(index), errors);
    }
    let at = field.name("matchFields");
    for (index, requirement) in term.match_fields.iter().flatten().enumerate() {
        of_fields(requirement, &at.index(index), errors);
    }
}

/// `ValidateNodeSelectorRequirement`.
fn of_labels(requirement: &NodeSelectorRequirement, checks_values: bool, field: &Field<'_>, errors: &mut Errors) {
    let values = requirement.values.as_deref().unwrap_or_default();
    let at = field.name("values");
    match requirement.operator.as_str() {
        "In" | "NotIn" if values.is_empty() => {
            errors.required(&at, "must be specified when `operator` is 'In' or 'NotIn'");
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            errors.forbidden(&at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        "Gt" | "Lt" if values.len() != 1 => {
            errors.required(&at, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" => {}
        operator => {
            errors.invalid(&field.name("operator"), operator, NO_OPERATOR);
        }
    }
    texts::check(&requirement.key, names::label_key, &field.name("key"), errors);
    for (index, value) in values.iter().enumerate().filter(|_| checks_values) {
        texts::check(value, names::label_value, &at.index(index), errors);
    }
}

/// `ValidateNodeFieldSelectorRequirement`.
fn of_fields(requirement: &NodeSelectorRequirement, field: &Field<'_>, errors: &mut Errors) {
    let values = requirement.values.as_deref().unwrap_or_default();
    let at = field.name("values");
    match requirement.operator.as_str() {
        "In" | "NotIn" => {
            if values.len() != 1 {
                let detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
                errors.required(&at, detail);
            }
        }
        operator => {
            errors.invalid(&field.name("operator"), operator, NO_OPERATOR);
        }
    }
    if requirement.key == "metadata.name" {
        for (index, value) in values.iter().enumerate() {
            texts::check(value, names::dns_subdomain, &at.index(index), errors);
        }
    } else {
        errors.invalid(&field.name("key"), &requirement.key, "not a valid field selector key");
    }
}

/// `validatePodAffinity` and `validatePodAntiAffinity`.
fn to_pods(
    required: Option<&[PodAffinityTerm]>,
    preferred: Option<&[WeightedPodAffinityTerm]>,
    field: &Field<'_>,
    errors: &mut Errors,
) {
    let at = field.name(REQUIRED);
    for (index, term) in required.unwrap_or_default().iter().enumerate() {
        pod_term(term, &at.index(index), errors);
    }
    let at = field.name(PREFERRED);
    for (index, term) in preferred.unwrap_or_default().iter().enumerate() {
        let field = at.index(index);
        weight(term.weight, &field, errors);
        pod_term(&term.pod_affinity_term, &field.name("podAffinityTerm"), errors);
    }
}

/// `validatePodAffinityTerm`.
fn pod_term(term: &PodAffinityTerm, field: &Field<'_>, errors: &mut Errors) {
    if let Some(selector) = &term.label_selector {
        selector::label_selector(selector, &field.name("labelSelector"), errors);
    }
    if let Some(selector) = &term.namespace_selector {
        selector::label_selector(selector, &field.name("namespaceSelector"), errors);
    }
    let at = field.name("namespaces").unsaid();
    for (index, namespace) in term.namespaces.iter().flatten().enumerate() {
        let field = at.index(index).unsaid();
        texts::check(namespace, names::dns_label, &field.name("namespace").unwritten(), errors);
    }
    if errors.version().at_least(features::LABEL_KEYS_IN_AFFINITY) {
        let keys = term.match_label_keys.as_deref().unwrap_or_default();
        let other_keys = term.mismatch_label_keys.as_deref().unwrap_or_default();
        label_keys(keys, other_keys, term.label_selector.as_ref(), field, errors);
    }
    if term.topology_key.is_empty() {
        errors.required(&field.name("topologyKey"), "can not be empty");
    }
    texts::check(&term.topology_key, names::label_key, &field.name("topologyKey"), errors);
}

/// `ValidateMatchLabelKeysAndMismatchLabelKeys`.
pub(super) fn label_keys(
    keys: &[String],
    other_keys: &[String],
    selector: Option<&LabelSelector>,
    field: &Field<'_>,
    errors: &mut Errors,
) {
    for (name, keys) in [("matchLabelKeys", keys), ("mismatchLabelKeys", other_keys)] {
        let field = field.name(name);
        if selector.is_none() && !keys.is_empty() {
            errors.forbidden(&field, NEEDS_SELECTOR);
        } else {
            for (index, key) in keys.iter().enumerate() {
                texts::check(key, names::label_key, &field.index(index), errors);
            }
        }
    }
    // In pods, the API server has added an expression for each key: only the second one for a key is a fault.
    let mut selected: BTreeSet<_> =
        selector.into_iter().flat_map(|selector| selector.match_labels.iter().flatten()).map(|(key, _)| key).collect();
    for expression in selector.into_iter().flat_map(|selector| selector.match_expressions.iter().flatten()) {
        let position = keys.iter().rposition(|key| *key == expression.key);
        if let Some(index) = position.filter(|_| selected.contains(&expression.key)) {
            let field = field.name("matchLabelKeys").unsaid();
            errors.invalid(&field.index(index), &expression.key, IN_SELECTOR_TOO);
        }
        selected.insert(&expression.key);
    }
    for (index, key) in keys.iter().enumerate().filter(|(_, key)| other_keys.contains(*key)) {
        let detail = "exists in both matchLabelKeys and mismatchLabelKeys";
        errors.invalid(&field.name("matchLabelKeys").index(index), key, detail);
    }
}
