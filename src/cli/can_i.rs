//! `rolecall can-i`: may this subject do this?

use clap::ValueEnum;

use super::ask::{Question, beside};
use super::subject::SubjectFlags;
use super::words::WordsFlags;
use super::{Exit, Ui};
use crate::diagnostic::{Failure, FailureKind};
use crate::query::{self, Access, Words};
use crate::rbac::Verdict;
use crate::report::access;

/// May somebody do something?
#[derive(Debug, clap::Args)]
pub(super) struct CanI {
    #[command(flatten)]
    words: WordsFlags,
    #[command(flatten)]
    subject: SubjectFlags,
    /// Prints nothing: the exit code is the answer.
    #[arg(short, long)]
    quiet: bool,
    /// Lists the rules of the subject that count in the namespace, as kubectl does.
    #[arg(long)]
    list: bool,
    /// Leaves out the headings of the list.
    #[arg(long)]
    no_headers: bool,
    /// How to write the answer.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// The answer, why, and what would change it.
    Human,
    /// One JSON object.
    Json,
}

impl Question for CanI {
    fn check(&self) -> Result<(), Failure> {
        if self.list {
            self.check_list()?;
        } else {
            self.words()?;
        }
        self.subject.asker().map(drop)
    }

    fn answer(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        self.check()?;
        if self.list {
            return self.list(access, ui);
        }
        let answer = query::can_i(access, &self.subject.asker()?, &self.words()?)?;
        let text = match self.output {
            _ if self.quiet => String::new(),
            Output::Human => access::answer(access, &answer, ui.look()),
            Output::Json => access::json_answer(access, &answer),
        };
        ui.print(|out| out.write_all(text.as_bytes()))?;
        Ok(if answer.decision.verdict == Verdict::Allowed { Exit::Fine } else { Exit::NotFine })
    }
}

impl CanI {
    fn words(&self) -> Result<Words, Failure> {
        if self.no_headers {
            return Err(Failure::new(FailureKind::Usage, "--no-headers cannot be set without --list specified"));
        }
        self.words.words("can-i get pods/web --serviceaccount prod:deployer -n prod")
    }

    /// Fails where more is asked for than a list. The words are kubectl's.
    fn check_list(&self) -> Result<(), Failure> {
        let usage = |message: &str| Err(Failure::new(FailureKind::Usage, message));
        if self.words.verb.is_some() {
            return usage("list option must be specified with no arguments");
        }
        if self.quiet || self.words.all_namespaces || !self.words.subresource.is_empty() {
            return usage("list option can't be specified with neither quiet, all-namespaces nor subresource options");
        }
        Ok(())
    }

    /// Lists the rules of the subject in what has been read.
    fn list(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        let asker = self.subject.asker()?;
        let namespace = self.words.namespace().unwrap_or(access.default_namespace());
        if self.output == Output::Json {
            let permissions = query::permissions(access, &asker, Some(namespace));
            let text = access::permissions::json(access, &permissions);
            ui.print(|out| out.write_all(text.as_bytes()))?;
            return Ok(Exit::Fine);
        }
        let list = query::rules_list(access, &asker.identity, namespace);
        let text = access::rules_list(&list, !self.no_headers);
        ui.print(|out| out.write_all(text.as_bytes()))?;
        let conditional = "some rules hold only if one of several differing definitions does".to_owned();
        let doubts = query::doubts_about(&asker.who, access).into_iter();
        let notes = doubts.chain(query::doubts_about_namespace(namespace, access));
        let notes: Vec<_> = notes.chain(list.is_conditional.then_some(conditional)).collect();
        beside(&notes, access, ui);
        Ok(Exit::Fine)
    }
}
