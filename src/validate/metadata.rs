//! What every object has: its names, labels, annotations, finalizers and owners
//! (k8s.io/apimachinery/pkg/api/validation/objectmeta.go).

use std::collections::BTreeMap;

use super::errors::Errors;
use super::field::Field;
use super::names;

/// `ValidateLabels`: each error is at the key or value that is wrong, and named after the whole.
pub(super) fn labels(labels: Option<&BTreeMap<String, String>>, field: &Field<'_>, errors: &mut Errors) {
    for (key, value) in labels.into_iter().flatten() {
        let entry = field.key(key).unsaid();
        for complaint in names::label_key(key) {
            errors.invalid(&entry, key, complaint).at_key();
        }
        for complaint in names::label_value(value) {
            errors.invalid(&entry, value, complaint);
        }
    }
}
