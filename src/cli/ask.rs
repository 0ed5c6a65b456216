//! Commands that ask a question about what the manifests say: read, then answered, from a command line or in the shell.

use clap::ValueEnum;

use super::{Exit, Ui, args};
use crate::diagnostic::Failure;
use crate::query::Access;
use crate::report::access;

/// A question, whatever it is asked about.
pub(super) trait Question: clap::Args {
    /// Fails where something is wrong with the question itself, so that nothing has to be read to say so.
    fn check(&self) -> Result<(), Failure>;

    /// Answers it from what has been read.
    fn answer(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure>;
}

/// A question with what it is asked about.
#[derive(Debug, clap::Args)]
pub(super) struct Ask<Q: Question> {
    #[command(flatten)]
    question: Q,
    #[command(flatten)]
    input: args::Input,
    /// Exits with 0 where the answer would make it 1.
    #[arg(long)]
    exit_zero: bool,
}

/// A question with what it is asked about, which may be named outright.
#[derive(Debug, clap::Args)]
pub(super) struct AskOf<Q: Question> {
    /// Files, directories, globs, or `-` for standard input. Default: the working directory.
    #[arg(value_name = "PATHS")]
    paths: Vec<String>,
    #[command(flatten)]
    ask: Ask<Q>,
}

impl<Q: Question> Ask<Q> {
    pub(super) fn run(&self, ui: &mut Ui) -> Result<Exit, Failure> {
        self.run_on(&[], ui)
    }

    fn run_on(&self, paths: &[String], ui: &mut Ui) -> Result<Exit, Failure> {
        self.question.check()?;
        let access = self.input.access(paths)?;
        let exit = self.question.answer(&access, ui)?;
        Ok(if self.exit_zero && exit == Exit::NotFine { Exit::Fine } else { exit })
    }
}

impl<Q: Question> AskOf<Q> {
    pub(super) fn run(&self, ui: &mut Ui) -> Result<Exit, Failure> {
        self.ask.run_on(&self.paths, ui)
    }
}

/// How to write an answer that has a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TableOutput {
    /// What there is to know, for people.
    Human,
    /// Everything in a table, one line a grant, however long.
    Wide,
    /// One JSON object.
    Json,
}

/// Says beside an answer what has to be known about it, and what it lacks because it could not be read.
pub(super) fn beside<'n>(notes: impl IntoIterator<Item = &'n String>, access: &Access, ui: &mut Ui) {
    for note in notes {
        ui.remark(&format!("note: {note}"));
    }
    for line in access::remarks(access) {
        ui.remark(&line);
    }
}
