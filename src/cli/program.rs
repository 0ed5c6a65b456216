//! What the program is called by: by itself, or by kubectl, whose plugins are programs named `kubectl-NAME`.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Command, CommandFactory as _, FromArgMatches as _};

use super::Cli;
use crate::discover::STDIN;

/// What a plugin's file is called, and what its users type.
const PLUGIN: (&str, &str) = ("kubectl-rolecall", "kubectl rolecall");

impl Cli {
    /// Reads the command line of this process. Where that asks for help or the version, or is none, the process ends.
    pub fn from_env() -> Self {
        let words: Vec<_> = std::env::args_os().map(of_stdin).collect();
        let matches = command(words.first().map(OsString::as_os_str)).get_matches_from(words);
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

/// What names something of standard input begins as flags do, and is none: `-:NAME`.
fn of_stdin(word: OsString) -> OsString {
    match word.to_str().and_then(|word| word.strip_prefix("-:")) {
        Some(name) => format!("{STDIN}:{name}").into(),
        None => word,
    }
}

/// The command line, by the name that its user has typed.
fn command(program: Option<&OsStr>) -> Command {
    let command = Cli::command();
    let is_plugin = program.and_then(|program| Path::new(program).file_stem()).is_some_and(|name| name == PLUGIN.0);
    if is_plugin { command.bin_name(PLUGIN.1) } else { command }
}
