//! Claims of volumes: those that are there, and those that are made for the pod.

use k8s_openapi::api::core::v1::{EphemeralVolumeSource, PersistentVolumeClaimSpec, PersistentVolumeClaimVolumeSource};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::super::{metadata, names, selector};
use super::super::texts::{self, given};
use super::super::{features, resources};

const READ_WRITE_ONCE_POD: &str = "ReadWriteOncePod";
const ACCESS_MODES: &[&str] = &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", READ_WRITE_ONCE_POD];

/// `validatePersistentClaimVolumeSource`.
pub(super) fn reference(source: &PersistentVolumeClaimVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.claim_name, &field.name("claimName"), errors);
}

/// `validateEphemeralVolumeSource`.
pub(super) fn ephemeral(source: &EphemeralVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    let field = field.name("volumeClaimTemplate");
    let Some(template) = &source.volume_claim_template else {
        errors.required(&field, "");
        return;
    };
    if let Some(metadata) = &template.metadata {
        template_metadata(metadata, &field.name("metadata"), errors);
    }
    claim(&template.spec, &field.name("spec"), errors);
}

/// `ValidateTemplateObjectMeta`: labels and annotations, and nothing else.
fn template_metadata(metadata: &ObjectMeta, field: &Field<'_>, errors: &mut Errors) {
    metadata::annotations(metadata.annotations.as_ref(), &field.name("annotations"), errors);
    metadata::labels(metadata.labels.as_ref(), &field.name("labels"), errors);
    let is_text = |text: &Option<String>| !given(text.as_ref()).is_empty();
    let detail = "cannot be set";
    for (name, is_set) in [
        ("name", is_text(&metadata.name)),
        ("generateName", is_text(&metadata.generate_name)),
        ("namespace", is_text(&metadata.namespace)),
        ("selfLink", is_text(&metadata.self_link)),
        ("resourceVersion", is_text(&metadata.resource_version)),
        ("generation", metadata.generation.unwrap_or(0) != 0),
        ("creationTimestamp", metadata.creation_timestamp.is_some()),
        ("deletionTimestamp", metadata.deletion_timestamp.is_some()),
        ("deletionGracePeriodSeconds", metadata.deletion_grace_period_seconds.is_some()),
        ("ownerReferences", metadata.owner_references.is_some()),
        ("finalizers", metadata.finalizers.is_some()),
        ("managedFields", metadata.managed_fields.is_some()),
    ] {
        if is_set {
            errors.forbidden(&field.name(name), detail);
        }
    }
    if is_text(&metadata.uid) {
        errors.forbidden(&field.name("uid").unsaid().name("uID").unwritten(), detail);
    }
}

/// `ValidatePersistentVolumeClaimSpec`.
fn claim(spec: &PersistentVolumeClaimSpec, field: &Field<'_>, errors: &mut Errors) {
    access_modes(spec.access_modes.as_deref().unwrap_or_default(), &field.name("accessModes"), errors);
    if let Some(selector) = &spec.selector {
        selector::label_selector(selector, &field.name("selector"), errors);
    }
    storage(spec, &field.name("resources"), errors);
    let class = given(spec.storage_class_name.as_ref());
    if !class.is_empty() {
        texts::check(class, names::dns_subdomain, &field.name("storageClassName"), errors);
    }
    let supported = ["Block", "Filesystem"];
    if let Some(mode) = spec.volume_mode.as_deref().filter(|mode| !supported.contains(mode)) {
        errors.not_supported(&field.name("volumeMode"), mode, &supported);
    }
    data_sources(spec, field, errors);
    let class = given(spec.volume_attributes_class_name.as_ref());
    if !class.is_empty() && errors.version().at_least(features::VOLUME_ATTRIBUTES_CLASSES) {
        texts::check(class, names::dns_subdomain, &field.name("volumeAttributesClassName"), errors);
    }
}

fn access_modes(modes: &[String], field: &Field<'_>, errors: &mut Errors) {
    if modes.is_empty() {
        errors.required(field, "at least 1 access mode is required");
    }
    for (index, mode) in modes.iter().enumerate() {
        if !ACCESS_MODES.contains(&mode.as_str()) {
            errors.not_supported(&field.index(index).unsaid(), mode, ACCESS_MODES);
        }
    }
    let is_other = |mode: &String| mode != READ_WRITE_ONCE_POD && ACCESS_MODES.contains(&mode.as_str());
    if modes.iter().any(|mode| mode == READ_WRITE_ONCE_POD) && modes.iter().any(is_other) {
        errors.forbidden(field, "may not use ReadWriteOncePod with other access modes");
    }
}

/// How much is claimed. The API server leaves out that it is a request.
fn storage(spec: &PersistentVolumeClaimSpec, field: &Field<'_>, errors: &mut Errors) {
    let requests = resources::amounts(spec.resources.as_ref().and_then(|resources| resources.requests.as_ref()));
    let at = field.name("requests").unsaid();
    let at = at.key("storage");
    match requests.get("storage") {
        None => {
            errors.required(&at, "");
        }
        Some(amount) if amount.is_zero() || amount.is_negative() => {
            errors.invalid(&at, amount.to_string(), "must be greater than zero");
        }
        Some(_) => {}
    }
}

/// Where the data come from. Both fields have to say the same. A reference into another namespace is not looked at: while
/// `CrossNamespaceVolumeDataSource` is off, the API server drops it.
fn data_sources(spec: &PersistentVolumeClaimSpec, field: &Field<'_>, errors: &mut Errors) {
    let source = spec.data_source.as_ref().map(|it| (it.api_group.as_deref(), &*it.kind, &*it.name));
    let kept = spec.data_source_ref.as_ref().filter(|reference| given(reference.namespace.as_ref()).is_empty());
    let reference = kept.map(|it| (it.api_group.as_deref(), &*it.kind, &*it.name));
    for (at, source) in [("dataSource", source), ("dataSourceRef", reference)] {
        if let Some((group, kind, name)) = source {
            data_source(group.unwrap_or_default(), kind, name, &field.name(at), errors);
        }
    }
    if source.is_some() && reference.is_some() && source != reference {
        // What the API server prints is a path that it cannot print.
        errors.invalid(field, serde_json::Map::new(), "must match dataSourceRef");
    }
}

/// `validateDataSource` and `validateDataSourceRef`.
fn data_source(group: &str, kind: &str, name: &str, field: &Field<'_>, errors: &mut Errors) {
    texts::require(name, &field.name("name"), errors);
    texts::require(kind, &field.name("kind"), errors);
    if !group.is_empty() {
        texts::check(group, names::dns_subdomain, &field.name("apiGroup"), errors);
    } else if kind != "PersistentVolumeClaim" {
        let detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
        errors.invalid(&field.name("kind").unsaid(), kind, detail);
    }
}
