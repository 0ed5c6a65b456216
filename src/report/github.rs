//! Annotations for GitHub Actions: commands in the log of a step, which GitHub shows at the lines that they are about.

use std::io;

use super::plain::{acts, spelled_out};
use super::remarks::with_remarks;
use super::{Reporter, counted, plain};
use crate::diagnostic::{Finding, Severity};
use crate::discover::Project;
use crate::lint::Report;
use crate::source::Sources;

/// One command for every finding, as far as GitHub shows them.
#[derive(Clone, Debug)]
pub struct GitHub {
    /// Where the paths are told from.
    pub project: Project,
}

/// GitHub shows so many annotations of each kind of one step, and drops the rest.
const SHOWN: usize = 10;

impl Reporter for GitHub {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let shown = Shown::of(report);
        let mut left = shown;
        for finding in &report.findings {
            let room = left.room(finding.severity);
            if *room > 0 {
                *room -= 1;
                writeln!(out, "{}", self.command(finding, &report.read_set.sources))?;
            }
        }
        match shown.rest(report) {
            Some(rest) => writeln!(out, "::notice title=rolecall::{}", data(&rest)),
            None => Ok(()),
        }
    }
}

impl GitHub {
    fn command(&self, finding: &Finding, sources: &Sources) -> String {
        let location = sources.locate(finding.span);
        let (start, end) = (location.start, location.end);
        let file = property(&self.project.path(location.path));
        // GitHub takes columns only where it is all about one line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        let object = finding.object.as_ref().map(|object| format!(" {object}")).unwrap_or_default();
        format!(
            "::{} file={file},line={},endLine={}{columns},title={}::{}",
            command_name(finding.severity),
            start.line,
            end.line,
            property(&plain(&format!("{}{object}", finding.rule))),
            data(&with_remarks(finding, &location, "\n", |text| plain(text).into_owned())),
        )
    }
}

fn command_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// How many findings of each severity there is room for.
#[derive(Clone, Copy)]
struct Shown {
    errors: usize,
    warnings: usize,
    infos: usize,
}

impl Shown {
    fn of(report: &Report) -> Self {
        let of = |severity| report.count(severity).min(SHOWN);
        let mut shown =
            Self { errors: of(Severity::Error), warnings: of(Severity::Warning), infos: of(Severity::Info) };
        // What sums up the rest is a notice itself.
        if shown.rest(report).is_some() {
            shown.infos = shown.infos.min(SHOWN - 1);
        }
        shown
    }

    fn room(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Info => &mut self.infos,
        }
    }

    /// What there is no room for, and where to see it.
    fn rest(mut self, report: &Report) -> Option<String> {
        let mut hidden = |severity| report.count(severity) - *self.room(severity);
        let hidden = Severity::ALL.map(|severity| (severity, hidden(severity)));
        let number: usize = hidden.iter().map(|(_, number)| number).sum();
        (number > 0).then(|| {
            format!(
                "not shown here: {}, because GitHub shows no more than {SHOWN} of a kind; `rolecall lint` has all of \
                 them in the log, `rolecall lint -o sarif=FILE` for code scanning",
                counted(&hidden)
            )
        })
    }
}

/// Text behind `::`, as GitHub reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, as GitHub reads it. Line breaks of a path are part of its name; whatever else would act is
/// spelled out, since logs are read on terminals too.
fn property(text: &str) -> String {
    let text = spelled_out(text, |c| acts(c) && !matches!(c, '\r' | '\n'), |c, plain| plain.extend(c.escape_unicode()));
    data(&text).replace(':', "%3A").replace(',', "%2C")
}
