//! Files of environment variables (`validateFileKeyRefVolumes`).

use k8s_openapi::api::core::v1::{PodSpec, Volume};

use super::super::errors::Errors;
use super::super::field::Field;
use super::{containers, features};

/// The volume with a file of variables has to be there, and an empty directory; the field is the spec of the pod.
pub(super) fn volumes_of_files(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    if !errors.version().at_least(features::ENVIRONMENT_FILES) {
        return;
    }
    for (list, index, container) in containers::every(spec) {
        let container_field = field.name(list);
        let container_field = container_field.index(index);
        let variables = container_field.name("env");
        for (index, variable) in container.env.iter().flatten().enumerate() {
            let source = variable.value_from.as_ref().and_then(|source| source.file_key_ref.as_ref());
            let Some(reference) = source else { continue };
            let name = &reference.volume_name;
            let source = variables.index(index);
            let source = source.name("valueFrom");
            let at = source.name("fileKeyRef");
            let mut volumes = spec.volumes.iter().flatten().rev();
            match volumes.find(|volume| volume.name == *name) {
                None => {
                    errors.not_found(&at.name("volumeName"), name);
                }
                Some(volume) if !is_empty_dir(volume) => {
                    errors.invalid(&at.name("volumeName"), name, "referenced volume must be of type emptyDir");
                }
                Some(_) => {}
            }
        }
    }
}

/// Whether it is an empty directory, which it is too where it names no source.
fn is_empty_dir(volume: &Volume) -> bool {
    volume.empty_dir.is_some() || *volume == Volume { name: volume.name.clone(), ..Volume::default() }
}
