//! The commands of the shell.

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::cli::can_i::CanI;
use crate::cli::escalate::Escalate;
use crate::cli::graph::GraphOf;
use crate::cli::permissions::Permissions;
use crate::cli::plan::Plan;
use crate::cli::suggest::Suggest;
use crate::cli::test::Test;
use crate::cli::who_can::WhoCan;
use crate::diagnostic::{Failure, FailureKind};

#[derive(Debug, Parser)]
#[command(multicall = true, disable_help_subcommand = true, max_term_width = 100)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

/// What a line asks for.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Says whether a subject may do something, and why, or why not.
    #[command(name = "can-i")]
    CanI(CanI),
    /// Tells everybody who may do something, why and where.
    #[command(name = "who-can")]
    WhoCan(WhoCan),
    /// Tells all that a subject may do, and where it comes from.
    Permissions(Permissions),
    /// Draws who gets what: workloads, subjects, bindings and roles, and what is missing between them.
    Graph(GraphOf),
    /// Works out what Jobs and CronJobs will do, from their files as they are now.
    Plan(Plan),
    /// Suggests the smallest roles that allow what an audit log says was done, beside what stands.
    Suggest(Suggest),
    /// Tells who comes to more than they were given, by which steps, and what would prevent it.
    Escalate(Escalate),
    /// Makes sure that the manifests say about access what a file claims.
    Test(Test),
    /// Reads everything again, and says what has changed.
    Reload,
    /// Shows what can be asked, or how to use one command.
    #[command(alias = "?")]
    Help {
        /// The command.
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
    /// Ends the shell; so does Ctrl-D.
    #[command(visible_alias = "quit")]
    Exit,
}

/// All commands, as `clap` knows them.
pub(super) fn all() -> clap::Command {
    // Help is shown by the shell, which knows what was read.
    Line::command().mut_subcommands(|command| command.disable_help_flag(true))
}

/// Whether there is a command of this name.
pub(super) fn exists(name: &str) -> bool {
    all().find_subcommand(name).is_some()
}

/// The command that these words give. Fails where there is none, or where its words do not fit.
pub(super) fn parse(words: &[String]) -> Result<Command, Failure> {
    let name = words.first().map_or("", String::as_str);
    // `can-i --help` is one way to ask, `--help` alone the same for everything.
    let asks_for_help = |word: &String| word == "--help" || word == "-h";
    if asks_for_help(&name.to_owned()) {
        return Ok(Command::Help { command: None });
    }
    find(name)?;
    if words.iter().take_while(|word| *word != "--").any(asks_for_help) {
        return Ok(Command::Help { command: Some(name.to_owned()) });
    }
    Line::try_parse_from(words).map(|line| line.command).map_err(|error| failure(&error))
}

/// The command of a name.
pub(super) fn find(name: &str) -> Result<clap::Command, Failure> {
    let commands = all();
    if let Some(command) = commands.find_subcommand(name) {
        return Ok(command.clone().bin_name(name));
    }
    let names = commands.get_subcommands().flat_map(clap::Command::get_name_and_visible_aliases);
    let near = |known: &&str| strsim::osa_distance(known, name) <= 2;
    let nearest = names.filter(near).min_by_key(|known| strsim::osa_distance(known, name));
    let failure = Failure::new(FailureKind::Usage, format!("there is no command `{name}` in the shell"));
    Err(match nearest {
        Some(nearest) => failure.hint(format!("did you mean `{nearest}`?")),
        None => failure.hint("`help` shows what can be asked"),
    })
}

/// What `clap` has to say, without what only makes sense on a whole command line.
fn failure(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n");
    let message = paragraphs.next().unwrap_or_default().trim_start_matches("error: ");
    let message: Vec<_> = message.lines().map(str::trim).collect();
    let failure = Failure::new(FailureKind::Usage, message.join(" "));
    let lines: Vec<_> = paragraphs.flat_map(str::lines).map(str::trim).collect();
    let tips: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("tip: ")).collect();
    // How to use the command is no news where a value is wrong, nor where it is known what was meant.
    let is_about_a_value = matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation);
    let usage = lines.iter().copied().filter(|line| line.starts_with("Usage: "));
    let hints: Vec<_> = if tips.is_empty() && !is_about_a_value { usage.collect() } else { tips };
    hints.into_iter().fold(failure, Failure::hint)
}
