//! `rolecall test`: do the manifests say about access what a file claims?

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::ask::Question;
use super::destination::{self, Output, OutputParser};
use super::{Exit, Ui};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{self, Input, Project, Request};
use crate::query::Access;
use crate::query::testing::{Runner, TestFile};
use crate::report::Look;
use crate::report::access::testing::{self, TestRun};

/// Is all as the tests claim?
#[derive(Debug, clap::Args)]
pub(super) struct Test {
    /// Files of tests, or directories and globs under which files are called `access-test.yaml` or
    /// `NAME.access-test.yaml`. Default: the working directory.
    #[arg(value_name = "FILES")]
    files: Vec<String>,
    /// Runs only tests with this in their names, in the same case; repeatable.
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// How to write what came of it, and with `=FILE` into which file; repeatable, with at most one to standard output.
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "human", value_parser = OutputParser::<Format>::new())]
    output: Vec<Output<Format>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The names of the tests, and what is not as it should be with the lines that say so.
    Human,
    /// One JSON object.
    Json,
    /// JUnit XML, for CI servers.
    Junit,
}

impl Question for Test {
    fn check(&self) -> Result<(), Failure> {
        destination::check(&self.output)?;
        self.read().map(drop)
    }

    fn answer(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        destination::check(&self.output)?;
        let files = self.read()?;
        let runner = Runner::new(access);
        let is_wanted = |name: &str| self.filter.is_empty() || self.filter.iter().any(|text| name.contains(text));
        let mut tested = runner.run(&files, |test| is_wanted(&test.name));
        tested.retain(|file| !file.tests.is_empty());
        let run = TestRun { access, files: tested };
        if run.tests() == 0 {
            return Err(Failure::new(FailureKind::Usage, "there is no test of such a name")
                .hint("`--filter` takes a part of the name of a test, in the same case"));
        }
        self.write(&run, &files, ui)?;
        Ok(if run.failed() == 0 { Exit::Fine } else { Exit::NotFine })
    }
}

impl Test {
    /// The files of tests, in the order of their paths.
    fn read(&self) -> Result<Vec<TestFile>, Failure> {
        let inputs = discover::discover(&Request { paths: self.files.clone(), ..Request::default() })?;
        let named: BTreeSet<_> = self.files.iter().map(String::as_str).collect();
        let is_meant = |input: &&Input| named.contains(input.path()) || is_named_so(Path::new(input.path()));
        let (mut files, mut failures) = (Vec::new(), Vec::new());
        for input in inputs.files.iter().filter(is_meant) {
            match read(input) {
                Ok(file) => files.push(file),
                Err(failure) => failures.push(failure),
            }
        }
        if let Some(failure) = Failure::all(failures) {
            return Err(failure);
        }
        if files.is_empty() {
            let paths: Vec<_> = self.files.iter().map(|path| format!("`{path}`")).collect();
            let under = if paths.is_empty() { "the working directory".to_owned() } else { paths.join(", ") };
            let failure = Failure::new(FailureKind::NoInput, format!("there is no file of tests under {under}"));
            return Err(failure.hint("call it `access-test.yaml` or `NAME.access-test.yaml`, or name the file itself"));
        }
        if files.iter().all(|file| file.tests.is_empty()) {
            let paths: Vec<_> = files.iter().map(|file| format!("`{}`", file.path())).collect();
            return Err(Failure::new(FailureKind::NoInput, format!("there is no test in {}", paths.join(", "))));
        }
        Ok(files)
    }

    fn write(&self, run: &TestRun<'_>, files: &[TestFile], ui: &mut Ui) -> Result<(), Failure> {
        let project = Project::here()?;
        let inputs = inputs(run.access, files, &project);
        // In a file nobody uses colors, and how wide the terminal is must not matter.
        let in_file = Look { color: false, width: Ui::WIDTH };
        let text = |output: &Output<Format>, look: Look| match output.format {
            Format::Human => testing::human(run, look),
            Format::Json => testing::json(run),
            Format::Junit => testing::junit(run, &project),
        };
        let (to_files, to_stdout): (Vec<_>, Vec<_>) = self.output.iter().partition(|output| output.file.is_some());
        let look = ui.look();
        let mut written = Ok(());
        for output in &to_stdout {
            written = written.and(ui.print(|out| out.write_all(text(output, look).as_bytes())));
        }
        for output in to_files {
            let text = text(output, in_file);
            written = written.and(output.write_file(text.as_bytes(), &project, |path| inputs.contains(path)));
        }
        if to_stdout.iter().all(|output| output.format == Format::Junit) {
            ui.remark(&run.summary());
        }
        written
    }
}

fn read(input: &Input) -> Result<TestFile, Failure> {
    let bytes = input.read().map_err(|error| {
        Failure::new(FailureKind::Input, format!("`{}` cannot be read: {}", input.path(), error.reason))
    })?;
    TestFile::parse(input.path(), bytes)
}

/// Whether a file is one of tests, by its name.
fn is_named_so(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    is_yaml && (stem == "access-test" || stem.ends_with(".access-test"))
}

/// The absolute paths of what was read: the tests, and the manifests that have objects.
fn inputs(access: &Access, files: &[TestFile], project: &Project) -> BTreeSet<PathBuf> {
    let objects = access.read_set().objects.iter().map(|object| access.sources().path(object.span.file));
    let tests = files.iter().map(TestFile::path);
    objects.chain(tests).map(|path| project.absolute(Path::new(path))).collect()
}
