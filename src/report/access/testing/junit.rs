//! What came of tests as JUnit XML: a suite for each file, a test case for each test.

use std::fmt::Write as _;

use super::super::super::xml;
use super::super::style::Styles;
use super::super::unread::remarks;
use super::super::words;
use super::{TestRun, failure};
use crate::discover::Project;
use crate::query::Access;
use crate::query::testing::{TestFile, Tested};

/// The width of what is told; nobody knows what will show it.
const WIDTH: usize = 100;

/// The whole run. Paths are told from the project's root.
pub fn junit(run: &TestRun<'_>, project: &Project) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let (tests, failures) = (run.tests(), run.failed());
    let _ = writeln!(
        text,
        "<testsuites name=\"rolecall test\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
    );
    for file in &run.files {
        let path = xml(&project.path(file.file.path()));
        let (tests, failures) = (file.tests.len(), file.failed());
        let _ = writeln!(
            text,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
        );
        for test in &file.tests {
            text.push_str(&case(run.access, file.file, test, &path));
        }
        text.push_str(&told(&remarks(run.access), "    "));
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

/// One test. All that is wrong with it is one failure, since some CI servers show only one.
fn case(access: &Access, file: &TestFile, tested: &Tested<'_>, path: &str) -> String {
    let line = file.sources.locate(tested.test.span).start.line;
    let name = xml(&tested.test.name);
    let open = format!("    <testcase name=\"{name}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\"");
    let notes: Vec<_> = tested.notes.iter().map(|note| format!("note: {}", words::shown(note))).collect();
    let notes = told(&notes, "      ");
    let Some(first) = tested.failures.first() else {
        return if notes.is_empty() { format!("{open}/>\n") } else { format!("{open}>\n{notes}    </testcase>\n") };
    };
    let more = tested.failures.len() - 1;
    let message = xml(&failure::message(&first.why));
    let message = if more == 0 { message } else { format!("{message} (and {more} more)") };
    let bodies = tested.failures.iter().map(|failed| failure::write(access, file, failed, (Styles::new(false), WIDTH)));
    let body: Vec<_> = bodies.map(|body| body.lines().map(xml).collect::<Vec<_>>().join("\n")).collect();
    format!(
        "{open}>\n      <failure type=\"failed\" message=\"{message}\">{}</failure>\n{notes}    </testcase>\n",
        body.join("\n\n")
    )
}

/// Lines that are told beside what has passed or failed; empty of none.
fn told(lines: &[String], indent: &str) -> String {
    let lines: Vec<_> = lines.iter().map(|line| xml(line)).collect();
    if lines.is_empty() { String::new() } else { format!("{indent}<system-out>{}</system-out>\n", lines.join("\n")) }
}
