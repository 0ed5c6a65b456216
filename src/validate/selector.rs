//! Label selectors (k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go).

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

use serde::Serialize;

use super::errors::Errors;
use super::field::Field;
use super::{metadata, names};

/// Labels of an object.
pub(super) type Labels = BTreeMap<String, String>;

/// A selector as the API server prints it: in the order of its Go type, without what is empty.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Printed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    match_labels: Option<&'a Labels>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    match_expressions: Vec<PrintedRequirement<'a>>,
}

#[derive(Debug, Serialize)]
struct PrintedRequirement<'a> {
    key: &'a str,
    operator: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    values: &'a [String],
}

impl<'a> From<&'a LabelSelector> for Printed<'a> {
    fn from(selector: &'a LabelSelector) -> Self {
        let requirement = |requirement: &'a LabelSelectorRequirement| PrintedRequirement {
            key: &requirement.key,
            operator: &requirement.operator,
            values: requirement.values.as_deref().unwrap_or_default(),
        };
        Self {
            match_labels: selector.match_labels.as_ref().filter(|labels| !labels.is_empty()),
            match_expressions: selector.match_expressions.iter().flatten().map(requirement).collect(),
        }
    }
}

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

/// Whether anything can be selected with it at all (`LabelSelectorAsSelector`).
pub(super) fn is_selector(selector: &LabelSelector) -> bool {
    let is_label =
        |(key, value): (&String, &String)| names::label_key(key).is_empty() && names::label_value(value).is_empty();
    selector.match_labels.iter().flatten().all(is_label)
        && selector.match_expressions.iter().flatten().all(is_requirement)
}

fn is_requirement(expression: &LabelSelectorRequirement) -> bool {
    let values = expression.values.as_deref().unwrap_or_default();
    let fits = match expression.operator.as_str() {
        "In" | "NotIn" => !values.is_empty(),
        "Exists" | "DoesNotExist" => values.is_empty(),
        _ => false,
    };
    fits && names::label_key(&expression.key).is_empty()
        && values.iter().all(|value| names::label_value(value).is_empty())
}

/// Whether a selector selects what has these labels.
pub(super) fn selects(selector: &LabelSelector, labels: &Labels) -> bool {
    selector.match_labels.iter().flatten().all(|(key, value)| labels.get(key) == Some(value))
        && selector.match_expressions.iter().flatten().all(|expression| holds(expression, labels))
}

fn holds(expression: &LabelSelectorRequirement, labels: &Labels) -> bool {
    let value = labels.get(&expression.key);
    let is_listed = || value.is_some_and(|value| expression.values.iter().flatten().any(|listed| listed == value));
    match expression.operator.as_str() {
        "In" => is_listed(),
        "NotIn" => !is_listed(),
        "Exists" => value.is_some(),
        _ => value.is_none(),
    }
}
