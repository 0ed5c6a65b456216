//! Flags that several commands share.

use clap::{Args, ValueEnum};

use crate::catalog::Version;
use crate::config::{self, Config};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{self, Inputs, Request};
use crate::lint::{Earlier, Selection, Settings};
use crate::manifest::{COMPANIONS, Options};
use crate::query::{self, Access, Assumptions};
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
    /// Files, directories, globs, or `-` for standard input; repeatable. Default: the working directory.
    #[arg(short, long = "filename", value_name = "PATH")]
    filename: Vec<String>,
    /// Leaves out paths that match this glob; repeatable. Without a slash it matches a name at any depth.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Reads what `.gitignore` hides too.
    #[arg(long)]
    no_ignore: bool,
    /// The configuration file. Default: `rolecall.yaml` or `.rolecall.yaml` in the working directory or above it, up to
    /// the root of the repository.
    #[arg(long, value_name = "PATH")]
    config: Option<String>,
    /// Analyses only the files of this cluster, as the configuration file has it.
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,
    /// Parses documents, too, that are plainly of no interest, so that their syntax errors are seen.
    #[arg(long)]
    parse_all: bool,
    /// Leaves out the roles and bindings that every cluster has.
    #[arg(long)]
    no_builtin_roles: bool,
    /// The version of Kubernetes that the manifests are for.
    #[arg(long, value_name = "VERSION", default_value_t = Version::NEWEST, value_parser = version)]
    kubernetes_version: Version,
    /// Where objects without a namespace live.
    #[arg(long, value_name = "NS", default_value = "default", value_parser = namespace)]
    default_namespace: String,
}

fn version(text: &str) -> Result<Version, String> {
    Version::parse(text).ok_or_else(|| format!("what is known is {} to {}", Version::OLDEST, Version::NEWEST))
}

/// A namespace is named as RFC 1123 has labels.
fn namespace(name: &str) -> Result<String, String> {
    if names::is_label(name) {
        Ok(name.to_owned())
    } else {
        Err("lower case letters, digits and `-` make a namespace".to_owned())
    }
}

impl Input {
    /// The files to read, with the paths of a command that takes them as arguments too.
    pub(super) fn discover(&self, paths: &[String]) -> Result<Inputs, Failure> {
        self.configuration()?;
        self.of_cluster(discover::discover(&self.request(paths))?)
    }

    /// Those of some files that belong to the cluster that was asked for.
    pub(super) fn of_cluster(&self, inputs: Inputs) -> Result<Inputs, Failure> {
        let config = self.configuration()?;
        match self.cluster.as_deref().map(|name| config.cluster(name)).transpose()? {
            Some(cluster) => cluster.select(inputs, COMPANIONS),
            None => Ok(inputs),
        }
    }

    /// Read even where nothing of it is needed: what is wrong in it is told before it is relied on.
    fn configuration(&self) -> Result<Config, Failure> {
        let file = discover::config_file(self.config.as_deref(), &config::FILE_NAMES)?;
        file.map_or_else(|| Ok(Config::default()), config::parse)
    }

    /// What to look for, with the paths of a command that takes them as arguments too.
    pub(super) fn request(&self, paths: &[String]) -> Request {
        Request {
            paths: paths.iter().chain(&self.filename).cloned().collect(),
            exclude: self.exclude.clone(),
            no_ignore: self.no_ignore,
            companions: COMPANIONS,
        }
    }

    /// Whether standard input is among what is to be read.
    pub(super) fn names_stdin(&self, paths: &[String]) -> bool {
        paths.iter().chain(&self.filename).any(|path| path == "-")
    }

    /// All that the files say about access, with the paths of a command that takes them as arguments too.
    pub(super) fn access(&self, paths: &[String]) -> Result<Access, Failure> {
        self.load(paths, &Options { keep_texts: true, ..self.options() })
    }

    /// All that the files say about access, for a command that does not show where they say it.
    pub(super) fn access_without_texts(&self) -> Result<Access, Failure> {
        self.load(&[], &self.options())
    }

    fn load(&self, paths: &[String], options: &Options) -> Result<Access, Failure> {
        self.refuse_unknown_facts()?;
        let inputs = self.discover(paths)?;
        let assumptions = Assumptions { version: self.kubernetes_version, default_policy: !self.no_builtin_roles };
        query::load(&inputs, options, assumptions)
    }

    /// Answers about access need the resources and roles of the version itself.
    fn refuse_unknown_facts(&self) -> Result<(), Failure> {
        if self.kubernetes_version.has_facts() {
            return Ok(());
        }
        let known: Vec<_> = Version::with_facts().map(|version| version.to_string()).collect();
        let message =
            format!("the resources and default roles of Kubernetes {} are not known", self.kubernetes_version);
        Err(Failure::new(FailureKind::Usage, message).hint(format!("known are those of {}", known.join(", "))))
    }

    /// How to judge it.
    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        let config = self.configuration()?;
        Ok(Settings {
            selection: Selection::configured(config.rules())?,
            external: config.external().clone(),
            earlier: Earlier::default(),
            default_policy: !self.no_builtin_roles,
            ..Settings::default()
        })
    }

    /// How to read it.
    pub(super) fn options(&self) -> Options {
        Options {
            default_namespace: self.default_namespace.clone(),
            parse_all: self.parse_all,
            keep_texts: false,
            version: self.kubernetes_version,
        }
    }
}
