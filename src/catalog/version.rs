//! The versions of Kubernetes: those that are validated for, and those whose facts are carried, with a folder of
//! `data/kubernetes/` and a line here for each.

use std::fmt;

/// A version of Kubernetes: `1.` and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    minor: u16,
}

/// The texts of one folder.
struct Data {
    minor: u16,
    resources: &'static str,
    checks: &'static str,
    policy: &'static str,
}

macro_rules! data {
    ($minor:literal) => {
        Data {
            minor: $minor,
            resources: include_str!(concat!("../../data/kubernetes/1.", $minor, "/resources.txt")),
            checks: include_str!(concat!("../../data/kubernetes/1.", $minor, "/checks.txt")),
            policy: include_str!(concat!("../../data/kubernetes/1.", $minor, "/policy.txt")),
        }
    };
}

/// The newest first.
static DATA: [Data; 1] = [data!(36)];

impl Version {
    /// What is meant where no version is named.
    pub const NEWEST: Self = Self { minor: 36 };

    /// The oldest version against which objects are validated.
    pub const OLDEST: Self = Self { minor: 29 };

    /// The version that a text names, such as `1.36`, `v1.36` or `v1.36.2`; `None` where it is not known.
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let text = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.")?;
        let minor = match text.split_once('.') {
            Some((minor, patch)) => is_number(patch).then_some(minor)?,
            None => text,
        };
        let minor = if is_number(minor) { minor.parse().ok()? } else { return None };
        Some(Self { minor }).filter(|version| (Self::OLDEST..=Self::NEWEST).contains(version))
    }

    /// Whether it is `1.` and this number, or newer.
    pub fn at_least(self, minor: u16) -> bool {
        self.minor >= minor
    }

    /// Whether its resources and its default policy are carried.
    pub fn has_facts(self) -> bool {
        DATA.iter().any(|data| data.minor == self.minor)
    }

    /// All versions against which objects are validated, the oldest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (Self::OLDEST.minor..=Self::NEWEST.minor).map(|minor| Self { minor })
    }

    /// All versions whose resources and default policy are carried, the newest first.
    pub fn with_facts() -> impl Iterator<Item = Self> {
        DATA.iter().map(|data| Self { minor: data.minor })
    }

    /// The facts of the version, or of the next newer one that has some.
    fn data(self) -> &'static Data {
        let [newest, ..] = &DATA;
        DATA.iter().rev().find(|data| data.minor >= self.minor).unwrap_or(newest)
    }

    pub(super) fn resources(self) -> &'static str {
        self.data().resources
    }

    pub(super) fn checks(self) -> &'static str {
        self.data().checks
    }

    pub(super) fn policy(self) -> &'static str {
        self.data().policy
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_people_write_them() {
        for text in ["1.36", "v1.36", "1.36.0", "v1.36.12"] {
            assert_eq!(Version::parse(text), Some(Version::NEWEST), "{text}");
        }
        for text in
            ["", "v", "1", "1.3", "1.360", "1.36.", "1.36.x", "1.36-rc.0", "2.36", "V1.36", "1.37", "1.28", "1.+36"]
        {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_version_with_facts_is_found_by_its_own_name() {
        for version in Version::with_facts() {
            assert_eq!(Version::parse(&version.to_string()), Some(version));
        }
        assert_eq!(Version::with_facts().next(), Some(Version::NEWEST));
    }

    #[test]
    fn versions_are_ordered_by_number() {
        let old = Version::parse("1.29").unwrap();
        assert!(old < Version::NEWEST && !old.at_least(30) && Version::NEWEST.at_least(36) && !old.has_facts());
    }
}
