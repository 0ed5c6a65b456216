//! Volumes of files that Kubernetes writes.

use k8s_openapi::api::core::v1::{
    ConfigMapVolumeSource, DownwardAPIVolumeFile, DownwardAPIVolumeSource, KeyToPath, SecretVolumeSource,
};

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::references;
use super::super::texts::{self, given};

/// `validateSecretVolumeSource`.
pub(super) fn secret(source: &SecretVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(given(source.secret_name.as_ref()), &field.name("secretName"), errors);
    mode(source.default_mode, &field.name("defaultMode"), errors);
    keys(source.items.as_deref().unwrap_or_default(), &field.name("items"), errors);
}

/// `validateConfigMapVolumeSource`.
pub(super) fn config_map(source: &ConfigMapVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.name, &field.name("name"), errors);
    mode(source.default_mode, &field.name("defaultMode"), errors);
    keys(source.items.as_deref().unwrap_or_default(), &field.name("items"), errors);
}

/// `validateDownwardAPIVolumeSource`.
pub(super) fn downward_api(source: &DownwardAPIVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    mode(source.default_mode, &field.name("defaultMode"), errors);
    let items = field.name("items").unsaid();
    for (index, item) in source.items.iter().flatten().enumerate() {
        downward_api_file(item, &items.index(index).unsaid(), errors);
    }
}

/// Who may do what with a file.
pub(super) fn mode(mode: Option<i32>, field: &Field<'_>, errors: &mut Errors) {
    if let Some(mode) = mode.filter(|mode| !(0..=0o777).contains(mode)) {
        errors.invalid(field, mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
}

fn keys(items: &[KeyToPath], field: &Field<'_>, errors: &mut Errors) {
    for (index, item) in items.iter().enumerate() {
        key_to_path(item, &field.index(index), errors);
    }
}

/// `validateKeyToPath`.
pub(super) fn key_to_path(item: &KeyToPath, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&item.key, &field.name("key"), errors);
    texts::check_required(&item.path, texts::path_of_file, &field.name("path"), errors);
    mode(item.mode, &field.name("mode"), errors);
}

/// `validateDownwardAPIVolumeFile`.
pub(super) fn downward_api_file(file: &DownwardAPIVolumeFile, field: &Field<'_>, errors: &mut Errors) {
    texts::check_required(&file.path, texts::path_of_file, &field.name("path"), errors);
    match (&file.field_ref, &file.resource_field_ref) {
        (Some(reference), other) => {
            references::field_of_pod(reference, references::FIELDS_OF_FILES, &field.name("fieldRef"), errors);
            if other.is_some() {
                let detail = "fieldRef and resourceFieldRef can not be specified simultaneously";
                errors.invalid(field, "resource", detail);
            }
        }
        (None, Some(reference)) => {
            references::resource_of_container(reference, true, &field.name("resourceFieldRef"), errors);
        }
        (None, None) => {
            errors.required(field, "one of fieldRef and resourceFieldRef is required");
        }
    }
    mode(file.mode, &field.name("mode"), errors);
}
