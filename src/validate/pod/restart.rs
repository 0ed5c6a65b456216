//! `restartPolicy` of pods, and `restartPolicy` and `restartPolicyRules` of containers.

use k8s_openapi::api::core::v1::{Container, ContainerRestartRule, PodSpec};

use super::super::errors::Errors;
use super::super::field::Field;
use super::features;
use super::texts::given;

const ALWAYS: &str = "Always";
const MOST_RULES: usize = 20;
const MOST_VALUES: usize = 255;

/// Whether an init container is a sidecar: one that goes on beside the containers.
pub(super) fn is_sidecar(container: &Container) -> bool {
    container.restart_policy.as_deref() == Some(ALWAYS)
}

/// `validateRestartPolicy`, after the defaults.
pub(super) fn of_pod(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let policy = given(spec.restart_policy.as_ref());
    let supported = [ALWAYS, "OnFailure", "Never"];
    if !policy.is_empty() && !supported.contains(&policy) {
        errors.not_supported(&field.name("restartPolicy"), policy, &supported);
    }
}

/// What containers may say of their restarts.
pub(super) fn of_container(container: &Container, field: &Field<'_>, errors: &mut Errors) {
    if errors.version().at_least(features::CONTAINER_RESTART_RULES) {
        policy_and_rules(container, field, errors);
    } else if container.restart_policy.is_some() {
        errors.forbidden(&field.name("restartPolicy"), "may not be set for non-init containers");
    }
}

/// `validateInitContainerRestartPolicy`.
pub(super) fn of_init_container(container: &Container, field: &Field<'_>, errors: &mut Errors) {
    let version = errors.version();
    let policy = container.restart_policy.as_deref();
    if !version.at_least(features::CONTAINER_RESTART_RULES) {
        if let Some(policy) = policy.filter(|&policy| policy != ALWAYS) {
            errors.not_supported(&field.name("restartPolicy"), policy, &[ALWAYS]);
        }
        return;
    }
    let has_rules = !rules(container).is_empty();
    match policy {
        Some(ALWAYS) if !version.at_least(features::RESTART_ALL_CONTAINERS) && has_rules => {
            let detail = "restartPolicyRules are not allowed for init containers with restart policy Always";
            errors.forbidden(&field.name("restartPolicyRules"), detail);
        }
        Some(_) => policy_and_rules(container, field, errors),
        None if has_rules => {
            errors.required(&field.name("restartPolicy"), NEEDS_POLICY);
        }
        None => {}
    }
}

const NEEDS_POLICY: &str = "must specify restartPolicy when restart rules are used";

fn rules(container: &Container) -> &[ContainerRestartRule] {
    container.restart_policy_rules.as_deref().unwrap_or_default()
}

/// `validateContainerRestartPolicy`.
fn policy_and_rules(container: &Container, field: &Field<'_>, errors: &mut Errors) {
    let supported = ["Always", "Never", "OnFailure"];
    let rules = rules(container);
    match container.restart_policy.as_deref() {
        None if rules.is_empty() => return,
        None => {
            errors.required(&field.name("restartPolicy"), NEEDS_POLICY);
        }
        Some(policy) if !supported.contains(&policy) => {
            errors.not_supported(&field.name("restartPolicy"), policy, &supported);
        }
        Some(_) => {}
    }
    let field = field.name("restartPolicyRules");
    if rules.len() > MOST_RULES {
        errors.too_many(&field, rules.len(), MOST_RULES);
    }
    for (index, rule) in rules.iter().enumerate() {
        check_rule(rule, &field.index(index), errors);
    }
}

fn check_rule(rule: &ContainerRestartRule, field: &Field<'_>, errors: &mut Errors) {
    let every = ["Restart", "RestartAllContainers"];
    let only_one = ["Restart"];
    let knows_all = errors.version().at_least(features::RESTART_ALL_CONTAINERS);
    let actions: &[&str] = if knows_all { &every } else { &only_one };
    if !actions.contains(&rule.action.as_str()) {
        errors.not_supported(&field.name("action"), &rule.action, actions);
    }
    let Some(codes) = &rule.exit_codes else {
        errors.required(&field.name("exitCodes"), "must be specified");
        return;
    };
    let field = field.name("exitCodes");
    if !["In", "NotIn"].contains(&codes.operator.as_str()) {
        errors.not_supported(&field.name("operator"), &codes.operator, &["In", "NotIn"]);
    }
    let count = codes.values.as_ref().map_or(0, Vec::len);
    if count > MOST_VALUES {
        errors.too_many(&field.name("values"), count, MOST_VALUES);
    }
}
