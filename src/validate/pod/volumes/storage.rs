//! Volumes on storage that is reached over a network.

use k8s_openapi::api::core::v1::{
    CSIVolumeSource, CephFSVolumeSource, FCVolumeSource, FlexVolumeSource, FlockerVolumeSource, GlusterfsVolumeSource,
    NFSVolumeSource, PortworxVolumeSource, QuobyteVolumeSource, RBDVolumeSource, ScaleIOVolumeSource,
    StorageOSVolumeSource,
};

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::super::names;
use super::super::texts::{self, given};

const REGISTRY: &str = "must be a host:port pair or multiple pairs separated by commas";
const LONGEST_TENANT: usize = 64;
const LONGEST_DRIVER: usize = 63;

/// `validateNFSVolumeSource`.
pub(super) fn nfs(source: &NFSVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.server, &field.name("server"), errors);
    texts::require(&source.path, &field.name("path"), errors);
    if !source.path.starts_with('/') {
        errors.invalid(&field.name("path"), &source.path, "must be an absolute path");
    }
}

/// `validateGlusterfsVolumeSource`.
pub(super) fn glusterfs(source: &GlusterfsVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.endpoints, &field.name("endpoints"), errors);
    texts::require(&source.path, &field.name("path"), errors);
}

/// `validateFlockerVolumeSource`.
pub(super) fn flocker(source: &FlockerVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    let (name, id) = (given(source.dataset_name.as_ref()), given(source.dataset_uuid.as_ref()));
    if name.is_empty() && id.is_empty() {
        errors.required(field, "one of datasetName and datasetUUID is required");
    }
    if !name.is_empty() && !id.is_empty() {
        errors.invalid(field, "resource", "datasetName and datasetUUID can not be specified simultaneously");
    }
    if name.contains('/') {
        errors.invalid(&field.name("datasetName"), name, "must not contain '/'");
    }
}

/// `validateRBDVolumeSource`.
pub(super) fn rbd(source: &RBDVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    if source.monitors.is_empty() {
        errors.required(&field.name("monitors"), "");
    }
    texts::require(&source.image, &field.name("image"), errors);
}

/// `validateCephFSVolumeSource`.
pub(super) fn ceph_fs(source: &CephFSVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    if source.monitors.is_empty() {
        errors.required(&field.name("monitors"), "");
    }
}

/// `validateQuobyteVolumeSource`.
pub(super) fn quobyte(source: &QuobyteVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    if source.registry.is_empty() {
        errors.required(&field.name("registry"), REGISTRY);
    } else if given(source.tenant.as_ref()).len() > LONGEST_TENANT {
        let detail = "must be a UUID and may not exceed a length of 64 characters";
        errors.required(&field.name("tenant"), detail);
    } else {
        for _ in source.registry.split(',').filter(|pair| !is_host_and_port(pair)) {
            errors.invalid(&field.name("registry"), &source.registry, REGISTRY);
        }
    }
    texts::require(&source.volume, &field.name("volume"), errors);
}

/// `net.SplitHostPort`.
fn is_host_and_port(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let is_without = |text: &str| !text.contains(['[', ']']);
    match host.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']').is_some_and(is_without) && is_without(port),
        None => !host.contains(':') && is_without(host) && is_without(port),
    }
}

/// `validateFCVolumeSource`.
pub(super) fn fibre_channel(source: &FCVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    let names = source.target_wwns.as_deref().unwrap_or_default();
    let has_ids = source.wwids.as_ref().is_some_and(|ids| !ids.is_empty());
    let at_names = field.name("targetWWNs");
    if names.is_empty() {
        if !has_ids {
            errors.required(&at_names, "must specify either targetWWNs or wwids, but not both");
        }
        return;
    }
    if has_ids {
        errors.invalid(&at_names, names, "targetWWNs and wwids can not be specified simultaneously");
    }
    match source.lun {
        None => {
            errors.required(&field.name("lun"), "lun is required if targetWWNs is specified");
        }
        Some(lun) => texts::check_range(lun.into(), 0, 255, &field.name("lun"), errors),
    }
}

/// `validateFlexVolumeSource`.
pub(super) fn flex(source: &FlexVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.driver, &field.name("driver"), errors);
    let field = field.name("options");
    for key in source.options.iter().flatten().map(|(key, _)| key) {
        let namespace = key.split_once('/').map_or(key.as_str(), |(namespace, _)| namespace);
        let namespace = format!(".{}", names::lower(namespace));
        if namespace.ends_with(".kubernetes.io") || namespace.ends_with(".k8s.io") {
            let detail = "kubernetes.io and k8s.io namespaces are reserved";
            errors.invalid(&field.key(key), key, detail).at_key();
        }
    }
}

/// `validatePortworxVolumeSource`.
pub(super) fn portworx(source: &PortworxVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.volume_id, &field.name("volumeID"), errors);
}

/// `validateStorageOSVolumeSource`.
pub(super) fn storage_os(source: &StorageOSVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    let (name, namespace) = (given(source.volume_name.as_ref()), given(source.volume_namespace.as_ref()));
    texts::check_required(name, names::dns_label, &field.name("volumeName"), errors);
    if !namespace.is_empty() {
        texts::check(namespace, names::dns_label, &field.name("volumeNamespace"), errors);
    }
    if let Some(secret) = &source.secret_ref {
        texts::require(&secret.name, &field.name("secretRef").name("name"), errors);
    }
}

/// `validateScaleIOVolumeSource`.
pub(super) fn scale_io(source: &ScaleIOVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.gateway, &field.name("gateway"), errors);
    texts::require(&source.system, &field.name("system"), errors);
    texts::require(given(source.volume_name.as_ref()), &field.name("volumeName"), errors);
}

/// `validateCSIVolumeSource`.
pub(super) fn csi(source: &CSIVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    driver(&source.driver, &field.name("driver"), errors);
    let Some(secret) = &source.node_publish_secret_ref else { return };
    let reference = field.name("nodePublishSecretRef");
    if texts::require(&secret.name, &reference.name("name"), errors) {
        texts::check(&secret.name, names::dns_subdomain, &reference.unsaid().name("name"), errors);
    }
}

/// `ValidateCSIDriverName`: upper case is fine.
fn driver(name: &str, field: &Field<'_>, errors: &mut Errors) {
    if !texts::require(name, field, errors) {
        return;
    }
    if name.len() > LONGEST_DRIVER {
        errors.too_long(field, LONGEST_DRIVER);
    }
    for complaint in names::dns_subdomain(&names::lower(name)) {
        errors.invalid(field, name, complaint);
    }
}
