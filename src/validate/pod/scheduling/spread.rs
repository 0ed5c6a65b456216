//! How pods are spread (`validateTopologySpreadConstraints`).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::TopologySpreadConstraint;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::super::{names, selector};
use super::super::{features, texts};
use super::affinity;

const NOT_POSITIVE: &str = "must be greater than zero";
const DO_NOT_SCHEDULE: &str = "DoNotSchedule";

/// `validateTopologySpreadConstraints`.
pub(super) fn constraints(constraints: &[TopologySpreadConstraint], field: &Field<'_>, errors: &mut Errors) {
    let last: BTreeMap<_, _> = constraints.iter().map(topology_and_action).zip(0..).collect();
    for (index, constraint) in constraints.iter().enumerate() {
        let field = field.index(index);
        if constraint.max_skew <= 0 {
            errors.invalid(&field.name("maxSkew"), constraint.max_skew, NOT_POSITIVE);
        }
        if constraint.topology_key.is_empty() {
            errors.required(&field.name("topologyKey"), "can not be empty");
        }
        let action = constraint.when_unsatisfiable.as_str();
        let supported = [DO_NOT_SCHEDULE, "ScheduleAnyway"];
        if !supported.contains(&action) {
            errors.not_supported(&field.name("whenUnsatisfiable"), action, &supported);
        }
        if last.get(&topology_and_action(constraint)).is_some_and(|last| *last > index) {
            let pair = format!("{{{}, {action}}}", constraint.topology_key);
            errors.duplicate(&field.name("{topologyKey, whenUnsatisfiable}").unwritten(), pair);
        }
        min_domains(constraint, &field, errors);
        node_policies(constraint, &field, errors);
        let keys = constraint.match_label_keys.as_deref().unwrap_or_default();
        let selector = constraint.label_selector.as_ref();
        if errors.version().at_least(features::LABEL_KEYS_IN_SPREAD_ARE_MERGED) {
            affinity::label_keys(keys, &[], selector, &field, errors);
        } else {
            label_keys(keys, selector, &field.name("matchLabelKeys"), errors);
        }
        if let Some(selector) = selector {
            selector::label_selector(selector, &field.name("labelSelector"), errors);
        }
    }
}

fn topology_and_action(constraint: &TopologySpreadConstraint) -> (&str, &str) {
    (&constraint.topology_key, &constraint.when_unsatisfiable)
}

/// `validateMinDomains`.
fn min_domains(constraint: &TopologySpreadConstraint, field: &Field<'_>, errors: &mut Errors) {
    let Some(domains) = constraint.min_domains else { return };
    let action = &constraint.when_unsatisfiable;
    if domains <= 0 {
        errors.invalid(&field.name("minDomains"), domains, NOT_POSITIVE);
    }
    if action != DO_NOT_SCHEDULE {
        let detail = format!("can only use minDomains if whenUnsatisfiable={DO_NOT_SCHEDULE}, not {action}");
        errors.invalid(&field.name("minDomains"), domains, detail);
    }
}

/// `validateNodeInclusionPolicy`.
fn node_policies(constraint: &TopologySpreadConstraint, field: &Field<'_>, errors: &mut Errors) {
    let policies = [
        ("nodeAffinityPolicy", &constraint.node_affinity_policy),
        ("nodeTaintsPolicy", &constraint.node_taints_policy),
    ];
    for (name, policy) in policies {
        let supported = ["Honor", "Ignore"];
        if let Some(policy) = policy.as_deref().filter(|policy| !supported.contains(policy)) {
            errors.not_supported(&field.name(name), policy, &supported);
        }
    }
}

/// `validateMatchLabelKeysInTopologySpread`.
fn label_keys(keys: &[String], selector: Option<&LabelSelector>, field: &Field<'_>, errors: &mut Errors) {
    if selector.is_none() && !keys.is_empty() {
        errors.forbidden(field, affinity::NEEDS_SELECTOR);
    }
    let is_selected = |key: &String| {
        let Some(selector) = selector else { return false };
        let mut expressions = selector.match_expressions.iter().flatten();
        selector.match_labels.as_ref().is_some_and(|labels| labels.contains_key(key))
            || expressions.any(|expression| expression.key == *key)
    };
    for (index, key) in keys.iter().enumerate() {
        texts::check(key, names::label_key, &field.index(index), errors);
        if is_selected(key) {
            errors.invalid(&field.index(index), key, affinity::IN_SELECTOR_TOO);
        }
    }
}
