//! Fields of the API's types that came or went: reads `fields.txt`, whose head says how it is written.

use std::sync::LazyLock;

use super::Version;

/// In which versions of Kubernetes a type has a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// The first of them; `None` where the oldest that is known has it already.
    pub since: Option<Version>,
    /// The last of them; `None` where the newest that is known still has it.
    pub until: Option<Version>,
}

impl Lifetime {
    /// Whether this version has the field.
    pub fn contains(self, version: Version) -> bool {
        self.since.is_none_or(|since| since <= version) && self.until.is_none_or(|until| version <= until)
    }
}

/// In which versions a type has a field, by the type's name in the API, such as `JobSpec`; `None` where nothing is known
/// but that it has or does not have it in all of them.
pub fn lifetime(structure: &str, field: &str) -> Option<Lifetime> {
    let found = FIELDS.iter().find(|line| line.structure == structure && line.field == field)?;
    Some(found.lifetime)
}

/// All fields that came or went, as type and field.
pub fn changed() -> impl Iterator<Item = (&'static str, &'static str, Lifetime)> {
    FIELDS.iter().map(|line| (line.structure, line.field, line.lifetime))
}

struct Line {
    structure: &'static str,
    field: &'static str,
    lifetime: Lifetime,
}

static FIELDS: LazyLock<Vec<Line>> =
    LazyLock::new(|| include_str!("../../data/kubernetes/fields.txt").lines().filter_map(parse).collect());

/// The field of a line; the text is part of the program, so that a line is one or says nothing.
fn parse(line: &'static str) -> Option<Line> {
    let (name, versions) = line.split_once(' ').filter(|_| !line.starts_with('#'))?;
    let (structure, field) = name.split_once('.')?;
    let (since, until) = versions.split_once('-')?;
    let lifetime = Lifetime { since: Version::parse(since), until: Version::parse(until) };
    Some(Line { structure, field, lifetime })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn fields_come_and_go() {
        let managed_by = lifetime("JobSpec", "managedBy").unwrap();
        assert_eq!(managed_by, Lifetime { since: Some(version("1.30")), until: None });
        assert!(!managed_by.contains(version("1.29")) && managed_by.contains(version("1.30")));
        let source = lifetime("PodResourceClaim", "source").unwrap();
        assert_eq!(source, Lifetime { since: None, until: Some(version("1.30")) });
        assert!(source.contains(version("1.29")) && !source.contains(version("1.31")));
        assert_eq!(lifetime("JobSpec", "completions"), None);
    }

    #[test]
    fn every_line_is_a_field() {
        let text = include_str!("../../data/kubernetes/fields.txt");
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        assert!(lines.is_sorted() && lines.len() > 20);
        assert_eq!(changed().count(), lines.len());
        for (structure, field, Lifetime { since, until }) in changed() {
            assert!(since.is_some() || until.is_some(), "{structure}.{field}");
            assert!(since.is_none_or(|since| since > Version::OLDEST), "{structure}.{field}");
            assert!(until.is_none_or(|until| until < Version::NEWEST), "{structure}.{field}");
        }
    }
}
