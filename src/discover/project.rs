//! Where a path lies in the project: reports for other systems name files as those systems do.

use std::path::{Component, Path, PathBuf};

use super::{STDIN, without_dots, working_directory};
use crate::diagnostic::Failure;

/// The directory that holds the project, and the one that paths are given from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    working_directory: PathBuf,
    root: PathBuf,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// Below the project's root: the names of the directories and the file, from there.
    Inside(Vec<String>),
    /// Elsewhere: the same from the root of the file system, behind a drive where there are drives.
    Outside(Vec<String>),
    /// In no file: it came from standard input.
    Stdin,
}

impl Project {
    /// The project around the working directory: up to the root of the repository, or without one, the working directory
    /// alone.
    pub fn here() -> Result<Self, Failure> {
        let working_directory = working_directory()?;
        let root = working_directory.ancestors().find(|directory| directory.join(".git").exists());
        let root = root.unwrap_or(&working_directory).to_owned();
        Ok(Self { working_directory, root })
    }

    /// A project whose root is known, seen from a directory; both are absolute.
    pub fn new(root: PathBuf, working_directory: PathBuf) -> Self {
        Self { working_directory, root }
    }

    /// The absolute path without `.` and `..`.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        without_dots(&self.working_directory.join(path))
    }

    /// Where the file is that has this path as it is shown.
    pub fn find(&self, shown: &str) -> Whereabouts {
        if shown == STDIN {
            return Whereabouts::Stdin;
        }
        let absolute = self.absolute(Path::new(shown));
        match absolute.strip_prefix(&self.root) {
            Ok(path) => Whereabouts::Inside(names(path)),
            Err(_) => Whereabouts::Outside(names(&absolute)),
        }
    }

    /// The path from the project's root, with `/` everywhere; an absolute one where it is elsewhere.
    pub fn path(&self, shown: &str) -> String {
        match self.find(shown) {
            Whereabouts::Inside(names) => names.join("/"),
            Whereabouts::Outside(names) if cfg!(windows) => names.join("/"),
            Whereabouts::Outside(names) => format!("/{}", names.join("/")),
            Whereabouts::Stdin => shown.to_owned(),
        }
    }
}

fn names(path: &Path) -> Vec<String> {
    let name = |component: Component<'_>| match component {
        Component::Prefix(drive) => Some(drive.as_os_str().to_string_lossy().into_owned()),
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::RootDir | Component::CurDir | Component::ParentDir => None,
    };
    path.components().filter_map(name).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_root() {
        let project = Project::new(PathBuf::from("/repo"), PathBuf::from("/repo/deploy"));
        assert_eq!(project.path("a.yaml"), "deploy/a.yaml");
        assert_eq!(project.path("./../b/./c.yaml"), "b/c.yaml");
        assert_eq!(project.path("/repo/d.yaml"), "d.yaml");
        assert_eq!(project.path("../../e.yaml"), "/e.yaml");
        assert_eq!(project.path("/repository/f.yaml"), "/repository/f.yaml");
        assert_eq!(project.path(STDIN), STDIN);
    }
}
