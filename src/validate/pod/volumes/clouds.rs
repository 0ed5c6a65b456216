//! Disks of clouds.

use k8s_openapi::api::core::v1::{
    AWSElasticBlockStoreVolumeSource, AzureDiskVolumeSource, AzureFileVolumeSource, CinderVolumeSource,
    GCEPersistentDiskVolumeSource, PhotonPersistentDiskVolumeSource, VsphereVirtualDiskVolumeSource,
};

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::texts;

/// `validateGCEPersistentDiskVolumeSource`.
pub(super) fn gce_persistent_disk(source: &GCEPersistentDiskVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.pd_name, &field.name("pdName"), errors);
    partition(source.partition, field, errors);
}

/// `validateAWSElasticBlockStoreVolumeSource`.
pub(super) fn aws_elastic_block_store(
    source: &AWSElasticBlockStoreVolumeSource,
    field: &Field<'_>,
    errors: &mut Errors,
) {
    texts::require(&source.volume_id, &field.name("volumeID"), errors);
    partition(source.partition, field, errors);
}

/// 0 is fine, whatever the API server says.
fn partition(partition: Option<i32>, field: &Field<'_>, errors: &mut Errors) {
    if let Some(partition) = partition.filter(|&partition| partition != 0) {
        texts::check_range(partition.into(), 1, 255, &field.name("partition"), errors);
    }
}

/// `validateCinderVolumeSource`.
pub(super) fn cinder(source: &CinderVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.volume_id, &field.name("volumeID"), errors);
    if let Some(secret) = &source.secret_ref {
        texts::require(&secret.name, &field.name("secretRef").name("name"), errors);
    }
}

/// `validateAzureFile`.
pub(super) fn azure_file(source: &AzureFileVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.secret_name, &field.name("secretName"), errors);
    texts::require(&source.share_name, &field.name("shareName"), errors);
}

/// `validateAzureDisk`, after the defaults.
pub(super) fn azure_disk(source: &AzureDiskVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.disk_name, &field.name("diskName"), errors);
    texts::require(&source.disk_uri, &field.name("diskURI"), errors);
    let supported = ["None", "ReadOnly", "ReadWrite"];
    if let Some(mode) = source.caching_mode.as_deref().filter(|mode| !supported.contains(mode)) {
        errors.not_supported(&field.name("cachingMode"), mode, &supported);
    }
    let kind = source.kind.as_deref().unwrap_or("Shared");
    let supported = ["Dedicated", "Managed", "Shared"];
    if !supported.contains(&kind) {
        errors.not_supported(&field.name("kind"), kind, &supported);
    }
    let (beginning, form) = if kind == "Managed" {
        (
            "/subscriptions/",
            "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}",
        )
    } else {
        ("https://", "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd")
    };
    if !source.disk_uri.starts_with(beginning) {
        errors.not_supported(&field.name("diskURI"), &source.disk_uri, &[form]);
    }
}

/// `validateVsphereVolumeSource`.
pub(super) fn vsphere(source: &VsphereVirtualDiskVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.volume_path, &field.name("volumePath"), errors);
}

/// `validatePhotonPersistentDiskVolumeSource`.
pub(super) fn photon(source: &PhotonPersistentDiskVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.pd_id, &field.name("pdID"), errors);
}
