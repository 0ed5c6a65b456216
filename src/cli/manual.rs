//! `rolecall completions` and `rolecall man`: what shells and `man` know of the command line, from its definitions.

use std::path::PathBuf;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Cli, Exit, Ui};
use crate::diagnostic::{Failure, FailureKind};

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell.
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// The command, such as `lint` or `config show`. Default: the tool as a whole.
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Writes the pages of all commands into this directory instead, which has to be there.
    #[arg(long, value_name = "DIRECTORY", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

/// What the tool is called on a command line.
const NAME: &str = "rolecall";

pub(super) fn completions(args: &CompletionsArgs, ui: &mut Ui) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut script);
    ui.print(|out| out.write_all(&script))?;
    Ok(Exit::Fine)
}

pub(super) fn man(args: &ManArgs, ui: &mut Ui) -> Result<Exit, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    if let Some(directory) = &args.dir {
        clap_mangen::generate_to(command, directory).map_err(|error| {
            let message = format!("no pages can be written into `{}`: {error}", directory.display());
            Failure::new(FailureKind::Output, message)
        })?;
        return Ok(Exit::Fine);
    }
    let page = Man::new(find(&command, &args.command)?.clone());
    ui.print(|out| page.render(out))?;
    Ok(Exit::Fine)
}

/// The command of these names.
fn find<'c>(command: &'c Command, names: &[String]) -> Result<&'c Command, Failure> {
    names.iter().try_fold(command, |command, name| {
        command.find_subcommand(name).ok_or_else(|| {
            let failure = Failure::new(FailureKind::Usage, format!("there is no command `{name}`"));
            let known: Vec<_> = command.get_subcommands().map(|known| format!("`{}`", known.get_name())).collect();
            if known.is_empty() {
                return failure.hint(format!("`{}` has no commands of its own", command.get_name()));
            }
            failure.hint(format!("there are {}", known.join(", ")))
        })
    })
}
