//! `rolecall who-can`: who may do this?

use super::ask::{Question, TableOutput, beside};
use super::words::WordsFlags;
use super::{Exit, Ui};
use crate::diagnostic::Failure;
use crate::query::{self, Access, Words};
use crate::report::access::who_can;

/// Who may do something? Without a namespace, the answer is for each namespace on its own.
#[derive(Debug, clap::Args)]
pub(super) struct WhoCan {
    #[command(flatten)]
    words: WordsFlags,
    /// How to write the answer.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: TableOutput,
}

impl Question for WhoCan {
    fn check(&self) -> Result<(), Failure> {
        self.words().map(drop)
    }

    fn answer(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        let answer = query::who_can(access, &self.words()?)?;
        let text = match self.output {
            TableOutput::Human => who_can::human(access, &answer, ui.look()),
            TableOutput::Wide => who_can::wide(access, &answer),
            TableOutput::Json => who_can::json(access, &answer),
        };
        ui.print(|out| out.write_all(text.as_bytes()))?;
        if self.output == TableOutput::Wide {
            beside(answer.warnings.iter().chain(&answer.doubts), access, ui);
        }
        Ok(if answer.is_anybody() { Exit::Fine } else { Exit::NotFine })
    }
}

impl WhoCan {
    fn words(&self) -> Result<Words, Failure> {
        self.words.words("who-can get secrets -n prod")
    }
}
