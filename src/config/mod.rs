//! The configuration: what a repository says about itself in `rolecall.yaml`.
//!
//! ```yaml
//! profile: pedantic
//! failOn: error
//! ignore: [job-missing-backoff-limit]
//! severity: {role-unknown-verb: error}
//! external:
//!   serviceAccounts: [monitoring/*]
//! paths:
//!   - paths: [examples/**]
//!     ignore: [risk]
//! clusters:
//!   - name: prod-eu
//!     paths: [clusters/prod-eu, base/**]
//! ```
//!
//! A tree of manifests may hold what several clusters run; a [`Cluster`] says which of its files belong together. The
//! text is read strictly, by [`crate::strict`]. Finding and reading the file is up to
//! [`discover`](crate::discover::config_file).

mod cluster;
mod keys;
mod paths;
mod pattern;
mod raw;
mod rules;
#[cfg(test)]
mod tests;
mod written;

pub use cluster::Cluster;
pub use keys::ROOT;
pub use paths::{Files, PathRules, Roots, Scope};
pub use rules::{External, RuleWords, Word};
pub use written::Step;

use std::path::Path;

use crate::diagnostic::{Failure, FailureKind};
use crate::discover::ConfigFile;
use crate::strict::{self, Places, Problem, Text};
use crate::yaml::{encoding, excerpt};
use paths::files_of;
use raw::{RawConfig, RawPaths, RawRules};

/// The names that a configuration file may have.
pub const FILE_NAMES: [&str; 2] = ["rolecall.yaml", ".rolecall.yaml"];

/// A configuration without mistakes. The default is that of a repository without a configuration file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The path of the file as it is shown; `None` where there is no file.
    pub path: Option<String>,
    clusters: Vec<Cluster>,
    /// Which rules it asks for.
    pub rules: RuleWords,
    /// What it asks for in some files, in its order.
    pub paths: Vec<PathRules>,
    /// What it knows of that no manifest has.
    pub external: External,
    /// What is read.
    pub scope: Scope,
    /// Where objects without a namespace live.
    pub default_namespace: Option<Word>,
    /// The version of Kubernetes that the manifests are for.
    pub kubernetes_version: Option<Word>,
    /// The least severity of a finding that makes a run fail.
    pub fail_on: Option<Word>,
    /// All values that stand in the file, each with the way to it.
    pub written: Vec<(Vec<Step>, Word)>,
}

/// Reads a configuration. The failure's message begins with the place of the mistake: `path:line:column: `.
pub fn parse(file: ConfigFile) -> Result<Config, Failure> {
    let bytes = encoding::to_utf8(file.bytes);
    let places = Places::new(&file.path, &bytes);
    let valid = raw::read(&bytes).and_then(|raw| validate(raw, &file.directory, &places));
    let config = valid.map_err(|problem| problem.into_failure(&file.path, &bytes))?;
    Ok(Config { path: Some(file.path), ..config })
}

fn validate(raw: RawConfig, directory: &Path, places: &Places) -> Result<Config, Problem> {
    let word = |text: &Text| Word { text: text.value.clone(), place: places.of(text.span) };
    let paths = raw.paths.iter().map(|paths| path_rules(paths, directory, places));
    let written = raw.written.into_iter();
    Ok(Config {
        path: None,
        rules: words(&raw.rules, places),
        paths: paths.collect::<Result<_, _>>()?,
        external: External::validate(&raw.external)?,
        scope: Scope::validate(&raw.include, &raw.exclude, directory)?,
        default_namespace: raw.default_namespace.as_ref().map(word),
        kubernetes_version: raw.kubernetes_version.as_ref().map(word),
        fail_on: raw.fail_on.as_ref().map(word),
        written: written.map(|leaf| (leaf.way, Word { text: leaf.text, place: places.of(leaf.span) })).collect(),
        clusters: cluster::validate(raw.clusters, directory)?,
    })
}

fn path_rules(raw: &RawPaths, directory: &Path, places: &Places) -> Result<PathRules, Problem> {
    Ok(PathRules { files: files_of(raw, directory)?, rules: words(&raw.rules, places) })
}

/// What is written about rules, each word with its place.
fn words(raw: &RawRules, places: &Places) -> RuleWords {
    let word = |text: &Text| Word { text: text.value.clone(), place: places.of(text.span) };
    RuleWords {
        profile: raw.profile.as_ref().map(word),
        select: raw.select.iter().map(word).collect(),
        ignore: raw.ignore.iter().map(word).collect(),
        severity: raw.severity.iter().map(|(rule, severity)| (word(rule), word(severity))).collect(),
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
        let known = strict::by_nearness(name, self.clusters.iter().map(Cluster::name));
        failure.hint(match &self.path {
            None => "no configuration file was found: clusters stand in `rolecall.yaml`, under `clusters`".to_owned(),
            Some(path) if known.is_empty() => format!("`{path}` has no clusters"),
            Some(path) => format!("`{path}` has {}", strict::listed(&known)),
        })
    }
}
