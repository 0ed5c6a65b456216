//! `rolecall config`: the configuration file itself.

mod in_force;
mod schema;
mod show;

use clap::Subcommand;

use super::{Exit, Ui};
use crate::diagnostic::Failure;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows what is in force, and where each value comes from: the file, a flag, or nowhere.
    Show(show::Args),
    /// Prints the JSON Schema of `rolecall.yaml`, for editors.
    Schema,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    match &args.command {
        Command::Show(args) => show::run(args, ui)?,
        Command::Schema => {
            let schema = format!("{:#}\n", schema::schema());
            ui.print(|out| out.write_all(schema.as_bytes()))?;
        }
    }
    Ok(Exit::Fine)
}
