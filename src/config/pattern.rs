//! Paths of the configuration: files, directories and globs, relative to the file's directory.

use std::path::{Component, Path, PathBuf};

use crate::discover::{Below, Glob, NoGlob, is_pattern};
use crate::strict::{Problem, Text};

/// A file, a directory or a glob.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    written: String,
    /// The directory that the glob is relative to.
    directory: PathBuf,
    /// The path, taken to the letter.
    place: PathBuf,
    glob: Option<Glob>,
}

impl Pattern {
    pub(super) fn new(written: &Text, directory: &Path) -> Result<Self, Problem> {
        let Text { value: written, span } = written;
        if written.trim().is_empty() {
            return Err(Problem::new(*span, "a path is empty", "`.` is the directory of the configuration file"));
        }
        let (directory, inner) = resolve(directory, written);
        // On every system, globs are written with slashes.
        let glob = inner.join("/");
        let glob = if glob.is_empty() { None } else { Some(Glob::new(&glob)) };
        let glob = glob.transpose().map_err(|NoGlob { message, hint }| Problem::new(*span, message, hint))?;
        let place = directory.join(inner.iter().collect::<PathBuf>());
        // A plain name is a place and not, like a glob, a name at any depth.
        let glob = glob.filter(|_| is_pattern(written));
        Ok(Self { written: written.clone(), directory, place, glob })
    }

    /// The path as it is written.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// Whether a file with this absolute path, without `.` and `..`, is named: it lies under the directory, is the file,
    /// or matches the glob.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let matches = |glob: &Glob| path.strip_prefix(&self.directory).is_ok_and(|inner| glob.matches(inner));
        path.starts_with(&self.place) || self.glob.as_ref().is_some_and(matches)
    }

    /// Whether it is a glob, and may find nothing.
    pub(super) fn is_glob(&self) -> bool {
        self.glob.is_some()
    }
}

/// Reads what is left out: as `--exclude` has it, but relative to the file's directory.
pub(super) fn left_out(written: &Text, directory: &Path) -> Result<Below, Problem> {
    let Text { value: written, span } = written;
    let (directory, inner) = resolve(directory, written);
    if written.trim().is_empty() || inner.is_empty() {
        let hint = "a name such as `vendor` at any depth, or a path such as `clusters/old/**`";
        return Err(Problem::new(*span, "this leaves out everything or nothing", hint));
    }
    let glob = Glob::new(&inner.join("/"));
    let glob = glob.map_err(|NoGlob { message, hint }| Problem::new(*span, message, hint))?;
    Ok(Below { directory, glob })
}

/// The part of a path before its first wildcard.
pub(super) fn fixed_part(path: &str) -> PathBuf {
    Path::new(path).iter().take_while(|name| !name.to_str().is_none_or(is_pattern)).collect()
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
