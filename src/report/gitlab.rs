//! GitLab's report of code quality, which merge requests show.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::plain::plain_json;
use super::remarks::with_remarks;
use super::{Reporter, plain};
use crate::diagnostic::{Finding, Severity};
use crate::discover::Project;
use crate::lint::Report;
use crate::source::{Location, Position};

/// A list with an issue for every finding.
#[derive(Clone, Debug)]
pub struct GitLab {
    /// Where the paths are told from.
    pub project: Project,
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

impl Reporter for GitLab {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let mut known = BTreeMap::new();
        let issues = report.findings.iter().map(|finding| Issue {
            description: description(finding, &report.read_set.sources.locate(finding.span)),
            check_name: finding.rule,
            fingerprint: fingerprint(finding, &mut known),
            severity: severity(finding.severity),
            location: self.place(&report.read_set.sources.locate(finding.span)),
        });
        let json = serde_json::to_string_pretty(&issues.collect::<Vec<_>>())?;
        out.write_all(plain_json(&json).as_bytes())?;
        writeln!(out)
    }
}

impl GitLab {
    fn place(&self, location: &Location<'_>) -> Place {
        let positions = Positions { begin: location.start.into(), end: location.end.into() };
        Place { path: self.project.path(location.path), positions }
    }
}

fn description(finding: &Finding, location: &Location<'_>) -> String {
    let object = finding.object.as_ref().map(|object| format!("{object}: ")).unwrap_or_default();
    let text = with_remarks(finding, location, "; ", str::to_owned);
    plain(&format!("{object}{text}")).into_owned()
}

/// GitLab shows one issue of each fingerprint: of those that look alike, the later ones are counted.
fn fingerprint(finding: &Finding, known: &mut BTreeMap<u64, usize>) -> String {
    let times = known.entry(finding.fingerprint).or_default();
    *times += 1;
    let again = if *times > 1 { format!("-{times}") } else { String::new() };
    format!("{:016x}{again}", finding.fingerprint)
}

/// GitLab's words; its `blocker` and `minor` are not used.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    }
}

impl From<Position> for Point {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}
