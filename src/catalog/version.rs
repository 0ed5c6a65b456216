//! The versions of Kubernetes whose facts are carried: a folder of `data/kubernetes/` and a line here for each.

use std::fmt;

/// A version of Kubernetes whose facts are carried.
#[derive(Clone, Copy)]
pub struct Version(&'static Data);

/// The texts of one folder.
struct Data {
    name: &'static str,
    resources: &'static str,
    checks: &'static str,
    policy: &'static str,
}

macro_rules! data {
    ($name:literal) => {
        Data {
            name: $name,
            resources: include_str!(concat!("../../data/kubernetes/", $name, "/resources.txt")),
            checks: include_str!(concat!("../../data/kubernetes/", $name, "/checks.txt")),
            policy: include_str!(concat!("../../data/kubernetes/", $name, "/policy.txt")),
        }
    };
}

/// The newest first.
static VERSIONS: [Data; 1] = [data!("1.36")];

impl Version {
    /// What is meant where no version is named.
    pub const NEWEST: Self = {
        let [newest, ..] = &VERSIONS;
        Self(newest)
    };

    /// The version that a text names, such as `1.36`, `v1.36` or `v1.36.2`; `None` where it is not carried.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_patch = |rest: &str| rest.is_empty() || rest.strip_prefix('.').is_some_and(is_number);
        Self::all().find(|version| text.strip_prefix(version.name()).is_some_and(is_patch))
    }

    /// All versions, the newest first.
    pub fn all() -> impl Iterator<Item = Self> {
        VERSIONS.iter().map(Self)
    }

    /// Major and minor, such as `1.36`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    pub(super) fn resources(self) -> &'static str {
        self.0.resources
    }

    pub(super) fn checks(self) -> &'static str {
        self.0.checks
    }

    pub(super) fn policy(self) -> &'static str {
        self.0.policy
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Version {}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Version").field(&self.name()).finish()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
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
        for text in ["", "v", "1", "1.3", "1.360", "1.36.", "1.36.x", "1.36-rc.0", "2.36", "V1.36"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_version_is_found_by_its_own_name() {
        for version in Version::all() {
            assert_eq!(Version::parse(&version.to_string()), Some(version));
        }
        assert_eq!(Version::all().next(), Some(Version::NEWEST));
    }
}
