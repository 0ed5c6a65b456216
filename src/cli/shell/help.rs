//! What can be asked.

use std::fmt::Write as _;

use super::sentence::{CAN, WHAT_CAN, WHO_CAN};
use super::{command, examples};
use crate::diagnostic::Failure;
use crate::query::Access;

const SENTENCES: [&str; 3] = [CAN, WHO_CAN, WHAT_CAN];

const SUBJECTS: &str = "\
A SUBJECT is `NAMESPACE:NAME` for a ServiceAccount, or its name where no other has it; `user/NAME`,
`group/NAME`, or a user name that begins with `system:`.
";

/// What can be asked, with examples; or how to use one command.
pub(super) fn help(name: Option<&str>, access: &Access) -> Result<String, Failure> {
    match name {
        None => Ok(overview(access)),
        Some("can" | "who" | "what") => Ok(sentences()),
        Some(name) => Ok(command::find(name)?.render_help().to_string()),
    }
}

fn overview(access: &Access) -> String {
    let mut text = sentences();
    text.push_str("\nCommands:\n");
    for command in command::all().get_subcommands() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let names: Vec<_> = command.get_name_and_visible_aliases();
        let _ = writeln!(text, "  {:12} {about}", names.join(", "));
    }
    text.push_str("`help COMMAND` shows how to use one.\n\nFor example:\n");
    for example in examples::examples(access) {
        let _ = writeln!(text, "  {example}");
    }
    text
}

fn sentences() -> String {
    let mut text = "Sentences:\n".to_owned();
    for sentence in SENTENCES {
        let _ = writeln!(text, "  {sentence}");
    }
    text + SUBJECTS
}
