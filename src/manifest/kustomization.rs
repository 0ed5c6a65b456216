//! What a kustomization says about the files beside it: which of them are only parts of objects.

use std::path::{Path, PathBuf};

use crate::discover::without_dots;
use crate::yaml::tree::NodeRef;

/// Whether a kustomization changes the names or namespaces of the objects that it lists.
pub(super) fn renames(root: NodeRef<'_>) -> bool {
    ["namespace", "namePrefix", "nameSuffix"].into_iter().any(|field| {
        let value = root.get(field).and_then(|entry| entry.value.as_str());
        value.is_some_and(|value| !value.is_empty())
    })
}

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
