//! Flags that several commands share.

use clap::{Args, ValueEnum};

use super::configured::Configured;
use crate::catalog::Version;
use crate::diagnostic::{Failure, FailureKind};
use crate::manifest::Options;
use crate::query::Access;
use crate::rbac::names;

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// What to read, and how.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// Files, directories, globs, or `-` for standard input; repeatable. Default: `include` of the configuration, or the
    /// working directory.
    #[arg(short, long = "filename", value_name = "PATH")]
    pub(super) filename: Vec<String>,
    /// Leaves out paths that match this glob; repeatable. Without a slash it matches a name at any depth. Default:
    /// `exclude` of the configuration.
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// Reads what `.gitignore` hides too.
    #[arg(long)]
    pub(super) no_ignore: bool,
    /// The configuration file. Default: `rolecall.yaml` or `.rolecall.yaml` in the working directory or above it, up to
    /// the root of the repository.
    #[arg(long, value_name = "PATH")]
    pub(super) config: Option<String>,
    /// Analyses only the files of this cluster, as the configuration file has it.
    #[arg(long, value_name = "NAME")]
    pub(super) cluster: Option<String>,
    /// Parses documents, too, that are plainly of no interest, so that their syntax errors are seen.
    #[arg(long)]
    pub(super) parse_all: bool,
    /// Leaves out the roles and bindings that every cluster has.
    #[arg(long)]
    pub(super) no_builtin_roles: bool,
    /// The version of Kubernetes that the manifests are for. Default: `kubernetesVersion` of the configuration, or 1.36.
    #[arg(long, value_name = "VERSION", value_parser = version)]
    pub(super) kubernetes_version: Option<Version>,
    /// Where objects without a namespace live. Default: `defaultNamespace` of the configuration, or `default`.
    #[arg(long, value_name = "NS", value_parser = namespace)]
    pub(super) default_namespace: Option<String>,
}

pub(super) fn version(text: &str) -> Result<Version, String> {
    Version::parse(text).ok_or_else(|| format!("what is known is {} to {}", Version::OLDEST, Version::NEWEST))
}

/// A namespace is named as RFC 1123 has labels.
pub(super) fn namespace(name: &str) -> Result<String, String> {
    if names::is_label(name) {
        Ok(name.to_owned())
    } else {
        Err("lower case letters, digits and `-` make a namespace".to_owned())
    }
}

impl Input {
    /// Whether standard input is among what is to be read.
    pub(super) fn names_stdin(&self, paths: &[String]) -> bool {
        paths.iter().chain(&self.filename).any(|path| path == "-")
    }

    /// All that the files say about access, with the paths of a command that takes them as arguments too.
    pub(super) fn access(&self, paths: &[String]) -> Result<Access, Failure> {
        let configured = Configured::read(self)?;
        configured.access(paths, &Options { keep_texts: true, ..configured.options() })
    }

    /// The same for a command that has something to say without any file, too, where none is named.
    pub(super) fn access_or_nothing(&self) -> Result<Access, Failure> {
        let configured = Configured::read(self)?;
        let options = Options { keep_texts: true, ..configured.options() };
        let is_named = !configured.request(&[]).paths.is_empty();
        match configured.access(&[], &options) {
            Err(failure) if failure.kind() == FailureKind::NoInput && !is_named => {
                configured.access_to_nothing(&options)
            }
            access => access,
        }
    }

    /// All that the files say about access, for a command that does not show where they say it.
    pub(super) fn access_without_texts(&self) -> Result<Access, Failure> {
        let configured = Configured::read(self)?;
        configured.access(&[], &configured.options())
    }
}
