//! What the configuration says about some files: which are meant, and what is read and what is left out.

use std::path::{Component, Path, PathBuf};

use super::pattern::{Pattern, fixed_part, left_out};
use super::raw::RawPaths;
use super::rules::RuleWords;
use crate::discover::{Below, Inputs};
use crate::strict::{Problem, Text};

/// Files that the configuration names.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<Pattern>);

/// What holds for findings in some files.
#[derive(Clone, Debug)]
pub struct PathRules {
    /// The files.
    pub files: Files,
    /// What is said about rules there.
    pub rules: RuleWords,
}

/// Which files of all are read.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    include: Files,
    exclude: Vec<Below>,
}

/// Where to look for what is included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roots {
    /// Paths that have to be there.
    pub named: Vec<String>,
    /// Where globs begin, which may find nothing.
    pub of_globs: Vec<String>,
}

impl Files {
    fn validate(raw: &[Text], directory: &Path) -> Result<Self, Problem> {
        raw.iter().map(|path| Pattern::new(path, directory)).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a file with this absolute path, without `.` and `..`, is among them.
    pub fn holds(&self, path: &Path) -> bool {
        self.0.iter().any(|pattern| pattern.holds(path))
    }
}

/// The files of some settings, which have to name some.
pub(super) fn files_of(raw: &RawPaths, directory: &Path) -> Result<Files, Problem> {
    if raw.paths.is_empty() {
        let hint = "name the files that these settings are about, such as `[examples/**]`";
        return Err(Problem::new(raw.paths_span, "these settings are about no paths", hint));
    }
    Files::validate(&raw.paths, directory)
}

impl Scope {
    pub(super) fn validate(include: &[Text], exclude: &[Text], directory: &Path) -> Result<Self, Problem> {
        let exclude = exclude.iter().map(|path| left_out(path, directory)).collect::<Result<_, _>>()?;
        Ok(Self { include: Files::validate(include, directory)?, exclude })
    }

    /// What is left out.
    pub fn exclude(&self) -> &[Below] {
        &self.exclude
    }

    /// Whether it says what is read.
    pub fn includes(&self) -> bool {
        !self.include.0.is_empty()
    }

    /// Where to look for what is included, as seen from where the configuration file has this path.
    pub fn roots(&self, config: &str) -> Roots {
        let directory = Path::new(config).parent().unwrap_or(Path::new(""));
        let seen = |path: &Path| clean(&directory.join(path)).to_string_lossy().into_owned();
        let mut roots = Roots::default();
        for pattern in &self.include.0 {
            if pattern.is_glob() {
                roots.of_globs.push(seen(&fixed_part(pattern.written())));
            } else {
                roots.named.push(seen(Path::new(pattern.written())));
            }
        }
        roots
    }

    /// Keeps what is included of what was found.
    pub fn keep(&self, inputs: Inputs, companions: &[&str]) -> Inputs {
        inputs.only(companions, |path| self.include.holds(path))
    }
}

/// The path without `.`, and without `..` behind a name.
fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match (component, clean.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(clean.pop()),
            _ => clean.push(component),
        }
    }
    if clean.as_os_str().is_empty() { PathBuf::from(".") } else { clean }
}
