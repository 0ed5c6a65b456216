//! The configuration: what a repository says about itself in `rolecall.yaml`.
//!
//! ```yaml
//! clusters:
//!   - name: prod-eu
//!     paths: [clusters/prod-eu, base/**]
//! ```
//!
//! A tree of manifests may hold what several clusters run; a [`Cluster`] says which of its files belong together. The
//! text is read strictly, since a misspelt key would quietly mean nothing, and with the same [`yaml`](crate::yaml) layer
//! as manifests, so that every mistake has a place. Finding and reading the file is up to
//! [`discover`](crate::discover::config_file).

mod cluster;
mod near;
mod problem;
mod raw;
#[cfg(test)]
mod tests;

pub use cluster::Cluster;

use crate::diagnostic::{Failure, FailureKind};
use crate::discover::ConfigFile;
use crate::yaml::{encoding, excerpt};

/// The names that a configuration file may have.
pub const FILE_NAMES: [&str; 2] = ["rolecall.yaml", ".rolecall.yaml"];

/// A configuration without mistakes. The default is that of a repository without a configuration file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The path of the file as it is shown.
    path: Option<String>,
    clusters: Vec<Cluster>,
}

/// Reads a configuration. The failure's message begins with the place of the mistake: `path:line:column: `.
pub fn parse(file: ConfigFile) -> Result<Config, Failure> {
    let bytes = encoding::to_utf8(file.bytes);
    let clusters = raw::read(&bytes).and_then(|raw| cluster::validate(raw.clusters, &file.directory));
    match clusters {
        Ok(clusters) => Ok(Config { path: Some(file.path), clusters }),
        Err(problem) => Err(problem.into_failure(file.path, bytes)),
    }
}

impl Config {
    /// The clusters, in the order of the file.
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The cluster of this name.
    pub fn cluster(&self, name: &str) -> Result<&Cluster, Failure> {
        self.clusters.iter().find(|cluster| cluster.name() == name).ok_or_else(|| self.no_cluster(name))
    }

    fn no_cluster(&self, name: &str) -> Failure {
        let failure = Failure::new(FailureKind::Usage, format!("there is no cluster `{}`", excerpt(name)));
        let known = near::by_nearness(name, self.clusters.iter().map(Cluster::name));
        failure.hint(match &self.path {
            None => "no configuration file was found: clusters stand in `rolecall.yaml`, under `clusters`".to_owned(),
            Some(path) if known.is_empty() => format!("`{path}` has no clusters"),
            Some(path) => format!("`{path}` has {}", near::listed(&known)),
        })
    }
}
