//! Which files hold objects that a kustomization gives other names or namespaces.

use std::collections::HashMap;
use std::path::Path;

use crate::manifest::ReadSet;
use crate::source::FileId;

/// The kustomization that renames what stands in each file.
#[derive(Debug, Default)]
pub(super) struct Renaming {
    /// By the number of the file; empty where none of them is renamed.
    by_file: Vec<Option<usize>>,
}

impl Renaming {
    pub(super) fn new(read_set: &ReadSet) -> Self {
        let mut directories: HashMap<&Path, usize> = HashMap::new();
        for (position, kustomization) in read_set.renaming.iter().enumerate() {
            if let Some(directory) = Path::new(kustomization).parent() {
                directories.entry(directory).or_insert(position);
            }
        }
        if directories.is_empty() {
            return Self::default();
        }
        // Files come by directory: most are renamed by what renames the one before.
        let mut last = (None, None);
        let by_file = read_set.sources.paths().map(|path| {
            let directory = Path::new(path).parent();
            if last.0 != Some(directory) {
                let above = directory.into_iter().flat_map(Path::ancestors);
                last = (Some(directory), above.filter_map(|directory| directories.get(directory).copied()).min());
            }
            last.1
        });
        Self { by_file: by_file.collect() }
    }

    /// The position of the kustomization among those that rename; `None` where none is known to.
    pub(super) fn of(&self, file: FileId) -> Option<usize> {
        *self.by_file.get(file.index())?
    }
}
