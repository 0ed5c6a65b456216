//! The configuration as commands go by it: without words that name nothing, and with the flags that outweigh it.

use super::args::{Input, namespace, version};
use super::judging::Judging;
use crate::catalog::Version;
use crate::config::{self, Cluster, Config, Word};
use crate::diagnostic::{Failure, FailureKind, Severity};
use crate::discover::{self, Inputs, Request};
use crate::lint::{self, Choice, PathChoice, Selection, Settings};
use crate::manifest::{COMPANIONS, Options};
use crate::query::{self, Access, Assumptions};

/// What is in force.
#[derive(Debug)]
pub(super) struct Configured<'a> {
    input: &'a Input,
    /// What the file says.
    pub(super) config: Config,
    selection: Selection,
    paths: Vec<PathChoice>,
    fail_on: Option<Severity>,
    /// The version of Kubernetes that the manifests are for.
    pub(super) version: Version,
    /// Where objects without a namespace live.
    pub(super) default_namespace: String,
}

/// What is taken for a namespace where nobody says which.
pub(super) const DEFAULT_NAMESPACE: &str = "default";

/// What makes `lint` fail where nobody says what.
pub(super) const FAIL_ON: Severity = Severity::Warning;

impl<'a> Configured<'a> {
    /// Reads the configuration. It is read whole even where nothing of it is needed: what is wrong in it is told before
    /// it is relied on.
    pub(super) fn read(input: &'a Input) -> Result<Self, Failure> {
        let file = discover::config_file(input.config.as_deref(), &config::FILE_NAMES)?;
        let config = file.map_or_else(|| Ok(Config::default()), config::parse)?;
        let paths = config
            .paths
            .iter()
            .map(|paths| Ok(PathChoice { files: paths.files.clone(), choice: Choice::configured(&paths.rules)? }));
        let said_version = config.kubernetes_version.as_ref().map(|word| said(word, version)).transpose()?;
        let said_namespace = config.default_namespace.as_ref().map(|word| said(word, namespace)).transpose()?;
        Ok(Self {
            selection: Selection::configured(&config.rules)?,
            paths: paths.collect::<Result<_, _>>()?,
            fail_on: config.fail_on.as_ref().map(lint::severity_named).transpose()?,
            version: input.kubernetes_version.or(said_version).unwrap_or(Version::NEWEST),
            default_namespace: input
                .default_namespace
                .clone()
                .or(said_namespace)
                .unwrap_or_else(|| DEFAULT_NAMESPACE.to_owned()),
            input,
            config,
        })
    }

    /// The files to read, with the paths of a command that takes them as arguments too.
    pub(super) fn discover(&self, paths: &[String]) -> Result<Inputs, Failure> {
        let cluster = self.cluster()?;
        of_cluster(cluster, self.found(paths)?)
    }

    /// The files that some paths alone lead to.
    pub(super) fn discover_only(&self, paths: &[String]) -> Result<Inputs, Failure> {
        let request = Request { paths: paths.to_owned(), ..self.request(&[]) };
        of_cluster(self.cluster()?, discover::discover(&request)?)
    }

    /// What the same paths would have led to at a revision, which finds files for a request: nothing, perhaps.
    pub(super) fn at_revision(
        &self,
        paths: &[String],
        find: impl Fn(&Request) -> Result<Inputs, Failure>,
    ) -> Result<Inputs, Failure> {
        let request = self.request(paths);
        let inputs = match &self.config.path {
            Some(file) if request.paths.is_empty() && self.config.scope.includes() => {
                let roots = self.config.scope.roots(file);
                let inputs = find(&Request { paths: roots.named, roots: roots.of_globs, ..request })?;
                self.config.scope.keep(inputs, COMPANIONS)
            }
            _ => find(&request)?,
        };
        of_cluster(self.cluster()?, inputs)
    }

    fn cluster(&self) -> Result<Option<&Cluster>, Failure> {
        self.input.cluster.as_deref().map(|name| self.config.cluster(name)).transpose()
    }

    fn found(&self, paths: &[String]) -> Result<Inputs, Failure> {
        let request = self.request(paths);
        let file = match &self.config.path {
            Some(file) if request.paths.is_empty() && self.config.scope.includes() => file,
            _ => return discover::discover(&request),
        };
        let roots = self.config.scope.roots(file);
        let inputs = discover::discover(&Request { paths: roots.named, roots: roots.of_globs, ..request });
        let failure = match inputs.map(|inputs| self.config.scope.keep(inputs, COMPANIONS)) {
            Ok(inputs) if inputs.files.iter().all(discover::Input::is_companion) && inputs.passed_over.is_empty() => {
                Failure::new(FailureKind::NoInput, "no .yaml, .yml or .json file is included")
            }
            Ok(inputs) => return Ok(inputs),
            Err(failure) => failure,
        };
        Err(failure.hint(format!("`include` in `{file}` says what is read where no path is named")))
    }

    /// What to look for, with the paths of a command that takes them as arguments too.
    pub(super) fn request(&self, paths: &[String]) -> Request {
        let is_outweighed = !self.input.exclude.is_empty();
        Request {
            paths: paths.iter().chain(&self.input.filename).cloned().collect(),
            exclude: self.input.exclude.clone(),
            exclude_below: if is_outweighed { Vec::new() } else { self.config.scope.exclude().to_owned() },
            roots: Vec::new(),
            no_ignore: self.input.no_ignore,
            companions: COMPANIONS,
        }
    }

    /// The files to read of what is still there. None may be left where there were some before.
    pub(super) fn discover_left(&self, paths: &[String], may_be_none: bool) -> Result<Inputs, Failure> {
        let found = self.discover(paths);
        match &found {
            // What is named and was deleted is nothing to stumble over.
            Err(failure) if may_be_none && failure.kind() == FailureKind::Input => {
                let named = self.request(paths);
                let request = Request { paths: Vec::new(), roots: named.paths, ..named };
                of_cluster(self.cluster()?, discover::discover_any(&request)?)
            }
            Err(failure) if may_be_none && failure.kind() == FailureKind::NoInput => Ok(Inputs::default()),
            _ => found,
        }
    }

    /// All that the files say about access, with the paths of a command that takes them as arguments too.
    pub(super) fn access(&self, paths: &[String], options: &Options) -> Result<Access, Failure> {
        let assumptions = self.assumptions()?;
        let inputs = self.discover(paths)?;
        query::load(&inputs, options, assumptions)
    }

    /// What is known of access where there is no file.
    pub(super) fn access_to_nothing(&self, options: &Options) -> Result<Access, Failure> {
        query::load(&Inputs::default(), options, self.assumptions()?)
    }

    /// What is taken for granted. Fails where too little is known of the version.
    pub(super) fn assumptions(&self) -> Result<Assumptions, Failure> {
        self.refuse_unknown_facts()?;
        Ok(Assumptions { version: self.version, default_policy: !self.input.no_builtin_roles })
    }

    /// Answers about access need the resources and roles of the version itself.
    pub(super) fn refuse_unknown_facts(&self) -> Result<(), Failure> {
        if self.version.has_facts() {
            return Ok(());
        }
        let known: Vec<_> = Version::with_facts().map(|version| version.to_string()).collect();
        let message = format!("the resources and default roles of Kubernetes {} are not known", self.version);
        let failure =
            Failure::new(FailureKind::Usage, message).hint(format!("known are those of {}", known.join(", ")));
        Err(match &self.config.kubernetes_version {
            Some(word) if self.input.kubernetes_version.is_none() => {
                failure.hint(format!("{} says so; `--kubernetes-version` outweighs it", word.place))
            }
            _ => failure,
        })
    }

    /// How to judge it.
    pub(super) fn settings(&self, judging: &Judging) -> Result<Settings, Failure> {
        let mut selection = self.selection.clone();
        if let Some(profile) = judging.profile {
            selection.set_profile(profile.profile());
        }
        Ok(Settings {
            selection,
            paths: self.paths.clone(),
            last: judging.choice()?,
            external: self.config.external.clone(),
            default_policy: !self.input.no_builtin_roles,
            ..Settings::default()
        })
    }

    /// The least severity of a finding that makes a run fail.
    pub(super) fn fail_on(&self, judging: &Judging) -> Severity {
        judging.fail_on.map(super::judging::Threshold::severity).or(self.fail_on).unwrap_or(FAIL_ON)
    }

    /// How to read it.
    pub(super) fn options(&self) -> Options {
        Options {
            default_namespace: self.default_namespace.clone(),
            parse_all: self.input.parse_all,
            keep_texts: false,
            version: self.version,
        }
    }
}

fn of_cluster(cluster: Option<&Cluster>, inputs: Inputs) -> Result<Inputs, Failure> {
    match cluster {
        Some(cluster) => cluster.select(inputs, COMPANIONS),
        None => Ok(inputs),
    }
}

/// What a word of the configuration says, as the flag of the same name would have it.
fn said<T>(word: &Word, parse: fn(&str) -> Result<T, String>) -> Result<T, Failure> {
    parse(&word.text).map_err(|hint| {
        let message = format!("{}: `{}` cannot be used here", word.place, crate::yaml::excerpt(&word.text));
        Failure::new(FailureKind::Config, message).hint(hint)
    })
}
