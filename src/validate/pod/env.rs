//! `env` and `envFrom` of containers.

use k8s_openapi::api::core::v1::{EnvFromSource, EnvVar, EnvVarSource, FileKeySelector};

use super::super::errors::Errors;
use super::super::field::Field;
use super::super::names;
use super::features;
use super::references;
use super::texts::{self, given};

const TOO_MANY_SOURCES: &str = "may not have more than one field specified at a time";

/// `ValidateEnv`.
pub(super) fn variables(variables: &[EnvVar], field: &Field<'_>, errors: &mut Errors) {
    for (index, variable) in variables.iter().enumerate() {
        let field = field.index(index);
        texts::check_required(&variable.name, name_rule(errors), &field.name("name"), errors);
        if let Some(source) = &variable.value_from {
            let has_value = !given(variable.value.as_ref()).is_empty();
            value_from(source, has_value, &field.name("valueFrom"), errors);
        }
    }
}

/// What names may look like, which depends on the version.
fn name_rule(errors: &Errors) -> fn(&str) -> Vec<String> {
    let is_relaxed = errors.version().at_least(features::RELAXED_ENVIRONMENT_NAMES);
    if is_relaxed { texts::environment_name } else { texts::strict_environment_name }
}

/// `validateEnvVarValueFrom`.
fn value_from(source: &EnvVarSource, has_value: bool, field: &Field<'_>, errors: &mut Errors) {
    let knows_files = errors.version().at_least(features::ENVIRONMENT_FILES);
    if let Some(reference) = &source.field_ref {
        references::field_of_pod(reference, references::FIELDS_OF_ENVIRONMENT, &field.name("fieldRef"), errors);
    }
    if let Some(reference) = &source.resource_field_ref {
        references::resource_of_container(reference, false, &field.name("resourceFieldRef"), errors);
    }
    if let Some(reference) = &source.config_map_key_ref {
        key_reference(&reference.name, &reference.key, &field.name("configMapKeyRef"), errors);
    }
    if let Some(reference) = &source.secret_key_ref {
        key_reference(&reference.name, &reference.key, &field.name("secretKeyRef"), errors);
    }
    let file = source.file_key_ref.as_ref().filter(|_| knows_files);
    if let Some(reference) = file {
        file_reference(reference, &field.name("fileKeyRef"), errors);
    }
    let sources = [
        source.field_ref.is_some(),
        source.resource_field_ref.is_some(),
        source.config_map_key_ref.is_some(),
        source.secret_key_ref.is_some(),
        file.is_some(),
    ];
    match sources.into_iter().filter(|&is_there| is_there).count() {
        0 if knows_files => {
            let detail = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or \
                          `fileKeyRef`";
            errors.invalid(field, "", detail);
        }
        0 => {
            let detail = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`";
            errors.invalid(field, "", detail);
        }
        _ if has_value => {
            errors.invalid(field, "", "may not be specified when `value` is not empty");
        }
        1 => {}
        _ => {
            errors.invalid(field, "", TOO_MANY_SOURCES);
        }
    }
}

/// `validateConfigMapKeySelector` and `validateSecretKeySelector`.
fn key_reference(name: &str, key: &str, field: &Field<'_>, errors: &mut Errors) {
    texts::check(name, names::dns_subdomain, &field.name("name"), errors);
    texts::check_required(key, texts::config_key, &field.name("key"), errors);
}

/// `validateFileKeySelector`.
fn file_reference(reference: &FileKeySelector, field: &Field<'_>, errors: &mut Errors) {
    texts::check_required(&reference.key, texts::environment_name, &field.name("key"), errors);
    texts::check_required(&reference.volume_name, names::dns_label, &field.name("volumeName"), errors);
    texts::check_required(&reference.path, texts::path_without_backsteps, &field.name("path"), errors);
}

/// `ValidateEnvFrom`. The API server names the whole list where it means an entry.
pub(super) fn sources(sources: &[EnvFromSource], field: &Field<'_>, errors: &mut Errors) {
    for (index, source) in sources.iter().enumerate() {
        let entry = field.index(index);
        let prefix = given(source.prefix.as_ref());
        if !prefix.is_empty() {
            texts::check(prefix, name_rule(errors), &entry.name("prefix"), errors);
        }
        if let Some(reference) = &source.config_map_ref {
            let field = entry.name("configMapRef");
            texts::check_required(&reference.name, names::dns_subdomain_prefix, &field.name("name"), errors);
        }
        if let Some(reference) = &source.secret_ref {
            let field = entry.name("secretRef");
            texts::check_required(&reference.name, names::dns_subdomain_prefix, &field.name("name"), errors);
        }
        match (&source.config_map_ref, &source.secret_ref) {
            (None, None) => {
                errors.invalid(&entry.unsaid(), "", "must specify one of: `configMapRef` or `secretRef`");
            }
            (Some(_), Some(_)) => {
                errors.invalid(&entry.unsaid(), "", TOO_MANY_SOURCES);
            }
            _ => {}
        }
    }
}
