//! Globs, in arguments, in `--exclude` and in the configuration.

use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};

use super::without_dots;
use crate::diagnostic::{Failure, FailureKind};

/// A glob of paths. One with a slash stands for whole paths, one without for a name at any depth, as in `.gitignore`;
/// a directory that matches takes everything in it along.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    pattern: Pattern,
    of_names: bool,
}

/// Why a text is no glob.
#[derive(Clone, Debug)]
pub(crate) struct NoGlob {
    pub(crate) message: String,
    pub(crate) hint: &'static str,
}

const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// Matching tries every length for every star of a name: with more of them a long name would take seconds.
const MOST_STARS: usize = 4;

const HINT: &str =
    "`*` stands for any part of a name, `**` for any directories, `?` for one character, `[ab]` for one of several";

impl Glob {
    pub(crate) fn new(glob: &str) -> Result<Self, NoGlob> {
        let text = glob.trim_start_matches("./").trim_end_matches('/');
        let pattern = Pattern::new(text).map_err(|error| NoGlob {
            message: format!("`{glob}` is no glob: {} at character {}", error.msg, error.pos + 1),
            hint: HINT,
        })?;
        let is_wild = |name: &str| name.matches('*').count() > MOST_STARS;
        if text.split('/').any(is_wild) {
            let message =
                format!("`{glob}` has a name with more than {MOST_STARS} `*`, which would take too long to match");
            return Err(NoGlob { message, hint: HINT });
        }
        Ok(Self { pattern, of_names: !text.contains('/') })
    }

    /// Whether a path, or a directory that it is in, matches.
    pub(crate) fn matches(&self, path: &Path) -> bool {
        let path = path.strip_prefix(".").unwrap_or(path);
        if self.of_names {
            return path.iter().any(|name| self.pattern.matches_path_with(name.as_ref(), OPTIONS));
        }
        path.ancestors().any(|path| self.pattern.matches_path_with(path, OPTIONS))
    }
}

/// A glob of what lies below a directory, which is absolute and without `.` and `..`.
#[derive(Clone, Debug)]
pub struct Below {
    pub(crate) directory: PathBuf,
    pub(crate) glob: Glob,
}

impl Below {
    fn matches(&self, absolute: &Path) -> bool {
        absolute.strip_prefix(&self.directory).is_ok_and(|inner| self.glob.matches(inner))
    }
}

/// What is left out, seen from the working directory or from the directories of globs.
#[derive(Clone, Debug, Default)]
pub(super) struct Exclude {
    patterns: Patterns,
    below: Vec<Below>,
    working_directory: PathBuf,
}

impl Exclude {
    pub(super) fn new(patterns: Patterns, below: &[Below], working_directory: &Path) -> Self {
        Self { patterns, below: below.to_owned(), working_directory: working_directory.to_owned() }
    }

    /// Whether a path, or a directory that it is in, is left out.
    pub(super) fn matches(&self, path: &Path) -> bool {
        if self.patterns.matches(path) {
            return true;
        }
        if self.below.is_empty() {
            return false;
        }
        let absolute = without_dots(&self.working_directory.join(path));
        self.below.iter().any(|below| below.matches(&absolute))
    }
}

/// The globs of a command line.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns(Vec<Glob>);

impl Patterns {
    pub(super) fn new(globs: &[String]) -> Result<Self, Failure> {
        let globs = globs.iter().map(|glob| Glob::new(glob)).collect::<Result<_, _>>();
        globs.map(Self).map_err(|no_glob| Failure::new(FailureKind::Usage, no_glob.message).hint(no_glob.hint))
    }

    /// Whether one of them matches a path, or a directory that it is in.
    pub(super) fn matches(&self, path: &Path) -> bool {
        self.0.iter().any(|glob| glob.matches(path))
    }
}

/// Whether an argument that is no path is meant as a glob.
pub(crate) fn is_pattern(argument: &str) -> bool {
    argument.contains(['*', '?', '['])
}

/// The directory that a glob's fixed part names: `teams` for `teams/*/jobs/*.yaml`.
pub(super) fn fixed_part(glob: &str) -> PathBuf {
    let fixed: PathBuf = Path::new(glob).iter().take_while(|part| !part.to_str().is_none_or(is_pattern)).collect();
    if fixed.as_os_str().is_empty() { PathBuf::from(".") } else { fixed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(glob: &str, path: &str) -> bool {
        Patterns::new(&[glob.to_owned()]).unwrap().matches(Path::new(path))
    }

    #[test]
    fn no_glob_takes_long() {
        assert!(Patterns::new(&["a*b*c*d*.yaml".to_owned()]).is_ok());
        assert!(Patterns::new(&["*a*a*a*a*a*a*b".to_owned()]).is_err());
        let long = format!("{}.yaml", "a".repeat(250));
        assert!(!matches("*a*a*a*ab", &long));
    }

    #[test]
    fn a_glob_without_a_slash_is_a_name_at_any_depth() {
        assert!(matches("vendor", "a/vendor/b.yaml"));
        assert!(matches("*.json", "a/b.json"));
        assert!(matches("vendor/", "vendor/x.yaml"));
        assert!(!matches("vendor", "a/vendored/b.yaml"));
    }

    #[test]
    fn a_glob_with_a_slash_is_a_path() {
        assert!(matches("a/*.yaml", "a/b.yaml"));
        assert!(matches("./a/*", "./a/b/c.yaml"), "a directory takes everything in it along");
        assert!(matches("**/templates/**", "charts/x/templates/job.yaml"));
        assert!(!matches("a/*.yaml", "a/b/c.yaml"));
        assert!(!matches("b/*", "a/b/c.yaml"));
    }

    #[test]
    fn a_broken_glob_is_a_usage_failure() {
        let failure = Patterns::new(&["a/[".to_owned()]).unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Usage);
    }

    #[test]
    fn the_fixed_part_ends_before_the_first_wildcard() {
        assert_eq!(fixed_part("teams/*/jobs/*.yaml"), Path::new("teams"));
        assert_eq!(fixed_part("*.yaml"), Path::new("."));
        assert_eq!(fixed_part("/srv/?/x"), Path::new("/srv"));
    }
}
