//! What a revision of a git repository holds, read from its objects: the work tree is left alone.

use std::path::{Path, PathBuf};

use gix::bstr::ByteSlice as _;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::patterns::{Exclude, Patterns, is_pattern};
use super::walk::is_manifest;
use super::{Input, Inputs, Place, Request, shown, without_dots, working_directory};
use crate::diagnostic::{Failure, FailureKind};

/// The files of a revision.
pub struct Revision {
    repository: gix::ThreadSafeRepository,
    /// The directory of the work tree.
    root: PathBuf,
    /// Every file by its absolute path in the work tree, with the object that has its text.
    files: Vec<(PathBuf, gix::ObjectId)>,
}

impl std::fmt::Debug for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Revision").field("root", &self.root).field("files", &self.files.len()).finish_non_exhaustive()
    }
}

impl Revision {
    /// Where the history of the working directory's commit has parted from that of a revision, as in `main...HEAD`: of one
    /// that it comes from, the revision itself. Fails where there is no repository or no such revision.
    pub fn parted_from(revision: &str) -> Result<Self, Failure> {
        let repository = open()?;
        let commit = commit(&repository, revision)?;
        let base = match repository.head_id() {
            Ok(head) => parting(&repository, (head.detach(), "HEAD"), (commit, revision))?,
            Err(_) => commit,
        };
        Self::of(&repository, base)
    }

    /// What a revision is, and what it has.
    fn at(repository: &gix::Repository, revision: &str) -> Result<Self, Failure> {
        Self::of(repository, commit(repository, revision)?)
    }

    /// The commit that the working directory is on; `None` outside of repositories, and where there is no commit yet.
    pub fn head() -> Option<Self> {
        let repository = open().ok()?;
        let head = repository.head_id().ok()?.detach();
        Self::of(&repository, head).ok()
    }

    fn of(repository: &gix::Repository, commit: gix::ObjectId) -> Result<Self, Failure> {
        let broken = |error: &dyn std::fmt::Display| {
            Failure::new(FailureKind::Input, format!("the repository cannot be read at {commit}: {error}"))
        };
        let root = repository.workdir().ok_or_else(|| broken(&"it has no work tree"))?.to_owned();
        let tree = repository.find_commit(commit).map_err(|error| broken(&error))?.tree().map_err(|it| broken(&it))?;
        let entries = tree.traverse().breadthfirst.files().map_err(|error| broken(&error))?;
        let blobs = entries.into_iter().filter(|entry| entry.mode.is_blob());
        let file = |entry: gix::traverse::tree::recorder::Entry| {
            Some((root.join(gix::path::from_bstr(entry.filepath.as_bstr()).ok()?), entry.oid))
        };
        let files = blobs.filter_map(file).collect();
        Ok(Self { repository: repository.clone().into_sync(), root, files })
    }

    /// What is tracked now, whatever of it has been committed. Fails where there is no repository.
    pub fn tracked() -> Result<Self, Failure> {
        let repository = open()?;
        let broken = |error: &dyn std::fmt::Display| {
            Failure::new(FailureKind::Input, format!("what the repository tracks cannot be read: {error}"))
        };
        let root = repository.workdir().ok_or_else(|| broken(&"it has no work tree"))?.to_owned();
        let index = repository.index_or_empty().map_err(|error| broken(&error))?;
        let is_file = |mode| [gix::index::entry::Mode::FILE, gix::index::entry::Mode::FILE_EXECUTABLE].contains(&mode);
        let entries = index.entries().iter().filter(|entry| is_file(entry.mode));
        let file =
            |entry: &gix::index::Entry| Some((root.join(gix::path::from_bstr(entry.path(&index)).ok()?), entry.id));
        let files = entries.filter_map(file).collect();
        Ok(Self { repository: repository.into_sync(), root, files })
    }

    /// What a request would have led to at this revision. Standard input, and what the revision does not have, are left
    /// out.
    pub fn inputs(&self, request: &Request) -> Result<Inputs, Failure> {
        self.select(request, held)
    }

    /// The same as it is in the work tree, as far as it is still there.
    pub fn inputs_that_are_there(&self, request: &Request) -> Result<Inputs, Failure> {
        self.select(request, |_, path, _| path.is_file().then(|| Place::File(path.to_owned())))
    }

    /// The same without the files that are still there and say what they said.
    pub fn changed(&self, request: &Request) -> Result<Inputs, Failure> {
        self.select(request, |repository, path, object| {
            #[expect(clippy::disallowed_methods, reason = "this is the module that touches the outside")]
            let bytes = std::fs::read(path);
            let hash = |bytes: Vec<u8>| gix::objs::compute_hash(object.kind(), gix::objs::Kind::Blob, &bytes).ok();
            if bytes.ok().and_then(hash) == Some(object) { None } else { held(repository, path, object) }
        })
    }

    fn select(
        &self,
        request: &Request,
        place: impl Fn(&gix::Repository, &Path, gix::ObjectId) -> Option<Place> + Sync,
    ) -> Result<Inputs, Failure> {
        let working_directory = working_directory()?;
        let exclude = Exclude::new(Patterns::new(&request.exclude)?, &request.exclude_below, &working_directory);
        let default = [".".to_owned()];
        let is_unnamed = request.paths.is_empty() && request.roots.is_empty();
        let named = if is_unnamed { &default[..] } else { &request.paths };
        let named: Vec<_> = named
            .iter()
            .chain(&request.roots)
            .map(|path| Named::new(path, &working_directory))
            .collect::<Result<_, _>>()?;
        let is_companion = |path: &Path| {
            path.file_name().and_then(std::ffi::OsStr::to_str).is_some_and(|name| request.companions.contains(&name))
        };
        let input = |repository: &mut gix::Repository, (path, object): &(PathBuf, gix::ObjectId)| {
            let found = named.iter().filter_map(|named| named.shown(path)).filter(|shown| !exclude.matches(shown));
            let shown_as = found.map(|path| shown(&path)).min_by_key(|path| (path.len(), path.clone()));
            let is_named = shown_as.is_some() && is_manifest(path);
            if !(is_named || is_companion(path)) {
                return None;
            }
            let place = place(repository, path, *object)?;
            let path = shown_as.filter(|_| is_named).unwrap_or_else(|| shown(path));
            Some(Input { path, place, companion: !is_named })
        };
        let mut files: Vec<_> =
            self.files.par_iter().map_init(|| self.repository.to_thread_local(), input).flatten().collect();
        files.sort_by_cached_key(|input| (input.companion, input.order()));
        Ok(Inputs { files, passed_over: Vec::new() })
    }
}

/// Two states to compare: a revision, and another one or the files that are there.
#[derive(Debug)]
pub struct Range {
    /// What was.
    pub old: Revision,
    /// What has become of it; `None` for the files that are there.
    pub new: Option<Revision>,
}

impl Range {
    /// Reads `REV`, `OLD..NEW` or `OLD...NEW`, which is from where they have parted; a side that is left out is `HEAD`.
    /// Fails where there is no repository or no such revision.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let repository = open()?;
        let named = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
        if let Some((old, new)) = text.split_once("...") {
            let (old, new) = (named(old), named(new));
            let new_commit = commit(&repository, &new)?;
            let base = parting(&repository, (new_commit, &new), (commit(&repository, &old)?, &old))?;
            return Ok(Self {
                old: Revision::of(&repository, base)?,
                new: Some(Revision::of(&repository, new_commit)?),
            });
        }
        match text.split_once("..") {
            Some((old, new)) => Ok(Self {
                old: Revision::at(&repository, &named(old))?,
                new: Some(Revision::at(&repository, &named(new))?),
            }),
            None => Ok(Self { old: Revision::at(&repository, &named(text))?, new: None }),
        }
    }
}

/// The commit that a revision is.
fn commit(repository: &gix::Repository, revision: &str) -> Result<gix::ObjectId, Failure> {
    let unknown = |error: &dyn std::fmt::Display| {
        Failure::new(FailureKind::Usage, format!("`{revision}` is no revision of the repository: {error}"))
            .hint("name a commit, a branch or a tag that was fetched, such as `origin/main`")
    };
    let object = repository.rev_parse_single(revision).map_err(|error| unknown(&error))?;
    let object = object.object().map_err(|error| unknown(&error))?;
    Ok(object.peel_to_commit().map_err(|error| unknown(&error))?.id)
}

/// Where the histories of two commits have parted.
fn parting(
    repository: &gix::Repository,
    (one, one_name): (gix::ObjectId, &str),
    (other, other_name): (gix::ObjectId, &str),
) -> Result<gix::ObjectId, Failure> {
    repository.merge_base(one, other).ok().flatten().map(gix::Id::detach).ok_or_else(|| {
        let message = format!("`{other_name}` and `{one_name}` have no commit in common");
        Failure::new(FailureKind::Usage, message).hint("a shallow clone lacks history: fetch more of it")
    })
}

/// A file with the text of an object.
fn held(repository: &gix::Repository, path: &Path, object: gix::ObjectId) -> Option<Place> {
    let mut blob = repository.find_blob(object).ok()?;
    Some(Place::Held(Some(path.to_owned()), blob.take_data().into()))
}

/// A path of the command line, as it would find files of a revision.
enum Named {
    Stdin,
    /// A glob, from the working directory on.
    Pattern(Patterns, PathBuf),
    /// A file or directory, as it was named and as it is in the file system.
    Path(PathBuf, PathBuf),
}

impl Named {
    fn new(argument: &str, working_directory: &Path) -> Result<Self, Failure> {
        if argument == "-" {
            return Ok(Self::Stdin);
        }
        if is_pattern(argument) && !Path::new(argument).exists() {
            return Ok(Self::Pattern(Patterns::new(&[argument.to_owned()])?, working_directory.to_owned()));
        }
        let path = PathBuf::from(argument);
        let absolute = without_dots(&working_directory.join(&path));
        Ok(Self::Path(path, absolute))
    }

    /// How a file is shown that the argument leads to; `None` where it does not, or where what hides it is hidden.
    fn shown(&self, file: &Path) -> Option<PathBuf> {
        match self {
            Self::Stdin => None,
            Self::Pattern(patterns, root) => {
                let path = file.strip_prefix(root).ok()?;
                patterns.matches(path).then(|| path.to_owned())
            }
            Self::Path(named, absolute) => {
                let below = file.strip_prefix(absolute).ok()?;
                let is_hidden = below.iter().any(|part| part.to_string_lossy().starts_with('.'));
                let shown = if below.as_os_str().is_empty() { named.clone() } else { named.join(below) };
                let shown = shown.strip_prefix(".").map(Path::to_owned).unwrap_or(shown);
                (!is_hidden).then_some(shown)
            }
        }
    }
}

fn open() -> Result<gix::Repository, Failure> {
    gix::discover(working_directory()?).map_err(|error| {
        Failure::new(FailureKind::Usage, format!("the working directory is in no git repository: {error}"))
    })
}
