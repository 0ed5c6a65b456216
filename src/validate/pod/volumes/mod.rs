//! Volumes of pods (`ValidateVolumes`).

use k8s_openapi::api::core::v1::Volume;

use super::super::errors::Errors;
use super::super::field::Field;
use super::super::names;
use super::features;
use super::mounts::Volumes;
use super::texts;

mod claims;
mod clouds;
mod files;
mod iscsi;
mod local;
mod projected;
mod storage;

const LONGEST_ISCSI_NAME: usize = 64;

/// `ValidateVolumes`: what is wrong with them, and those with which nothing is.
pub(super) fn volumes<'p>(volumes: &'p [Volume], field: &Field<'_>, errors: &mut Errors) -> Volumes<'p> {
    let mut fine = Volumes::new();
    for (index, volume) in volumes.iter().enumerate() {
        let field = field.index(index);
        let count = errors.count();
        source(volume, &field, errors);
        texts::check_required(&volume.name, names::dns_label, &field.name("name"), errors);
        if fine.contains_key(volume.name.as_str()) {
            errors.duplicate(&field.name("name"), &volume.name);
        }
        if errors.count() == count {
            fine.insert(&volume.name, volume);
        }
    }
    fine
}

/// `validateVolumeSource`: the first source is looked at, others may not be there. Without any, the defaults make it an
/// empty directory.
fn source(volume: &Volume, field: &Field<'_>, errors: &mut Errors) {
    let knows_images = errors.version().at_least(features::IMAGE_VOLUMES);
    let mut sources = sources(volume, knows_images).into_iter().flatten();
    if let Some((name, check)) = sources.next() {
        let at = field.name(name.written);
        if name.looked_at == name.written {
            check(&at, errors);
        } else {
            check(&at.unsaid().name(name.looked_at).unwritten(), errors);
        }
    } else if volume.image.is_some() && errors.version().at_least(features::IMAGE_VOLUMES_ARE_KNOWN) {
        errors.required(field, "must specify a volume type");
    }
    for (name, _) in sources {
        let at = field.name(name.written).unsaid();
        errors.forbidden(&at.name(name.too_many).unwritten(), "may not specify more than 1 volume type");
    }
    if let Some(source) = volume.iscsi.as_ref().filter(|source| source.initiator_name.is_some())
        && volume.name.len() + ":".len() + source.target_portal.len() > LONGEST_ISCSI_NAME
    {
        let detail = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if \
                      iscsi.initiatorName is specified.";
        errors.invalid(&field.name("name"), &volume.name, detail);
    }
}

/// The field of a source, and what the API server calls it, which differs at times.
struct Name {
    written: &'static str,
    /// Where it is the first source.
    looked_at: &'static str,
    /// Where another source came before it.
    too_many: &'static str,
}

impl Name {
    const GCE: Self = Self { written: "gcePersistentDisk", looked_at: "persistentDisk", too_many: "gcePersistentDisk" };
    const CEPH_FS: Self = Self { written: "cephfs", looked_at: "cephfs", too_many: "cephFS" };
    const DOWNWARD_API: Self = Self { written: "downwardAPI", looked_at: "downwardAPI", too_many: "downwarAPI" };

    fn new(name: &'static str) -> Self {
        Self { written: name, looked_at: name, too_many: name }
    }
}

/// The checks of a source, at its field.
type Check<'v> = Box<dyn Fn(&Field<'_>, &mut Errors) + 'v>;

fn named<T>(name: Name, source: Option<&T>, check: fn(&T, &Field<'_>, &mut Errors)) -> Option<(Name, Check<'_>)> {
    let source = source?;
    Some((name, Box::new(move |field, errors| check(source, field, errors))))
}

fn sourced<'v, T>(
    name: &'static str,
    source: Option<&'v T>,
    check: fn(&T, &Field<'_>, &mut Errors),
) -> Option<(Name, Check<'v>)> {
    named(Name::new(name), source, check)
}

/// All sources of a volume, in the order in which the API server looks for them.
fn sources(volume: &Volume, knows_images: bool) -> [Option<(Name, Check<'_>)>; 30] {
    let image = volume.image.as_ref().filter(|_| knows_images);
    [
        sourced("emptyDir", volume.empty_dir.as_ref(), local::empty_dir),
        sourced("hostPath", volume.host_path.as_ref(), local::host_path),
        sourced("gitRepo", volume.git_repo.as_ref(), local::git_repo),
        named(Name::GCE, volume.gce_persistent_disk.as_ref(), clouds::gce_persistent_disk),
        sourced("awsElasticBlockStore", volume.aws_elastic_block_store.as_ref(), clouds::aws_elastic_block_store),
        sourced("secret", volume.secret.as_ref(), files::secret),
        sourced("nfs", volume.nfs.as_ref(), storage::nfs),
        sourced("iscsi", volume.iscsi.as_ref(), iscsi::iscsi),
        sourced("glusterfs", volume.glusterfs.as_ref(), storage::glusterfs),
        sourced("flocker", volume.flocker.as_ref(), storage::flocker),
        sourced("persistentVolumeClaim", volume.persistent_volume_claim.as_ref(), claims::reference),
        sourced("rbd", volume.rbd.as_ref(), storage::rbd),
        sourced("cinder", volume.cinder.as_ref(), clouds::cinder),
        named(Name::CEPH_FS, volume.cephfs.as_ref(), storage::ceph_fs),
        sourced("quobyte", volume.quobyte.as_ref(), storage::quobyte),
        named(Name::DOWNWARD_API, volume.downward_api.as_ref(), files::downward_api),
        sourced("fc", volume.fc.as_ref(), storage::fibre_channel),
        sourced("flexVolume", volume.flex_volume.as_ref(), storage::flex),
        sourced("configMap", volume.config_map.as_ref(), files::config_map),
        sourced("azureFile", volume.azure_file.as_ref(), clouds::azure_file),
        sourced("vsphereVolume", volume.vsphere_volume.as_ref(), clouds::vsphere),
        sourced("photonPersistentDisk", volume.photon_persistent_disk.as_ref(), clouds::photon),
        sourced("portworxVolume", volume.portworx_volume.as_ref(), storage::portworx),
        sourced("azureDisk", volume.azure_disk.as_ref(), clouds::azure_disk),
        sourced("storageos", volume.storageos.as_ref(), storage::storage_os),
        sourced("projected", volume.projected.as_ref(), projected::projected),
        sourced("scaleIO", volume.scale_io.as_ref(), storage::scale_io),
        sourced("csi", volume.csi.as_ref(), storage::csi),
        sourced("ephemeral", volume.ephemeral.as_ref(), claims::ephemeral),
        sourced("image", image, local::image),
    ]
}
