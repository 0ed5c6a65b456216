//! Findings that were there before: of an older state of the files, or written down in a baseline.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Report;
use crate::diagnostic::Finding;

/// Findings that were there before, by rule and fingerprint: so that they are known wherever their lines have moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFindings {
    /// How many there are of each, with the path of one.
    counts: BTreeMap<(String, String), (usize, String)>,
}

/// A finding that is written down.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    /// Where it was, for whoever reads the file.
    path: String,
    fingerprint: String,
}

/// What a baseline file holds.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

const VERSION: u32 = 1;

impl KnownFindings {
    /// Those of a report.
    pub fn of(report: &Report) -> Self {
        let mut known = Self::default();
        for finding in &report.findings {
            known.add(key(finding), report.read_set.sources.path(finding.span.file));
        }
        known
    }

    /// Reads what [`KnownFindings::to_json`] wrote. Fails with what is wrong with the text.
    pub fn from_json(text: &[u8]) -> Result<Self, String> {
        let file: File = serde_json::from_slice(text).map_err(|error| format!("it is no baseline: {error}"))?;
        if file.version != VERSION {
            return Err(format!("it is of version {}, and this tool reads version {VERSION}", file.version));
        }
        let mut known = Self::default();
        for entry in file.findings {
            known.add((entry.rule, entry.fingerprint), &entry.path);
        }
        Ok(known)
    }

    /// The text of a baseline file, a finding a line.
    pub fn to_json(report: &Report) -> String {
        let entry = |finding: &Finding| {
            let (rule, fingerprint) = key(finding);
            Entry { rule, path: report.read_set.sources.path(finding.span.file).to_owned(), fingerprint }
        };
        let lines = report.findings.iter().map(entry).map(|entry| serde_json::to_string(&entry).unwrap_or_default());
        let lines: Vec<_> = lines.map(|line| format!("    {line}")).collect();
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [\n{}\n  ]\n}}\n", lines.join(",\n"))
    }

    fn add(&mut self, key: (String, String), path: &str) {
        self.counts.entry(key).or_insert_with(|| (0, path.to_owned())).0 += 1;
    }

    /// Takes the findings out of a report that were there before. Returns what was not found any more, each as its rule and
    /// the path at which it was, by rule.
    pub fn take_from(mut self, report: &mut Report) -> Vec<(String, String)> {
        let findings = std::mem::take(&mut report.findings);
        for finding in findings {
            match self.counts.get_mut(&key(&finding)) {
                Some((count, _)) if *count > 0 => {
                    *count -= 1;
                    report.known += 1;
                }
                _ => report.findings.push(finding),
            }
        }
        let left = self.counts.into_iter().filter(|(_, (count, _))| *count > 0);
        left.map(|((rule, _), (_, path))| (rule, path)).collect()
    }
}

fn key(finding: &Finding) -> (String, String) {
    (finding.rule.to_owned(), format!("{:016x}", finding.fingerprint))
}
