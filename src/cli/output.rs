//! How findings are written, and where to.

use std::path::Path;

use clap::ValueEnum;

use super::Ui;
use super::destination::{self, Output, OutputParser};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{Inputs, Project};
use crate::lint::Report;
use crate::report::{Concise, GitHub, GitLab, Human, JUnit, Json, Look, Reporter, Sarif, summary};
use crate::source::FileId;
use crate::timing::{self, Stage};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The lines, a caret under the value, help, and a summary.
    Human,
    /// One line a finding.
    Concise,
    /// The whole run as one JSON object.
    Json,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// JUnit XML, for CI servers.
    Junit,
    /// Annotations, for a step of GitHub Actions.
    Github,
    /// A report of code quality, for GitLab CI.
    Gitlab,
}

impl Format {
    fn reporter(self, look: Look, project: &Project, show_fixes: bool) -> Box<dyn Reporter> {
        let project = project.clone();
        match self {
            Self::Human => Box::new(Human { look, show_fixes }),
            Self::Concise => Box::new(Concise),
            Self::Json => Box::new(Json),
            Self::Sarif => Box::new(Sarif { project }),
            Self::Junit => Box::new(JUnit { project }),
            Self::Github => Box::new(GitHub { project }),
            Self::Gitlab => Box::new(GitLab { project }),
        }
    }

    /// Whether the report says itself what it is based on, and what was skipped.
    fn has_summary(self) -> bool {
        matches!(self, Self::Human | Self::Json | Self::Sarif)
    }
}

/// The reports that are asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Outputs {
    /// How to write the findings, and with `=FILE` into which file; repeatable, with at most one to standard output.
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "human", value_parser = OutputParser::<Format>::new())]
    output: Vec<Output<Format>>,
    /// Tells below each finding how it can be put right, in human output.
    #[arg(long)]
    show_fixes: bool,
}

impl Outputs {
    /// Whether a person reads standard output.
    pub(super) fn are_for_people(&self) -> bool {
        let is_for_people = |output: &Output<Format>| matches!(output.format, Format::Human | Format::Concise);
        self.output.iter().all(|output| output.file.is_some() || is_for_people(output))
    }

    /// Fails where two reports would go to one place, or one nowhere.
    pub(super) fn check(&self) -> Result<(), Failure> {
        destination::check(&self.output)
    }

    /// Writes all reports, that for standard output first. One that cannot be written keeps no other from it.
    pub(super) fn write(&self, report: &Report, inputs: &Inputs, ui: &mut Ui) -> Result<(), Failure> {
        let project = Project::here()?;
        let look = ui.look();
        let (to_files, to_stdout): (Vec<_>, Vec<_>) = self.output.iter().partition(|output| output.file.is_some());
        let mut written = Ok(());
        for output in &to_stdout {
            let reporter = output.format.reporter(look, &project, self.show_fixes);
            written = written.and(ui.print(|out| reporter.write(report, out)));
        }
        // In a file nobody uses colors, and how wide the terminal is must not matter.
        let look = Look { color: false, width: Ui::WIDTH };
        for output in to_files {
            let reporter = output.format.reporter(look, &project, self.show_fixes);
            written = written.and(write_file(output, &*reporter, (report, inputs), &project));
        }
        if !to_stdout.iter().any(|output| output.format.has_summary()) {
            ui.remark(&summary(report));
        }
        written
    }
}

fn write_file(
    output: &Output<Format>,
    reporter: &dyn Reporter,
    (report, inputs): (&Report, &Inputs),
    project: &Project,
) -> Result<(), Failure> {
    let mut text = Vec::new();
    timing::stage(Stage::Report, || reporter.write(report, &mut text)).map_err(|error| {
        let file = output.file.as_deref().unwrap_or(Path::new(""));
        Failure::new(FailureKind::Output, format!("`{}` cannot be written: {error}", file.display()))
    })?;
    output.write_file(&text, project, |path| is_manifest(path, report, inputs))
}

/// Whether a path is that of a file with objects or findings. What an earlier run has written holds neither, and can be
/// replaced.
fn is_manifest(path: &Path, report: &Report, inputs: &Inputs) -> bool {
    let read_set = &report.read_set;
    let places = read_set.objects.iter().map(|object| object.span.file);
    let mut of_interest = places.chain(report.findings.iter().map(|finding| finding.span.file));
    let same = inputs.files.iter().zip(0..).find(|(input, _)| input.absolute() == Some(path));
    same.is_some_and(|(_, index)| of_interest.any(|file| file == FileId::new(index)))
}
