//! What a kustomization says about the files beside it: which of them are only parts of objects.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::discover::without_dots;
use crate::yaml::tree::NodeRef;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Kustomization {
    patches: Vec<Patch>,
    #[serde(rename = "patchesJson6902")]
    json_patches: Vec<Patch>,
    #[serde(rename = "patchesStrategicMerge")]
    merge_patches: Vec<String>,
    components: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Patch {
    path: Option<String>,
}

/// The files that a kustomization in this directory lists as patches or components, as absolute paths.
///
/// A kustomization that does not decode lists nothing.
pub(super) fn fragments(root: NodeRef<'_>, directory: &Path) -> Vec<PathBuf> {
    let kustomization: Kustomization = root.decode().unwrap_or_default();
    let patches = kustomization.patches.into_iter().chain(kustomization.json_patches).filter_map(|patch| patch.path);
    let files = patches.chain(kustomization.merge_patches).chain(kustomization.components);
    // An inline patch has several lines; a path has one.
    files.filter(|file| !file.contains('\n')).map(|file| without_dots(&directory.join(file))).collect()
}
