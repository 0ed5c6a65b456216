//! Tolerations of taints (`ValidateTolerations`).

use k8s_openapi::api::core::v1::Toleration;

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::super::names;
use super::super::features;
use super::super::texts::{self, given};

const EXISTS: &str = "Exists";
const NO_EXECUTE: &str = "NoExecute";

/// `ValidateTolerations`.
pub(super) fn tolerations(tolerations: &[Toleration], field: &Field<'_>, errors: &mut Errors) {
    for (index, toleration) in tolerations.iter().enumerate() {
        let field = field.index(index);
        let (key, operator) = (given(toleration.key.as_ref()), given(toleration.operator.as_ref()));
        let effect = given(toleration.effect.as_ref());
        if !key.is_empty() {
            texts::check(key, names::label_key, &field.name("key"), errors);
        } else if operator != EXISTS {
            let detail = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
            errors.invalid(&field.name("operator"), operator, detail);
        }
        if toleration.toleration_seconds.is_some() && effect != NO_EXECUTE {
            let detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
            errors.invalid(&field.name("effect"), effect, detail);
        }
        operator_and_value(operator, given(toleration.value.as_ref()), &field, errors);
        let supported = ["NoSchedule", "PreferNoSchedule", NO_EXECUTE];
        if !effect.is_empty() && !supported.contains(&effect) {
            errors.not_supported(&field.name("effect"), effect, &supported);
        }
    }
}

/// The API server speaks of the operator where it is the value that is wrong.
fn operator_and_value(operator: &str, value: &str, field: &Field<'_>, errors: &mut Errors) {
    let at_operator = field.name("operator");
    let at_value = field.name("value").unsaid();
    let at_value = at_value.name("operator").unwritten();
    match operator {
        "" | "Equal" => {
            let complaints = names::label_value(value);
            if !complaints.is_empty() {
                errors.invalid(&at_value, value, complaints.join(";"));
            }
        }
        EXISTS => {
            if !value.is_empty() {
                errors.invalid(&at_value, value, "value must be empty when `operator` is 'Exists'");
            }
        }
        "Lt" | "Gt" if errors.version().at_least(features::COMPARING_TOLERATIONS_ARE_KNOWN) => {
            errors.not_supported(&at_operator, operator, &["Equal", EXISTS, "Lt", "Gt"]);
        }
        _ => {
            errors.not_supported(&at_operator, operator, &["Equal", EXISTS]);
        }
    }
}
