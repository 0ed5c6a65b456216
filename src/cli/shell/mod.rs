//! `rolecall shell`: the manifests are read once, then questions about them are answered line by line.
//!
//! A line is a command, as on a command line but without the flags that say what to read, or a plain sentence, which is
//! [rewritten](sentence) to a command. To add a command: a variant of [`Command`] and its arm in [`Talk::answer`]. Help,
//! completion and the sentences that lead to it are there as soon as it is.

mod command;
mod completion;
mod examples;
mod help;
mod loaded;
mod names;
mod sentence;

use std::path::PathBuf;

use command::Command;

use super::ask::Question as _;
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{stdin_is_terminal, stdin_lines};
use crate::query::{Access, Changes};
use crate::shell::{Flow, Session, run_on_lines, run_on_terminal};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, directories or globs. Default: the working directory.
    #[arg(value_name = "PATHS")]
    paths: Vec<String>,
    #[command(flatten)]
    input: args::Input,
}

impl Args {
    fn access(&self) -> Result<Access, Failure> {
        self.input.access(&self.paths)
    }
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    if args.input.names_stdin(&args.paths) {
        let message = "standard input cannot bring both manifests and questions about them";
        return Err(Failure::new(FailureKind::Usage, message).hint("name the files of the manifests"));
    }
    let access = args.access()?;
    let mut talk = Talk { args, access, ui, exit: Exit::Fine };
    if stdin_is_terminal() && talk.ui.is_terminal() {
        talk.greet()?;
        run_on_terminal(talk, history_file().as_deref())?;
        return Ok(Exit::Fine);
    }
    run_on_lines(&mut talk, stdin_lines());
    Ok(talk.exit)
}

/// Where the lines of former sessions are: in the user's directory for what a program remembers.
#[expect(clippy::disallowed_methods, reason = "only the command line reads the environment")]
fn history_file() -> Option<PathBuf> {
    let directory = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = directory("XDG_STATE_HOME").or_else(|| Some(directory("HOME")?.join(".local/state")));
    Some(state?.join("rolecall").join("history"))
}

/// A conversation about what has been read.
struct Talk<'t> {
    args: &'t Args,
    access: Access,
    ui: &'t mut Ui,
    /// What the worst line was: answers of no are as fine as any.
    exit: Exit,
}

impl Session for Talk<'_> {
    fn run(&mut self, words: &[String]) -> Flow {
        let flow = self.answer(words).unwrap_or_else(|failure| {
            self.fail(&failure);
            Flow::Continue
        });
        // Nobody is left to answer where the reader of the answers went away.
        if self.ui.is_heard() { flow } else { Flow::End }
    }

    fn candidates(&self, before: &[String], begun: &str) -> Vec<String> {
        completion::candidates(before, begun, &self.access)
    }

    fn fail(&mut self, failure: &Failure) {
        self.ui.fail(failure);
        self.exit = Exit::Failed;
    }
}

impl Talk<'_> {
    fn greet(&mut self) -> Result<(), Failure> {
        let loaded = loaded::loaded(&self.access);
        let version = env!("CARGO_PKG_VERSION");
        self.print(&format!(
            "rolecall {version} has read {loaded}`help` shows what can be asked. Tab completes, Ctrl-D ends.\n"
        ))
    }

    /// Answers one line.
    fn answer(&mut self, words: &[String]) -> Result<Flow, Failure> {
        let words = match sentence::rewritten(words, &self.access)? {
            Some(rewritten) => {
                for note in &rewritten.notes {
                    self.ui.remark(&format!("note: {note}"));
                }
                rewritten.words
            }
            None => words.to_vec(),
        };
        match command::parse(&words)? {
            Command::CanI(question) => drop(question.answer(&self.access, self.ui)?),
            Command::WhoCan(question) => drop(question.answer(&self.access, self.ui)?),
            Command::Permissions(question) => drop(question.answer(&self.access, self.ui)?),
            Command::Graph(question) => drop(question.answer(&self.access, self.ui)?),
            Command::Plan(question) => drop(question.answer_in_shell(&self.args.input, &self.args.paths, self.ui)?),
            Command::Suggest(question) => drop(question.answer_beside_stdin(&self.access, self.ui)?),
            Command::Escalate(question) => drop(question.answer(&self.access, self.ui)?),
            Command::Test(question) => drop(question.answer(&self.access, self.ui)?),
            Command::Reload => self.reload()?,
            Command::Help { command } => self.print(&help::help(command.as_deref(), &self.access)?)?,
            Command::Exit => return Ok(Flow::End),
        }
        Ok(Flow::Continue)
    }

    /// Reads everything once more. What was read before stays where that fails.
    fn reload(&mut self) -> Result<(), Failure> {
        let access = self.args.access().map_err(|failure| failure.hint("what was read before still holds"))?;
        let changes = Changes::between(&self.access, &access);
        self.access = access;
        self.print(&loaded::reloaded(&changes, &self.access))
    }

    fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.ui.print(|out| out.write_all(text.as_bytes()))
    }
}

#[cfg(test)]
mod tests;
