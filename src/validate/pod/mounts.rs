//! `volumeMounts` and `volumeDevices` of containers.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::core::v1::{Container, Volume, VolumeMount};

use super::super::errors::Errors;
use super::super::field::Field;
use super::features;
use super::texts::{self, given};

const UNIQUE: &str = "must be unique";

/// The volumes of a pod with which nothing is wrong, by name.
pub(super) type Volumes<'p> = BTreeMap<&'p str, &'p Volume>;

/// `ValidateVolumeMounts`.
pub(super) fn mounts(container: &Container, volumes: &Volumes<'_>, field: &Field<'_>, errors: &mut Errors) {
    let devices = || container.volume_devices.iter().flatten();
    let device_names: BTreeSet<_> = devices().map(|device| device.name.as_str()).collect();
    // Of devices with one name, the last one counts.
    let device_paths: BTreeMap<_, _> =
        devices().map(|device| (device.name.as_str(), device.device_path.as_str())).collect();
    let device_paths: BTreeSet<_> = device_paths.into_values().collect();
    let mut paths = BTreeSet::new();
    for (index, mount) in container.volume_mounts.iter().flatten().enumerate() {
        let entry = field.index(index);
        texts::require(&mount.name, &entry.name("name"), errors);
        if !volumes.contains_key(mount.name.as_str()) {
            errors.not_found(&entry.name("name"), &mount.name);
        }
        texts::require(&mount.mount_path, &entry.name("mountPath"), errors);
        if !paths.insert(mount.mount_path.as_str()) {
            errors.invalid(&entry.name("mountPath"), &mount.mount_path, UNIQUE);
        }
        if device_names.contains(mount.name.as_str()) {
            errors.invalid(&entry.name("name"), &mount.name, "must not already exist in volumeDevices");
        }
        if device_paths.contains(mount.mount_path.as_str()) {
            let detail = "must not already exist as a path in volumeDevices";
            errors.invalid(&entry.name("mountPath"), &mount.mount_path, detail);
        }
        sub_paths(mount, &entry, errors);
        propagation(mount, container, &entry, errors);
        recursive_read_only(mount, &entry, errors);
    }
}

/// What is wrong with a path inside the volume is said of the list of mounts.
fn sub_paths(mount: &VolumeMount, entry: &Field<'_>, errors: &mut Errors) {
    let (path, expression) = (given(mount.sub_path.as_ref()), given(mount.sub_path_expr.as_ref()));
    texts::check(path, texts::descending_path, &entry.unsaid().name("subPath"), errors);
    if !expression.is_empty() && !path.is_empty() {
        let detail = "subPathExpr and subPath are mutually exclusive";
        errors.invalid(&entry.name("subPathExpr"), expression, detail);
    }
    texts::check(expression, texts::descending_path, &entry.unsaid().name("subPathExpr"), errors);
}

/// `validateMountPropagation`.
fn propagation(mount: &VolumeMount, container: &Container, entry: &Field<'_>, errors: &mut Errors) {
    let Some(mode) = mount.mount_propagation.as_deref() else { return };
    let entry = entry.unsaid();
    let field = entry.name("mountPropagation");
    let supported = ["Bidirectional", "HostToContainer", "None"];
    if !supported.contains(&mode) {
        errors.not_supported(&field, mode, &supported);
    }
    let is_privileged = container.security_context.as_ref().and_then(|context| context.privileged) == Some(true);
    if mode == "Bidirectional" && !is_privileged {
        let detail = "Bidirectional mount propagation is available only to privileged containers";
        errors.forbidden(&field, detail);
    }
}

/// `validateMountRecursiveReadOnly`.
fn recursive_read_only(mount: &VolumeMount, entry: &Field<'_>, errors: &mut Errors) {
    let is_known = errors.version().at_least(features::RECURSIVE_READ_ONLY_MOUNTS);
    let Some(mode) = mount.recursive_read_only.as_deref().filter(|_| is_known) else { return };
    let entry = entry.unsaid();
    let field = entry.name("recursiveReadOnly");
    match mode {
        "Disabled" => {}
        "Enabled" | "IfPossible" => {
            if mount.read_only != Some(true) {
                errors.forbidden(&field, "may only be specified when readOnly is true");
            }
            if mount.mount_propagation.as_deref().is_some_and(|mode| mode != "None") {
                let detail = "may only be specified when mountPropagation is None or not specified";
                errors.forbidden(&field, detail);
            }
        }
        _ => {
            errors.not_supported(&field, mode, &["Disabled", "Enabled", "IfPossible"]);
        }
    }
}

/// `ValidateVolumeDevices`.
pub(super) fn devices(container: &Container, volumes: &Volumes<'_>, field: &Field<'_>, errors: &mut Errors) {
    let mounts: BTreeMap<_, _> = container.volume_mounts.iter().flatten().map(name_and_path).collect();
    let mounted: BTreeSet<_> = mounts.values().copied().collect();
    let (mut names, mut paths) = (BTreeSet::new(), BTreeSet::new());
    for (index, device) in container.volume_devices.iter().flatten().enumerate() {
        let entry = field.index(index);
        let (at_name, at_path) = (entry.name("name"), entry.name("devicePath"));
        let (name, path) = (device.name.as_str(), device.device_path.as_str());
        if texts::require(name, &at_name, errors) && !names.insert(name) {
            errors.invalid(&at_name, name, UNIQUE);
        }
        match volumes.get(name) {
            None => {
                errors.not_found(&at_name, name);
            }
            Some(volume) if volume.persistent_volume_claim.is_none() && volume.ephemeral.is_none() => {
                let detail = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
                errors.invalid(&at_name, name, detail);
            }
            Some(_) => {}
        }
        texts::require(path, &at_path, errors);
        if paths.contains(path) {
            errors.invalid(&at_path, path, UNIQUE);
        }
        if texts::path_without_backsteps(path).is_empty() {
            paths.insert(path);
        } else {
            errors.invalid(&at_path, path, "can not contain backsteps ('..')");
        }
        if mounts.contains_key(name) {
            errors.invalid(&at_name, name, "must not already exist in volumeMounts");
        }
        if mounted.contains(path) {
            errors.invalid(&at_path, path, "must not already exist as a path in volumeMounts");
        }
    }
}

fn name_and_path(mount: &VolumeMount) -> (&str, &str) {
    (&mount.name, &mount.mount_path)
}
