//! Label selectors (k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go).

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::errors::Errors;
use super::field::Field;
use super::{metadata, names};

/// `ValidateLabelSelector`.
pub(super) fn label_selector(selector: &LabelSelector, field: &Field<'_>, errors: &mut Errors) {
    metadata::labels(selector.match_labels.as_ref(), &field.name("matchLabels"), errors);
    let expressions = field.name("matchExpressions");
    for (index, expression) in selector.match_expressions.iter().flatten().enumerate() {
        let field = expressions.index(index);
        let values = expression.values.as_deref().unwrap_or_default();
        match expression.operator.as_str() {
            "In" | "NotIn" if values.is_empty() => {
                let detail = "must be specified when `operator` is 'In' or 'NotIn'";
                errors.required(&field.name("values"), detail);
            }
            "Exists" | "DoesNotExist" if !values.is_empty() => {
                let detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
                errors.forbidden(&field.name("values"), detail);
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
            operator => {
                errors.invalid(&field.name("operator"), operator, "not a valid selector operator");
            }
        }
        for complaint in names::label_key(&expression.key) {
            errors.invalid(&field.name("key"), &expression.key, complaint);
        }
        for (index, value) in values.iter().enumerate() {
            for complaint in names::label_value(value) {
                errors.invalid(&field.name("values").index(index), value, complaint);
            }
        }
    }
}
