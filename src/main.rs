//! The `rolecall` command.

use std::process::ExitCode;

use rolecall::cli::{self, Cli, Exit, Ui};

fn main() -> ExitCode {
    let mut ui = Ui::from_env();
    let exit = cli::run(&Cli::from_env(), &mut ui).unwrap_or_else(|failure| {
        ui.fail(&failure);
        Exit::from(&failure)
    });
    exit.into()
}
