//! What every object has: its names, labels, annotations, finalizers and owners
//! (k8s.io/apimachinery/pkg/api/validation/objectmeta.go).

use std::collections::BTreeMap;

use super::errors::Errors;
use super::field::Field;
use super::names;

/// How many bytes the annotations of an object may have, keys and values together.
const MOST_ANNOTATIONS: usize = 256 * 1024;

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

/// `ValidateAnnotations`: each error is at the key that is wrong, and named after the whole.
pub(super) fn annotations(annotations: Option<&BTreeMap<String, String>>, field: &Field<'_>, errors: &mut Errors) {
    for key in annotations.into_iter().flat_map(BTreeMap::keys) {
        for complaint in names::label_key(&key.to_lowercase()) {
            errors.invalid(&field.key(key).unsaid(), key, complaint).at_key();
        }
    }
    let size: usize = annotations.into_iter().flatten().map(|(key, value)| key.len() + value.len()).sum();
    if size > MOST_ANNOTATIONS {
        errors.too_long(field, MOST_ANNOTATIONS);
    }
}
