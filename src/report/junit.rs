//! JUnit XML, which every CI server can show: a suite for each file, a failed test for each finding.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::remarks::with_remarks;
use super::{Reporter, xml};
use crate::diagnostic::Finding;
use crate::discover::Project;
use crate::lint::Report;
use crate::manifest::Reason;
use crate::source::FileId;

/// A suite for each file that was asked for. One without findings has one test: it passes, and where nothing in the file
/// was analysed, it was skipped.
#[derive(Clone, Debug)]
pub struct JUnit {
    /// Where the paths are told from.
    pub project: Project,
}

impl Reporter for JUnit {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let suites = suites(report, &self.project);
        let tests: usize = suites.iter().map(Suite::tests).sum();
        let failures = report.findings.len();
        let skipped: usize = suites.iter().map(Suite::skipped).sum();
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(
            out,
            "<testsuites name=\"rolecall\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
        )?;
        for suite in &suites {
            suite.write(report, out)?;
        }
        writeln!(out, "</testsuites>")
    }
}

/// One file.
struct Suite<'a> {
    /// From the project's root, as it stands in XML.
    path: String,
    findings: Vec<&'a Finding>,
    /// Why nothing in it was analysed.
    skipped: Option<Reason>,
}

fn suites<'a>(report: &'a Report, project: &Project) -> Vec<Suite<'a>> {
    let read_set = &report.read_set;
    let mut reasons: BTreeMap<&str, Reason> = BTreeMap::new();
    for skipped in &read_set.skipped {
        reasons.entry(&skipped.path).or_insert(skipped.reason);
    }
    let with_objects: BTreeSet<_> = read_set.objects.iter().map(|object| object.span.file).collect();
    let mut findings: BTreeMap<FileId, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        findings.entry(finding.span.file).or_default().push(finding);
    }
    let files = read_set.sources.paths().take(read_set.asked_for).zip((0..).map(FileId::new));
    let suites = files.map(|(path, file)| Suite {
        path: xml(&project.path(path)),
        findings: findings.remove(&file).unwrap_or_default(),
        skipped: reasons.get(path).copied().filter(|_| !with_objects.contains(&file)),
    });
    suites.collect()
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        self.findings.len().max(1)
    }

    fn skipped(&self) -> usize {
        usize::from(self.findings.is_empty() && self.skipped.is_some())
    }

    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let path = &self.path;
        let (tests, failures, skipped) = (self.tests(), self.findings.len(), self.skipped());
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
        )?;
        match (self.findings.as_slice(), self.skipped) {
            ([], None) => writeln!(out, "    <testcase name=\"no findings\" classname=\"{path}\" file=\"{path}\"/>")?,
            ([], Some(reason)) => {
                writeln!(out, "    <testcase name=\"no findings\" classname=\"{path}\" file=\"{path}\">")?;
                writeln!(out, "      <skipped message=\"{}\"/>", xml(reason.words().0))?;
                writeln!(out, "    </testcase>")?;
            }
            (findings, _) => write_failures(findings, report, path, out)?,
        }
        writeln!(out, "  </testsuite>")
    }
}

fn write_failures(findings: &[&Finding], report: &Report, path: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let mut names = BTreeMap::new();
    for finding in findings {
        let location = report.read_set.sources.locate(finding.span);
        let (line, column) = (location.start.line, location.start.column);
        writeln!(
            out,
            "    <testcase name=\"{}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">",
            xml(&name(finding, &mut names))
        )?;
        writeln!(
            out,
            "      <failure type=\"{}\" message=\"{}\">{path}:{line}:{column}: {}</failure>",
            finding.severity.name(),
            xml(&finding.message),
            with_remarks(finding, &location, "\n", xml)
        )?;
        writeln!(out, "    </testcase>")?;
    }
    Ok(())
}

/// CI servers know a test by its name across runs, so that no line is in it; those of one name in a file are counted.
fn name(finding: &Finding, known: &mut BTreeMap<String, usize>) -> String {
    let object = finding.object.as_ref().map(|object| format!(" {object}")).unwrap_or_default();
    let name = format!("{}{object}", finding.rule);
    let times = known.entry(name.clone()).or_default();
    *times += 1;
    if *times > 1 { format!("{name} #{times}") } else { name }
}
