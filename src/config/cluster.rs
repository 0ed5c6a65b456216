//! A cluster: which files of a tree of manifests it runs.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::near;
use super::problem::Problem;
use super::raw::{RawCluster, Text};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{Glob, Input, Inputs, NoGlob, PassedOver, is_pattern};
use crate::yaml::excerpt;

/// The files that one cluster runs.
#[derive(Clone, Debug)]
pub struct Cluster {
    name: String,
    patterns: Vec<Pattern>,
}

/// One of a cluster's paths: a file, a directory or a glob.
#[derive(Clone, Debug)]
struct Pattern {
    written: String,
    /// The directory that the glob is relative to.
    directory: PathBuf,
    /// The path, taken to the letter.
    place: PathBuf,
    glob: Option<Glob>,
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
        let patterns = raw.paths.into_iter().map(|path| Pattern::new(path, directory)).collect::<Result<_, _>>()?;
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
            let paths: Vec<_> = self.patterns.iter().map(|pattern| pattern.written.as_str()).collect();
            let hint = format!("its paths are {}, relative to the configuration file", near::listed(&paths));
            return Err(Failure::new(FailureKind::NoInput, message).hint(hint));
        }
        Ok(inputs)
    }
}

impl Pattern {
    fn new(written: Text, directory: &Path) -> Result<Self, Problem> {
        let Text { value: written, span } = written;
        if written.trim().is_empty() {
            return Err(Problem::new(span, "a path is empty", "`.` is the directory of the configuration file"));
        }
        let (directory, inner) = resolve(directory, &written);
        // On every system, globs are written with slashes.
        let glob = inner.join("/");
        let glob = if glob.is_empty() { None } else { Some(Glob::new(&glob)) };
        let glob = glob.transpose().map_err(|NoGlob { message, hint }| Problem::new(span, message, hint))?;
        let place = directory.join(inner.iter().collect::<PathBuf>());
        // A plain name is a place and not, like a glob, a name at any depth.
        let glob = glob.filter(|_| is_pattern(&written));
        Ok(Self { written, directory, place, glob })
    }

    fn holds(&self, path: &Path) -> bool {
        let matches = |glob: &Glob| path.strip_prefix(&self.directory).is_ok_and(|inner| glob.matches(inner));
        path.starts_with(&self.place) || self.glob.as_ref().is_some_and(matches)
    }
}

/// Splits a path that is relative to a directory into the directory that it leads out of or to, and the names below it.
fn resolve<'p>(directory: &Path, path: &'p str) -> (PathBuf, Vec<&'p str>) {
    let mut directory = directory.to_owned();
    let mut names = Vec::new();
    for component in Path::new(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if names.pop().is_none() {
                    directory.pop();
                }
            }
            Component::Normal(name) => names.push(name.to_str().unwrap_or_default()),
            Component::Prefix(_) | Component::RootDir => directory.push(component),
        }
    }
    (directory, names)
}
