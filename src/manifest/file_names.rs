//! Files that are known by their names.

use std::path::Path;

use super::Reason;

/// Files that say how to read those beside and below them.
pub const COMPANIONS: &[&str] = &["kustomization.yaml", "kustomization.yml", "Kustomization", CHART];

const CHART: &str = "Chart.yaml";

/// What a file's name alone says about it.
pub(super) fn reason(path: &Path) -> Option<Reason> {
    let name = path.file_name()?.to_str()?;
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
    match (name, stem) {
        ("kustomization.yaml" | "kustomization.yml" | "Kustomization", _) => Some(Reason::Kustomization),
        ("Chart.yaml" | "Chart.yml", _) => Some(Reason::HelmChart),
        (_, Some("rolecall" | ".rolecall" | "rolecall-test")) => Some(Reason::OwnFile),
        (_, Some(stem)) if stem.ends_with(".rolecall-test") => Some(Reason::OwnFile),
        (_, Some(stem)) if is_values(stem) => Some(Reason::HelmValues),
        (_, Some(stem)) if is_expectation(stem) => Some(Reason::Fragment),
        _ => None,
    }
}

fn is_values(stem: &str) -> bool {
    let separators = ['-', '.', '_'];
    stem == "values"
        || stem.strip_prefix("values").is_some_and(|rest| rest.starts_with(separators))
        || stem.strip_suffix("values").is_some_and(|rest| rest.ends_with(separators))
}

/// Whether a file's name is that of an expectation of a test with kuttl or Chainsaw (`00-assert.yaml`), which holds as
/// much of an object as the test looks at.
fn is_expectation(stem: &str) -> bool {
    let last_word = stem.rsplit(['-', '_', '.']).next().unwrap_or(stem);
    matches!(last_word, "assert" | "asserts" | "errors")
}

/// The `templates` directories of Helm charts.
#[derive(Clone, Debug, Default)]
pub(super) struct ChartTemplates {
    directories: Vec<std::path::PathBuf>,
}

impl ChartTemplates {
    /// Those of the charts that these files describe.
    pub(super) fn of<'p>(files: impl Iterator<Item = &'p Path>) -> Self {
        let charts = files.filter(|path| path.file_name().is_some_and(|name| name == CHART)).filter_map(Path::parent);
        Self { directories: charts.map(|chart| chart.join("templates")).collect() }
    }

    /// Whether a file is in one of them.
    pub(super) fn contain(&self, path: &Path) -> bool {
        self.directories.iter().any(|directory| path.starts_with(directory))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_is_no_manifest() {
        for (name, expected) in [
            ("values.yaml", Some(Reason::HelmValues)),
            ("values-prod.yml", Some(Reason::HelmValues)),
            ("staging.values.yaml", Some(Reason::HelmValues)),
            ("Chart.yaml", Some(Reason::HelmChart)),
            ("kustomization.yml", Some(Reason::Kustomization)),
            ("rolecall.yaml", Some(Reason::OwnFile)),
            ("access.rolecall-test.yaml", Some(Reason::OwnFile)),
            ("00-assert.yaml", Some(Reason::Fragment)),
            ("errors.yaml", Some(Reason::Fragment)),
            ("myvalues.yaml", None),
            ("job.yaml", None),
            ("values.json", None),
        ] {
            assert_eq!(reason(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn charts_have_templates() {
        let files = ["/a/x/Chart.yaml", "/a/x/values.yaml"];
        let templates = ChartTemplates::of(files.iter().map(Path::new));
        assert!(templates.contain(Path::new("/a/x/templates/tests/job.yaml")));
        assert!(!templates.contain(Path::new("/a/x/crds/crd.yaml")));
    }
}
