//! What came of tests for people: their names, then what is not as it should be, in full.

use std::fmt::Write as _;

use super::super::style::Styles;
use super::super::unread::unread;
use super::super::words;
use super::{TestRun, failure};
use crate::query::testing::{Tested, TestedFile};
use crate::report::Look;

/// The whole run, as text.
pub fn human(run: &TestRun<'_>, look: Look) -> String {
    let styles = Styles::new(look.color);
    let mut text = String::new();
    for file in &run.files {
        names(file, styles, &mut text);
    }
    for file in &run.files {
        for test in file.tests.iter().filter(|test| !test.has_passed()) {
            let _ = writeln!(text, "\n{}: {}", styles.bad("FAILED"), styles.strong(&words::shown(&test.test.name)));
            for failed in &test.failures {
                let _ = write!(text, "\n{}", failure::write(run.access, file.file, failed, (styles, look.width)));
            }
        }
    }
    text.push_str(&unread(run.access, styles));
    let _ = writeln!(text, "\n{}", run.summary());
    text
}

fn names(file: &TestedFile<'_>, styles: Styles, text: &mut String) {
    let _ = writeln!(text, "{}", styles.strong(&words::shown(file.file.path())));
    for test in &file.tests {
        let Tested { test: claim, notes, .. } = test;
        let word = if test.has_passed() { styles.good("ok") } else { styles.bad("FAILED") };
        let pad = if test.has_passed() { "    " } else { "" };
        let _ = writeln!(text, "  {word}{pad}  {}", words::shown(&claim.name));
        for note in notes {
            let _ = writeln!(text, "          {}: {}", styles.unsure("note"), words::shown(note));
        }
    }
}
