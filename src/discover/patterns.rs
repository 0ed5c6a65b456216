//! Globs, in arguments and in `--exclude`.

use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};

use crate::diagnostic::{Failure, FailureKind};

/// Globs of paths. One with a slash stands for whole paths, one without for a name at any depth, as in `.gitignore`;
/// a directory that matches takes everything in it along.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    of_paths: Vec<Pattern>,
    of_names: Vec<Pattern>,
}

const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

impl Patterns {
    pub(super) fn new(globs: &[String]) -> Result<Self, Failure> {
        let mut patterns = Self::default();
        for glob in globs {
            let text = glob.trim_start_matches("./").trim_end_matches('/');
            let pattern = Pattern::new(text).map_err(|error| {
                let message = format!("`{glob}` is no glob: {} at character {}", error.msg, error.pos + 1);
                Failure::new(FailureKind::Usage, message)
                    .hint("`*` stands for any part of a name, `**` for any directories, `?` for one character, `[ab]` for one of several")
            })?;
            let list = if text.contains('/') { &mut patterns.of_paths } else { &mut patterns.of_names };
            list.push(pattern);
        }
        Ok(patterns)
    }

    /// Whether a path, or a directory that it is in, matches.
    pub(super) fn matches(&self, path: &Path) -> bool {
        let path = path.strip_prefix(".").unwrap_or(path);
        let by_path = || path.ancestors().any(|path| self.of_paths.iter().any(|p| p.matches_path_with(path, OPTIONS)));
        let by_name =
            || path.iter().any(|name| self.of_names.iter().any(|p| p.matches_path_with(name.as_ref(), OPTIONS)));
        !self.of_paths.is_empty() && by_path() || !self.of_names.is_empty() && by_name()
    }
}

/// Whether an argument that is no path is meant as a glob.
pub(super) fn is_pattern(argument: &str) -> bool {
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
