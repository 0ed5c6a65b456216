//! What a kustomization says about the files beside it: which of them are only parts of objects.

use std::path::{Path, PathBuf};

use crate::discover::without_dots;
use crate::yaml::tree::NodeRef;

/// The files that a kustomization in this directory lists as patches or components, as absolute paths.
///
/// What is not written as it should be lists nothing.
pub(super) fn fragments(root: NodeRef<'_>, directory: &Path) -> Vec<PathBuf> {
    let list = |name: &str| root.get(name).into_iter().flat_map(|entry| entry.value.items());
    let patches = list("patches").chain(list("patchesJson6902")).filter_map(|patch| Some(patch.get("path")?.value));
    let files = patches.chain(list("patchesStrategicMerge")).chain(list("components")).filter_map(NodeRef::as_str);
    // An inline patch has several lines; a path has one.
    files.filter(|file| !file.contains('\n')).map(|file| without_dots(&directory.join(file))).collect()
}
