//! `rolecall who-can`: who may do this?

use clap::ValueEnum;

use super::can_i::PlaceFlags;
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, FailureKind};
use crate::query::{self, Access, Words};
use crate::report::access::who_can;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    input: args::Input,
}

/// What is asked, whatever it is asked about.
#[derive(Debug, clap::Args)]
pub(super) struct Question {
    /// The verb, such as `get`; `*` for all.
    #[arg(value_name = "VERB")]
    verb: Option<String>,
    /// `TYPE`, `TYPE.GROUP`, either followed by `/NAME`, or a URL that begins with a slash.
    #[arg(value_name = "TYPE[.GROUP][/NAME] | /URL")]
    target: Option<String>,
    #[command(flatten)]
    place: PlaceFlags,
    /// The subresource, such as `exec` of pods.
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    subresource: String,
    /// How to write the answer.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: TableOutput,
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

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    // What is wrong with the question is said before anything is read.
    args.question.check()?;
    let access = args.input.access(&[])?;
    answer(&args.question, &access, ui)
}

/// Answers a question about what has been read.
pub(super) fn answer(question: &Question, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
    let answer = query::who_can(access, &question.check()?)?;
    let text = match question.output {
        TableOutput::Human => who_can::human(access, &answer, ui.look()),
        TableOutput::Wide => who_can::wide(access, &answer),
        TableOutput::Json => who_can::json(access, &answer),
    };
    ui.print(|out| out.write_all(text.as_bytes()))?;
    if question.output == TableOutput::Wide {
        beside(answer.warnings.iter().chain(&answer.doubts), access, ui);
    }
    Ok(if answer.is_anybody() { Exit::Fine } else { Exit::NotFine })
}

/// Says beside a table what has to be known about it.
pub(super) fn beside<'a>(notes: impl IntoIterator<Item = &'a String>, access: &Access, ui: &mut Ui) {
    for note in notes {
        ui.remark(&format!("note: {note}"));
    }
    match access.unread().len() {
        0 => {}
        1 => ui.remark("warning: the list may be incomplete: 1 place could not be read (`rolecall lint` has it)"),
        count => ui.remark(&format!(
            "warning: the list may be incomplete: {count} places could not be read (`rolecall lint` has them)"
        )),
    }
}

impl Question {
    /// The words of the question. Fails where some are missing.
    fn check(&self) -> Result<Words, Failure> {
        let (Some(verb), Some(target)) = (&self.verb, &self.target) else {
            let message = "you must specify two arguments: a verb, and a resource, resource/name or URL";
            return Err(Failure::new(FailureKind::Usage, message)
                .hint("such as `rolecall who-can get secrets -n prod`, or `rolecall who-can get /metrics`"));
        };
        Ok(Words {
            verb: verb.clone(),
            target: target.clone(),
            subresource: self.subresource.clone(),
            place: self.place.place(),
        })
    }
}
