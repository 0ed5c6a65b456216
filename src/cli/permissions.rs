//! `rolecall permissions`: all that a subject may do.

use super::ask::{Question, TableOutput, beside};
use super::subject::SubjectFlags;
use super::{Exit, Ui};
use crate::diagnostic::{Failure, FailureKind};
use crate::query::{self, Access, Asker, HOW_TO_NAME, NamedSubject};
use crate::report::access::permissions;

/// What may somebody do?
#[derive(Debug, clap::Args)]
pub(super) struct Permissions {
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

impl Question for Permissions {
    fn check(&self) -> Result<(), Failure> {
        match self.who {
            Some(_) => Ok(()),
            None if self.subject.is_empty() => {
                Err(Failure::new(FailureKind::Usage, "whose permissions? a subject is needed").hint(HOW_TO_NAME))
            }
            None => self.subject.asker().map(drop),
        }
    }

    fn answer(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        let namespace = self.namespace.as_deref().filter(|namespace| !namespace.is_empty());
        let asker = self.asker(access, ui)?;
        let permissions = query::permissions(access, &asker, namespace);
        let text = match self.output {
            TableOutput::Human => permissions::human(access, &permissions, ui.look()),
            TableOutput::Wide => permissions::wide(access, &permissions),
            TableOutput::Json => permissions::json(access, &permissions),
        };
        ui.print(|out| out.write_all(text.as_bytes()))?;
        if self.output == TableOutput::Wide {
            beside(&permissions.doubts, access, ui);
        }
        Ok(if permissions.is_anything() { Exit::Fine } else { Exit::NotFine })
    }
}

impl Permissions {
    fn asker(&self, access: &Access, ui: &mut Ui) -> Result<Asker, Failure> {
        let Some(text) = &self.who else { return self.subject.asker() };
        let NamedSubject { who, note } = query::subject_named(text, access)?;
        if let Some(note) = note {
            ui.remark(&format!("note: {note}"));
        }
        Ok(Asker::from(who))
    }
}
