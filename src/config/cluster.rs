//! A cluster: which files of a tree of manifests it runs.

use std::collections::BTreeMap;
use std::path::Path;

use super::pattern::Pattern;
use super::raw::RawCluster;
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{Input, Inputs, PassedOver};
use crate::strict::{Problem, listed};
use crate::yaml::excerpt;

/// The files that one cluster runs.
#[derive(Clone, Debug)]
pub struct Cluster {
    name: String,
    patterns: Vec<Pattern>,
}

/// Checks what stands in a configuration file that lies in this directory.
pub(super) fn validate(raw: Vec<RawCluster>, directory: &Path) -> Result<Vec<Cluster>, Problem> {
    let mut names = BTreeMap::new();
    for RawCluster { name, .. } in &raw {
        if name.value.trim().is_empty() {
            return Err(Problem::new(
                name.span,
                "the name of a cluster is empty",
                "`--cluster` asks for it by its name",
            ));
        }
        if let Some(first) = names.insert(&name.value, name.span) {
            let message = format!("two clusters are named `{}`", excerpt(&name.value));
            let problem = Problem::new(name.span, message, "give each cluster a name of its own");
            return Err(problem.related("it stands first at", first));
        }
    }
    raw.into_iter().map(|cluster| Cluster::new(cluster, directory)).collect()
}

impl Cluster {
    fn new(raw: RawCluster, directory: &Path) -> Result<Self, Problem> {
        if raw.paths.is_empty() {
            let message = format!("the cluster `{}` has no paths", excerpt(&raw.name.value));
            return Err(Problem::new(
                raw.paths_span,
                message,
                "`paths: [.]` takes all files beside and below this one",
            ));
        }
        let patterns = raw.paths.iter().map(|path| Pattern::new(path, directory)).collect::<Result<_, _>>()?;
        Ok(Self { name: raw.name.value, patterns })
    }

    /// What `--cluster` asks for it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a file with this absolute path, without `.` and `..`, belongs to the cluster: it lies under one of its
    /// directories, is one of its files, or matches one of its globs.
    pub fn holds(&self, path: &Path) -> bool {
        self.patterns.iter().any(|pattern| pattern.holds(path))
    }

    /// Keeps the inputs that belong to the cluster; files with the names of companions still say how to read others.
    /// Fails where none is left.
    pub fn select(&self, inputs: Inputs, companions: &[&str]) -> Result<Inputs, Failure> {
        let inputs = inputs.of_cluster(companions, |path| self.holds(path));
        let left_out = inputs.passed_over.iter().any(|(_, reason)| *reason == PassedOver::OtherCluster);
        if left_out && inputs.files.iter().all(Input::is_companion) {
            let message = format!("none of the input files belongs to the cluster `{}`", excerpt(&self.name));
            let paths: Vec<_> = self.patterns.iter().map(Pattern::written).collect();
            let hint = format!("its paths are {}, relative to the configuration file", listed(&paths));
            return Err(Failure::new(FailureKind::NoInput, message).hint(hint));
        }
        Ok(inputs)
    }
}
