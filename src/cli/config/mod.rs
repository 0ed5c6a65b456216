//! `rolecall config`: the configuration file itself.

mod in_force;
mod schema;
mod show;
mod tests;

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
    Schema {
        /// Prints that of the files that `rolecall test` reads.
        #[arg(long)]
        tests: bool,
    },
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    match &args.command {
        Command::Show(args) => show::run(args, ui)?,
        Command::Schema { tests } => {
            let schema = if *tests { tests::schema() } else { schema::schema() };
            let schema = format!("{schema:#}\n");
            ui.print(|out| out.write_all(schema.as_bytes()))?;
        }
    }
    Ok(Exit::Fine)
}
