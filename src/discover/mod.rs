//! From the paths of a command line to the files to read. The only module that touches the outside.
//!
//! Directories are walked with `.gitignore` honoured and without hidden entries; links in them are not followed.
//! Paths that are named outright are read whatever hides them. What was found and is not read is reported with its
//! reason. Nothing here looks into a file. What is written is written whole.

mod clusters;
mod config_file;
mod git;
mod held;
mod log;
mod log_frames;
mod patterns;
mod project;
mod read;
mod stdin;
mod walk;
mod write;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Failure, FailureKind};
use crate::timing::{self, Stage};
pub use config_file::{ConfigFile, config_file};
pub use git::{Range, Revision};
pub use log::{Block, Log, open_log};
pub use patterns::Below;
use patterns::{Exclude, Patterns};
pub(crate) use patterns::{Glob, NoGlob, is_pattern};
pub use project::{Project, Whereabouts};
pub(crate) use read::plain as in_plain_words;
pub use read::{Unreadable, read};
pub use stdin::{stdin_is_terminal, stdin_lines};
pub use write::{replace, write};

/// The name that standard input has in reports.
pub const STDIN: &str = "<stdin>";

/// What to look for, and where.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files, directories, globs, and `-` for standard input. The working directory where there are none.
    pub paths: Vec<String>,
    /// Globs of paths to leave out, whoever names them.
    pub exclude: Vec<String>,
    /// The same, as the configuration has it.
    pub exclude_below: Vec<Below>,
    /// Directories and files to look at besides the paths, where they are there.
    pub roots: Vec<String>,
    /// Whether to read what `.gitignore` hides too.
    pub no_ignore: bool,
    /// Names of files that say how to read the files beside and below them. They are found in the directories of all
    /// inputs and above them, up to the root of the repository.
    pub companions: &'static [&'static str],
}

/// A file to read.
#[derive(Clone, Debug)]
pub struct Input {
    path: String,
    place: Place,
    companion: bool,
}

#[derive(Clone, Debug)]
enum Place {
    Stdin,
    File(PathBuf),
    /// A place that was found and could not be entered, with the reason.
    Closed(PathBuf, String),
    /// Bytes that are known already, and the file that they are for; `None` for standard input.
    Held(Option<PathBuf>, Arc<[u8]>),
}

impl Input {
    /// The path as it is shown.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The absolute path without `.` and `..`; `None` for standard input.
    pub fn absolute(&self) -> Option<&Path> {
        match &self.place {
            Place::Stdin | Place::Held(None, _) => None,
            Place::File(path) | Place::Closed(path, _) | Place::Held(Some(path), _) => Some(path),
        }
    }

    /// The same input as if it had these bytes.
    #[must_use]
    pub fn holding(&self, bytes: Vec<u8>) -> Self {
        let place = Place::Held(self.absolute().map(Path::to_owned), bytes.into());
        Self { path: self.path.clone(), place, companion: self.companion }
    }

    /// What inputs go by: below every other character, the separator makes texts compare as paths do, component by
    /// component.
    fn order(&self) -> String {
        self.path.replace('/', "\0")
    }

    /// Whether the file was not asked for and only says how to read others.
    pub fn is_companion(&self) -> bool {
        self.companion
    }
}

/// Why a path that was found is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassedOver {
    /// It is a link inside a directory.
    Link,
    /// It was named, and `--exclude` leaves it out.
    Excluded,
    /// It belongs to another cluster than the one that was asked for.
    OtherCluster,
}

/// All that a request leads to.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The files to read, by path, component by component; companions last.
    pub files: Vec<Input>,
    /// What is not read, by path.
    pub passed_over: Vec<(String, PassedOver)>,
}

impl Inputs {
    /// Takes in files that are not among these yet.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        let known: BTreeSet<_> = self.files.iter().filter_map(Input::absolute).map(Path::to_owned).collect();
        let is_new = |input: &Input| input.absolute().is_none_or(|path| !known.contains(path));
        self.files.extend(others.files.into_iter().filter(is_new));
        self.files.sort_by_cached_key(|input| (input.companion, input.order()));
        self
    }
}

/// Finds the files of a request.
///
/// Fails where a named path does not exist, a pattern is none, or there is nothing to read.
pub fn discover(request: &Request) -> Result<Inputs, Failure> {
    timing::stage(Stage::Discover, || find(request))
}

fn find(request: &Request) -> Result<Inputs, Failure> {
    let mut search = Search::new(request)?;
    if request.paths.is_empty() && request.roots.is_empty() {
        search.named(".")?;
    }
    for root in request.roots.iter().filter(|root| Path::new(root).exists()) {
        search.named(root)?;
    }
    for path in &request.paths {
        search.named(path)?;
    }
    search.finish()
}

/// Finds the files of a request, of which there may be none.
pub fn discover_any(request: &Request) -> Result<Inputs, Failure> {
    match discover(request) {
        Err(failure) if failure.kind() == FailureKind::NoInput => Ok(Inputs::default()),
        inputs => inputs,
    }
}

struct Search<'r> {
    request: &'r Request,
    working_directory: PathBuf,
    exclude: Exclude,
    /// By absolute path, as text: components are only compared once, at the end.
    files: BTreeMap<OsString, Input>,
    companions: BTreeSet<PathBuf>,
    /// The directories in which companions have been looked for.
    climbed: BTreeSet<PathBuf>,
    passed_over: BTreeMap<PathBuf, (String, PassedOver)>,
}

impl<'r> Search<'r> {
    fn new(request: &'r Request) -> Result<Self, Failure> {
        let working_directory = working_directory()?;
        let exclude = Exclude::new(Patterns::new(&request.exclude)?, &request.exclude_below, &working_directory);
        Ok(Self {
            request,
            working_directory,
            exclude,
            files: BTreeMap::new(),
            companions: BTreeSet::new(),
            climbed: BTreeSet::new(),
            passed_over: BTreeMap::new(),
        })
    }

    /// Takes in one path of the command line.
    fn named(&mut self, argument: &str) -> Result<(), Failure> {
        if argument == "-" {
            let stdin = Input { path: STDIN.to_owned(), place: Place::Stdin, companion: false };
            self.files.insert(OsString::from(STDIN), stdin);
            return Ok(());
        }
        let path = Path::new(argument);
        #[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.walk(path, None),
            Ok(_) => self.add_named_file(path),
            Err(_) if is_pattern(argument) => {
                let pattern = Patterns::new(&[argument.to_owned()])?;
                let root = patterns::fixed_part(argument);
                if root.exists() {
                    self.walk(&root, Some(&pattern));
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let failure = Failure::new(FailureKind::Input, format!("`{argument}` does not exist"));
                return Err(failure.hint("name files or directories that exist, or `-` for standard input"));
            }
            Err(error) => self.add_closed(self.absolute(path), shown(path), read::plain(&error)),
        }
        Ok(())
    }

    fn add_named_file(&mut self, path: &Path) {
        let absolute = self.absolute(path);
        let shown = shown(path);
        if self.exclude.matches(Path::new(&shown)) {
            self.passed_over.insert(absolute, (shown, PassedOver::Excluded));
            return;
        }
        let beside = absolute.parent().map(Path::to_owned);
        self.add(absolute, shown);
        if let Some(directory) = beside {
            self.add_companions_from(&directory);
        }
    }

    fn add(&mut self, absolute: PathBuf, path: String) {
        let place = Place::File(absolute.clone());
        self.insert(absolute, Input { path, place, companion: false });
    }

    fn add_closed(&mut self, absolute: PathBuf, path: String, reason: String) {
        let place = Place::Closed(absolute.clone(), reason);
        self.insert(absolute, Input { path, place, companion: false });
    }

    /// Takes in a file once. Of several ways to write its path the shortest is shown, whatever the order of the arguments.
    fn insert(&mut self, absolute: PathBuf, input: Input) {
        match self.files.entry(absolute.into_os_string()) {
            Entry::Occupied(known)
                if (known.get().path.len(), &known.get().path) <= (input.path.len(), &input.path) => {}
            Entry::Occupied(mut known) => {
                known.insert(input);
            }
            Entry::Vacant(place) => {
                place.insert(input);
            }
        }
    }

    fn walk(&mut self, root: &Path, only: Option<&Patterns>) {
        let walk = walk::Walk { root, exclude: &self.exclude, only, request: self.request };
        let found = walk.run();
        // What is found in the working directory is shown without `./`, which nobody has typed.
        let named = root != Path::new(".");
        let shown = |path: &Path| shown(path.strip_prefix(".").ok().filter(|_| !named).unwrap_or(path));
        for path in found.files {
            self.add(self.absolute(&path), shown(&path));
        }
        for path in found.companions {
            let absolute = self.absolute(&path);
            self.companions.insert(absolute);
        }
        for path in found.links {
            self.passed_over.insert(self.absolute(&path), (shown(&path), PassedOver::Link));
        }
        for (path, reason) in found.closed {
            self.add_closed(self.absolute(&path), shown(&path), reason);
        }
        self.add_companions_from(&self.absolute(root));
    }

    /// Looks for companions in a directory and those above it, up to the repository's root.
    fn add_companions_from(&mut self, directory: &Path) {
        for directory in directory.ancestors().take(MAX_LEVELS) {
            if !self.climbed.insert(directory.to_owned()) {
                return;
            }
            let companions = self.request.companions.iter().map(|name| directory.join(name));
            self.companions.extend(companions.filter(|path| path.is_file()));
            if directory.join(".git").exists() {
                return;
            }
        }
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        without_dots(&self.working_directory.join(path))
    }

    fn finish(mut self) -> Result<Inputs, Failure> {
        let excluded = |(_, reason): &(String, PassedOver)| *reason == PassedOver::Excluded;
        if self.files.is_empty() && !self.passed_over.values().any(excluded) {
            return Err(self.nothing_found());
        }
        let mut files: Vec<_> = std::mem::take(&mut self.files).into_values().collect();
        files.sort_by_cached_key(Input::order);
        let known: BTreeSet<_> = files.iter().filter_map(Input::absolute).map(Path::to_owned).collect();
        let companions = self.companions.iter().filter(|path| !known.contains(*path));
        files.extend(companions.map(|path| Input {
            path: path.to_string_lossy().into_owned(),
            place: Place::File(path.clone()),
            companion: true,
        }));
        let mut passed_over: Vec<_> = self.passed_over.into_values().collect();
        passed_over.sort_by(|(one, _), (other, _)| Path::new(one).cmp(Path::new(other)));
        Ok(Inputs { files, passed_over })
    }

    fn nothing_found(&self) -> Failure {
        let paths: Vec<_> = self.request.paths.iter().map(|path| format!("`{path}`")).collect();
        let message = match paths.as_slice() {
            [] => "no .yaml, .yml or .json file under the working directory".to_owned(),
            _ => format!("no .yaml, .yml or .json file under {}", paths.join(", ")),
        };
        let mut failure = Failure::new(FailureKind::NoInput, message);
        if !self.passed_over.is_empty() {
            failure = failure.hint("links in directories are not followed: name what they point to");
        }
        if !self.request.no_ignore {
            failure =
                failure.hint("what .gitignore names is not read without `--no-ignore`, and hidden entries never are");
        }
        if !self.request.exclude.is_empty() {
            failure = failure.hint("`--exclude` leaves paths out");
        }
        if !self.request.exclude_below.is_empty() {
            failure = failure.hint("`exclude` in the configuration leaves paths out");
        }
        failure
    }
}

/// Outside of any repository, companions are looked for in so many directories from an input upwards.
const MAX_LEVELS: usize = 9;

#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
fn working_directory() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|error| Failure::new(FailureKind::Input, format!("the working directory cannot be read: {error}")))
}

/// The path as it is shown: as it was given.
fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Resolves `.` and `..` in an absolute path by its text alone.
pub fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}
