//! `rolecall permissions`: all that a subject may do.

use super::subject::SubjectFlags;
use super::who_can::{TableOutput, beside};
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, FailureKind};
use crate::query::{self, Access, Asker, HOW_TO_NAME, Who};
use crate::report::access::permissions;

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
    /// `NS:NAME` or `sa/NS/NAME` for a ServiceAccount, `user/NAME`, `group/NAME`, or a full user name.
    #[arg(value_name = "SUBJECT", conflicts_with_all = ["user", "groups", "serviceaccount"])]
    who: Option<String>,
    #[command(flatten)]
    subject: SubjectFlags,
    /// Tells only what counts in this namespace. Default: everything, namespace by namespace.
    #[arg(short, long, value_name = "NS")]
    namespace: Option<String>,
    /// How to write the answer.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: TableOutput,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    // What is wrong with the question is said before anything is read.
    args.question.asker()?;
    let access = args.input.access(&[])?;
    answer(&args.question, &access, ui)
}

/// Answers a question about what has been read.
pub(super) fn answer(question: &Question, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
    let permissions = query::permissions(access, &question.asker()?, question.namespace.as_deref());
    let text = match question.output {
        TableOutput::Human => permissions::human(access, &permissions, ui.look()),
        TableOutput::Wide => permissions::wide(access, &permissions),
        TableOutput::Json => permissions::json(access, &permissions),
    };
    ui.print(|out| out.write_all(text.as_bytes()))?;
    if question.output == TableOutput::Wide {
        beside(&permissions.doubts, access, ui);
    }
    Ok(if permissions.is_anything() { Exit::Fine } else { Exit::NotFine })
}

impl Question {
    fn asker(&self) -> Result<Asker, Failure> {
        match &self.who {
            Some(who) => Who::parse(who).map(Asker::from),
            None if self.subject.is_empty() => {
                Err(Failure::new(FailureKind::Usage, "whose permissions? a subject is needed").hint(HOW_TO_NAME))
            }
            None => self.subject.asker(),
        }
    }
}
