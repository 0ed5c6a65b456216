//! What kustomizations say about other files: which of them are only parts of objects, and which hold objects that get
//! their namespace only when they are rendered.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::discover::without_dots;
use crate::yaml::tree::NodeRef;

/// A kustomization; its paths are absolute.
#[derive(Debug, Default)]
pub(super) struct Kustomization {
    /// The directory that it stands in, by which others list it.
    directory: PathBuf,
    /// The files that it lists as patches or components: parts of objects.
    pub(super) fragments: Vec<PathBuf>,
    /// The files, and the directories of other kustomizations, whose objects it takes in.
    pub(super) resources: Vec<PathBuf>,
    /// Whether it says in which namespace all of these live.
    sets_namespace: bool,
    /// Whether it changes the names or namespaces of these.
    pub(super) renames: bool,
}

impl Kustomization {
    /// Nothing so far, of a file in this directory.
    pub(super) fn new(directory: &Path) -> Self {
        Self { directory: directory.to_owned(), ..Self::default() }
    }

    /// Takes in what a document of the file says. What is not written as it should be says nothing.
    pub(super) fn add(&mut self, root: NodeRef<'_>) {
        let list = |name: &str| root.get(name).into_iter().flat_map(|entry| entry.value.items());
        // An inline patch has several lines; a path has one.
        let path =
            |node: NodeRef<'_>| node.as_str().filter(|file| !file.contains('\n')).map(|file| self.directory.join(file));
        let path = |node| path(node).map(|path| without_dots(&path));
        let patches = list("patches").chain(list("patchesJson6902")).filter_map(|patch| Some(patch.get("path")?.value));
        let fragments: Vec<_> =
            patches.chain(list("patchesStrategicMerge")).chain(list("components")).filter_map(path).collect();
        let resources: Vec<_> =
            list("resources").chain(list("bases")).chain(list("components")).filter_map(path).collect();
        let says =
            |field| root.get(field).and_then(|entry| entry.value.as_str()).is_some_and(|value| !value.is_empty());
        self.sets_namespace |= says("namespace");
        self.renames |= ["namespace", "namePrefix", "nameSuffix"].into_iter().any(says);
        self.fragments.extend(fragments);
        self.resources.extend(resources);
    }
}

/// The files whose objects some kustomization puts into a namespace, by whatever way it takes them in.
pub(super) fn put_into_a_namespace(kustomizations: &[Kustomization]) -> HashSet<&Path> {
    let by_directory: HashMap<_, _> = kustomizations.iter().map(|it| (it.directory.as_path(), it)).collect();
    let mut files = HashSet::new();
    let mut todo: Vec<_> = kustomizations.iter().filter(|it| it.sets_namespace).collect();
    while let Some(kustomization) = todo.pop() {
        for path in &kustomization.resources {
            if files.insert(path.as_path()) {
                todo.extend(by_directory.get(path.as_path()));
            }
        }
    }
    files
}
