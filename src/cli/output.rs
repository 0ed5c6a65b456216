//! How findings are written, and where to: `-o FORMAT[=FILE]`, as often as there are readers.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error, ValueEnum};

use super::Ui;
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{self, Inputs, Project, without_dots};
use crate::lint::Report;
use crate::report::{Concise, GitHub, GitLab, Human, JUnit, Json, Look, Reporter, Sarif, summary};
use crate::source::FileId;

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

/// One report that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Output {
    format: Format,
    /// `None` for standard output.
    file: Option<PathBuf>,
}

/// The reports that are asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Outputs {
    /// How to write the findings, and with `=FILE` into which file; repeatable, with at most one to standard output.
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "human", value_parser = OutputParser)]
    output: Vec<Output>,
    /// Tells below each finding how it can be put right, in human output.
    #[arg(long)]
    show_fixes: bool,
}

impl Outputs {
    /// Whether a person reads standard output.
    pub(super) fn are_for_people(&self) -> bool {
        let is_for_people = |output: &Output| matches!(output.format, Format::Human | Format::Concise);
        self.output.iter().all(|output| output.file.is_some() || is_for_people(output))
    }

    /// Fails where two reports would go to one place, or one nowhere.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let mut places = BTreeSet::new();
        for Output { file, .. } in &self.output {
            if file.as_deref() == Some(Path::new("")) {
                return Err(usage("`-o FORMAT=` names no file".to_owned()));
            }
            if !places.insert(file.as_deref().map(without_dots)) {
                return Err(match file {
                    Some(file) => usage(format!("two reports cannot both go to `{}`", file.display())),
                    None => usage("only one report can go to standard output".to_owned())
                        .hint("name a file for each of the others, as in `-o sarif=FILE`"),
                });
            }
        }
        Ok(())
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
            written = written.and(output.write_file(
                report,
                inputs,
                &*output.format.reporter(look, &project, self.show_fixes),
                &project,
            ));
        }
        if !to_stdout.iter().any(|output| output.format.has_summary()) {
            ui.remark(&summary(report));
        }
        written
    }
}

impl Output {
    fn write_file(
        &self,
        report: &Report,
        inputs: &Inputs,
        reporter: &dyn Reporter,
        project: &Project,
    ) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        if is_manifest(&project.absolute(file), report, inputs) {
            let message = format!("`{}` is one of the manifests that were read", file.display());
            return Err(usage(message).hint("name another file for the report"));
        }
        let mut text = Vec::new();
        reporter.write(report, &mut text).map_err(|error| {
            Failure::new(FailureKind::Output, format!("`{}` cannot be written: {error}", file.display()))
        })?;
        discover::write(file, &text)
    }
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

fn usage(message: String) -> Failure {
    Failure::new(FailureKind::Usage, message)
}

/// Reads `FORMAT[=FILE]`. `-` is standard output, as it is standard input elsewhere.
#[derive(Clone, Debug)]
struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Output, Error> {
        let text = value.to_str().ok_or_else(|| Error::new(ErrorKind::InvalidUtf8).with_cmd(command))?;
        let (format, file) = text.split_once('=').map_or((text, None), |(format, file)| (format, Some(file)));
        let format = EnumValueParser::<Format>::new().parse_ref(command, arg, OsStr::new(format))?;
        Ok(Output { format, file: file.filter(|file| *file != "-").map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::value_variants().iter().filter_map(Format::to_possible_value)))
    }
}
