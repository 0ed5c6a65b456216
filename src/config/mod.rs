//! The configuration: what a repository says about itself in `rolecall.yaml`.
//!
//! ```yaml
//! profile: pedantic
//! ignore: [job-missing-backoff-limit]
//! severity: {role-unknown-verb: error}
//! external:
//!   serviceAccounts: [monitoring/*]
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
mod rules;
#[cfg(test)]
mod tests;

pub use cluster::Cluster;
pub use rules::{External, RuleWords, Word};

use crate::diagnostic::{Failure, FailureKind};
use crate::discover::ConfigFile;
use crate::yaml::{encoding, excerpt};
use problem::Places;
use raw::{RawConfig, Text};

/// The names that a configuration file may have.
pub const FILE_NAMES: [&str; 2] = ["rolecall.yaml", ".rolecall.yaml"];

/// A configuration without mistakes. The default is that of a repository without a configuration file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The path of the file as it is shown.
    path: Option<String>,
    clusters: Vec<Cluster>,
    rules: RuleWords,
    external: External,
}

/// Reads a configuration. The failure's message begins with the place of the mistake: `path:line:column: `.
pub fn parse(file: ConfigFile) -> Result<Config, Failure> {
    let bytes = encoding::to_utf8(file.bytes);
    let valid = raw::read(&bytes).and_then(|raw| {
        let external = External::validate(&raw.external)?;
        Ok((words(&raw, &file.path, &bytes), external, cluster::validate(raw.clusters, &file.directory)?))
    });
    match valid {
        Ok((rules, external, clusters)) => Ok(Config { path: Some(file.path), clusters, rules, external }),
        Err(problem) => Err(problem.into_failure(&file.path, &bytes)),
    }
}

/// What is written about rules, each word with its place.
fn words(raw: &RawConfig, path: &str, bytes: &[u8]) -> RuleWords {
    let places = Places::new(path, bytes);
    let word = |text: &Text| Word { text: text.value.clone(), place: places.of(text.span) };
    RuleWords {
        profile: raw.profile.as_ref().map(word),
        select: raw.select.iter().map(word).collect(),
        ignore: raw.ignore.iter().map(word).collect(),
        severity: raw.severity.iter().map(|(rule, severity)| (word(rule), word(severity))).collect(),
    }
}

impl Config {
    /// Which rules it asks for.
    pub fn rules(&self) -> &RuleWords {
        &self.rules
    }

    /// What it knows of that no manifest has.
    pub fn external(&self) -> &External {
        &self.external
    }

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
