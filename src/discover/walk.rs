//! Walks a directory on all cores.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::Request;
use super::patterns::{Exclude, Patterns};

/// A walk through one directory.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Path,
    pub(super) exclude: &'a Exclude,
    /// Where given, the walk serves a glob: only what matches is found.
    pub(super) only: Option<&'a Patterns>,
    pub(super) request: &'a Request,
}

/// What a walk came across, in no order.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) files: Vec<PathBuf>,
    pub(super) companions: Vec<PathBuf>,
    pub(super) links: Vec<PathBuf>,
    /// What could not be entered, and why.
    pub(super) closed: Vec<(PathBuf, String)>,
}

enum Sight {
    File(PathBuf),
    Companion(PathBuf),
    Link(PathBuf),
    Closed(PathBuf, String),
}

impl Walk<'_> {
    pub(super) fn run(&self) -> Found {
        let (sender, receiver) = mpsc::channel();
        if let Some(reason) = self.hindrance_above() {
            return Found { closed: vec![(self.root.to_owned(), reason)], ..Found::default() };
        }
        self.builder(sender.clone()).build_parallel().run(|| {
            let sender = sender.clone();
            Box::new(move |entry| {
                let (sight, state) = self.look(entry);
                match sight.map(|sight| sender.send(sight)) {
                    Some(Err(_)) => WalkState::Quit,
                    Some(Ok(())) | None => state,
                }
            })
        });
        drop(sender);
        let mut found = Found::default();
        for sight in receiver {
            match sight {
                Sight::File(path) => found.files.push(path),
                Sight::Companion(path) => found.companions.push(path),
                Sight::Link(path) => found.links.push(path),
                Sight::Closed(path, reason) => found.closed.push((path, reason)),
            }
        }
        found
    }

    /// Only `.gitignore` files decide, inside of a repository or not, and not the habits of the user's own machine: the
    /// same tree gives the same answer everywhere.
    fn builder(&self, sender: mpsc::Sender<Sight>) -> WalkBuilder {
        let mut builder = WalkBuilder::new(self.root);
        builder
            .follow_links(false)
            .git_ignore(!self.request.no_ignore)
            .parents(!self.request.no_ignore)
            .require_git(false)
            .git_global(false)
            .git_exclude(false)
            .ignore(false);
        if !self.request.no_ignore {
            builder.filter_entry(move |entry| {
                let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
                match is_directory.then(|| hindrance(entry.path())).flatten() {
                    Some(reason) => sender.send(Sight::Closed(entry.path().to_owned(), reason)).is_err(),
                    None => true,
                }
            });
        }
        builder
    }

    /// What keeps from reading what hides files in the root and the directories above it.
    fn hindrance_above(&self) -> Option<String> {
        let root = std::path::absolute(self.root).ok().filter(|_| !self.request.no_ignore)?;
        root.ancestors().find_map(hindrance)
    }

    fn look(&self, entry: Result<DirEntry, ignore::Error>) -> (Option<Sight>, WalkState) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return (self.closed(&error), WalkState::Continue),
        };
        let path = entry.path();
        if entry.depth() > 0 && self.exclude.matches(path) {
            return (None, WalkState::Skip);
        }
        let Some(kind) = entry.file_type() else { return (None, WalkState::Continue) };
        let wanted = self.only.is_none_or(|only| only.matches(path));
        let manifest = is_manifest(path);
        let sight = if kind.is_symlink() && entry.depth() > 0 {
            (wanted && (manifest || path.is_dir())).then(|| Sight::Link(entry.into_path()))
        } else if kind.is_file() && manifest && wanted {
            Some(Sight::File(entry.into_path()))
        } else if kind.is_file() && self.is_companion(path) {
            Some(Sight::Companion(entry.into_path()))
        } else {
            None
        };
        (sight, WalkState::Continue)
    }

    fn closed(&self, error: &ignore::Error) -> Option<Sight> {
        let reason = error.io_error().map_or_else(|| error.to_string(), super::read::plain);
        match error {
            ignore::Error::Partial(_) => None,
            _ => Some(Sight::Closed(path_of(error).unwrap_or(self.root).to_owned(), reason)),
        }
    }

    fn is_companion(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(OsStr::to_str);
        name.is_some_and(|name| self.request.companions.contains(&name))
    }
}

/// Why a directory is not entered: a `.gitignore` that is a pipe or a device would be waited for without end.
#[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
fn hindrance(directory: &Path) -> Option<String> {
    let metadata = std::fs::metadata(directory.join(".gitignore")).ok()?;
    let is_endless = !metadata.is_file() && !metadata.is_dir();
    is_endless.then(|| "its `.gitignore` is no file".to_owned())
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// Whether a file is one that may hold manifests, by its name.
pub(super) fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str);
    matches!(extension, Some("yaml" | "yml" | "json"))
}
