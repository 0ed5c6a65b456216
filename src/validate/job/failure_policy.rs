//! `podFailurePolicy`: what the failure of a pod means for its Job.

use std::collections::HashSet;

use k8s_openapi::api::batch::v1::{
    JobSpec, PodFailurePolicy, PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyOnPodConditionsPattern,
    PodFailurePolicyRule,
};

use crate::validate::errors::Errors;
use crate::validate::field::Field;
use crate::validate::names;

const MOST_RULES: usize = 20;
const MOST_CONDITIONS: usize = 20;
const MOST_EXIT_CODES: usize = 255;
const ACTIONS: [&str; 4] = ["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS: [&str; 2] = ["In", "NotIn"];
const STATUSES: [&str; 3] = ["False", "True", "Unknown"];

pub(super) fn failure_policy(policy: &PodFailurePolicy, spec: &JobSpec, field: &Field<'_>, errors: &mut Errors) {
    let field = field.name("rules");
    if policy.rules.len() > MOST_RULES {
        errors.too_many(&field, policy.rules.len(), MOST_RULES).at_key();
    }
    for (index, one) in policy.rules.iter().enumerate() {
        rule(one, spec, &field.index(index), errors);
    }
}

fn rule(rule: &PodFailurePolicyRule, spec: &JobSpec, field: &Field<'_>, errors: &mut Errors) {
    let action = field.name("action");
    match rule.action.as_str() {
        "FailIndex" if spec.backoff_limit_per_index.is_none() => {
            errors.invalid(&action, &rule.action, "requires the backoffLimitPerIndex to be set");
        }
        word => one_of(word, &ACTIONS, &action, errors),
    }
    let conditions = rule.on_pod_conditions.as_deref().unwrap_or_default();
    if let Some(codes) = &rule.on_exit_codes {
        exit_codes(codes, spec, &field.name("onExitCodes"), errors);
    }
    pod_conditions(conditions, &field.name("onPodConditions"), errors);
    match (rule.on_exit_codes.is_some(), !conditions.is_empty()) {
        (true, true) => {
            let detail = "specifying both OnExitCodes and OnPodConditions is not supported";
            errors.invalid_as_a_whole(field, detail);
        }
        (false, false) => {
            let detail = "specifying one of OnExitCodes and OnPodConditions is required";
            errors.invalid_as_a_whole(field, detail);
        }
        _ => {}
    }
}

/// A word that has to be there, and one of a few.
fn one_of(word: &str, words: &[&str], field: &Field<'_>, errors: &mut Errors) {
    if word.is_empty() {
        let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
        errors.required(field, &format!("valid values: [{}]", words.join(" ")));
    } else if !words.contains(&word) {
        errors.not_supported(field, word, words);
    }
}

fn pod_conditions(conditions: &[PodFailurePolicyOnPodConditionsPattern], field: &Field<'_>, errors: &mut Errors) {
    if conditions.len() > MOST_CONDITIONS {
        errors.too_many(field, conditions.len(), MOST_CONDITIONS).at_key();
    }
    for (index, condition) in conditions.iter().enumerate() {
        let field = field.index(index);
        for complaint in names::label_key(&condition.type_) {
            errors.invalid(&field.name("type"), &condition.type_, complaint);
        }
        // One that is left out is `True` by default.
        if let Some(status) = condition.status.as_deref().filter(|status| !status.is_empty()) {
            one_of(status, &STATUSES, &field.name("status"), errors);
        }
    }
}

fn exit_codes(codes: &PodFailurePolicyOnExitCodesRequirement, spec: &JobSpec, field: &Field<'_>, errors: &mut Errors) {
    one_of(&codes.operator, &OPERATORS, &field.name("operator"), errors);
    if let Some(name) = codes.container_name.as_deref().filter(|name| !has_container(spec, name)) {
        let detail = "must be one of the container or initContainer names in the pod template";
        errors.invalid(&field.name("containerName"), name, detail);
    }
    let values = &codes.values;
    let field = field.name("values");
    if values.is_empty() {
        errors.invalid(&field, values, "at least one value is required");
    } else if values.len() > MOST_EXIT_CODES {
        errors.too_many(&field, values.len(), MOST_EXIT_CODES).at_key();
    }
    let mut seen = HashSet::new();
    for (index, value) in values.iter().enumerate() {
        if *value == 0 && codes.operator == "In" {
            errors.invalid(&field.index(index), value, "must not be 0 for the In operator");
        }
        if !seen.insert(value) {
            errors.duplicate(&field.index(index), value);
        }
    }
    if !values.is_sorted() {
        errors.invalid(&field, values, "must be ordered");
    }
}

fn has_container(spec: &JobSpec, name: &str) -> bool {
    let pod = spec.template.spec.as_ref();
    let containers = pod.into_iter().flat_map(|pod| pod.containers.iter().chain(pod.init_containers.iter().flatten()));
    containers.into_iter().any(|container| container.name == name)
}
