//! Finds and reads the configuration file.

use std::path::{Path, PathBuf};

use super::{Input, Place, shown, without_dots, working_directory};
use crate::diagnostic::{Failure, FailureKind};

/// The text of a configuration, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFile {
    /// The path as it is shown: as it was given, or relative to the working directory.
    pub path: String,
    /// The directory that it lies in: absolute, without `.` and `..`.
    pub directory: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Reads the file that was named, or else the nearest one with one of these names in the working directory and those
/// above it, up to the repository's root; outside of any repository only the working directory is searched.
pub fn config_file(named: Option<&str>, names: &[&str]) -> Result<Option<ConfigFile>, Failure> {
    let working_directory = working_directory()?;
    let path = match named {
        Some(path) => Some(PathBuf::from(path)),
        None => find(&working_directory, names)?,
    };
    path.map(|path| read(&working_directory, &path)).transpose()
}

/// Where the nearest configuration file lies, seen from the working directory.
fn find(working_directory: &Path, names: &[&str]) -> Result<Option<PathBuf>, Failure> {
    let levels = working_directory.ancestors().position(|directory| directory.join(".git").exists()).unwrap_or(0);
    let mut way = PathBuf::new();
    for directory in working_directory.ancestors().take(levels + 1) {
        let mut here = names.iter().filter(|name| stands(&directory.join(name)));
        match (here.next(), here.next()) {
            (Some(one), Some(other)) => {
                let (one, other) = (shown(&way.join(one)), shown(&way.join(other)));
                let failure = Failure::new(FailureKind::Config, format!("`{one}` and `{other}` stand side by side"));
                return Err(failure.hint("keep one of them, or name one with `--config`"));
            }
            (Some(name), None) => return unlinked(&directory.join(name), way.join(name)).map(Some),
            (None, _) => way.push(".."),
        }
    }
    Ok(None)
}

fn stands(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_file() || metadata.is_symlink())
}

/// A repository can hold a link to anything, and messages quote what they are about: a link that nobody has named is not
/// followed, here as elsewhere.
fn unlinked(absolute: &Path, path: PathBuf) -> Result<PathBuf, Failure> {
    if !absolute.is_symlink() {
        return Ok(path);
    }
    let path = shown(&path);
    let failure = Failure::new(FailureKind::Config, format!("`{path}` is a link, which is only followed when named"));
    Err(failure.hint(format!("name it with `--config {path}`, or put the file itself there")))
}

fn read(working_directory: &Path, path: &Path) -> Result<ConfigFile, Failure> {
    let absolute = without_dots(&working_directory.join(path));
    let directory = absolute.parent().unwrap_or(&absolute).to_owned();
    let input = Input { path: shown(path), place: Place::File(absolute), companion: false };
    match input.read() {
        Ok(bytes) => Ok(ConfigFile { path: input.path, directory, bytes }),
        Err(error) => {
            let message = format!("the configuration file `{}` cannot be read: {}", input.path, error.reason);
            Err(Failure::new(FailureKind::Config, message))
        }
    }
}
