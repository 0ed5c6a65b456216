//! `rolecall suggest`: the smallest roles that allow what audit logs say was done.

use clap::ValueEnum;

use super::ask::{Question, beside};
use super::{Exit, Ui, args};
use crate::audit::{self, Actors, MOST_NAMES};
use crate::diagnostic::{Failure, FailureKind};
use crate::query::{self, Access, LeastOptions, NamedSubject, Who};
use crate::report::access::least;

/// Which roles are needed for what was done?
#[derive(Debug, clap::Args)]
pub(super) struct Suggest {
    /// Whom it is about: `NS:NAME` or `sa/NS/NAME` for a ServiceAccount, `user/NAME`, `group/NAME`, or a full user name.
    /// Default: every ServiceAccount.
    #[arg(value_name = "SUBJECT", conflicts_with = "users")]
    who: Option<String>,
    /// An audit log, with an event of audit.k8s.io in each line, or `-` for standard input; repeatable.
    #[arg(long, value_name = "FILE", required = true)]
    audit_log: Vec<String>,
    /// Suggests roles for users, too, but for those of Kubernetes itself, whose names begin with `system:`.
    #[arg(long)]
    users: bool,
    /// Allows what was denied, too. Who is denied something may need it, or may be somebody who should never have it.
    #[arg(long)]
    with_denied: bool,
    /// Names the objects in rules for what was done with no more names than this; 0 for never.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = max_names)]
    max_names: usize,
    /// Where the same is needed in more namespaces than this, suggests one ClusterRole, bound in each of them.
    #[arg(long, value_name = "N", default_value_t = 3)]
    max_roles: usize,
    /// How to write the answer.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
}

/// How to write what is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// What was used, what is needed, and what stands, for people.
    Human,
    /// The roles and bindings that are needed, for `kubectl apply`.
    Yaml,
    /// One JSON object.
    Json,
}

fn max_names(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number <= MOST_NAMES);
    number.ok_or_else(|| format!("a number up to {MOST_NAMES} is needed"))
}

/// A question with the manifests that stand, of which there may be none.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    question: Suggest,
    #[command(flatten)]
    input: args::Input,
}

impl Args {
    pub(super) fn run(&self, ui: &mut Ui) -> Result<Exit, Failure> {
        self.question.check()?;
        if self.question.reads_stdin() && self.input.names_stdin(&[]) {
            return Err(Failure::new(
                FailureKind::Usage,
                "standard input cannot be both the audit log and the manifests",
            ));
        }
        let access = self.input.access_or_nothing()?;
        self.question.answer(&access, ui)
    }
}

impl Question for Suggest {
    fn check(&self) -> Result<(), Failure> {
        Ok(())
    }

    fn answer(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        let actors = self.actors(access, ui)?;
        let usage = audit::read(self.audit_log.iter().map(String::as_str), &actors)?;
        let options =
            LeastOptions { max_names: self.max_names, max_roles: self.max_roles, with_denied: self.with_denied };
        let all = query::least_privilege(access, &usage, &actors, options);
        let unseen = if self.who.is_none() { query::unseen(access, &usage) } else { Vec::new() };
        let text = match self.output {
            Output::Human => least::human(access, &all, &unseen, options, ui.look()),
            Output::Yaml => least::yaml(&all, self.with_denied),
            Output::Json => least::json(access, &usage.reading, &all, &unseen),
        };
        ui.print(|out| out.write_all(text.as_bytes()))?;
        if self.output != Output::Json {
            for line in least::reading(&usage.reading) {
                ui.remark(&line);
            }
        }
        if self.output == Output::Yaml {
            beside(all.iter().flat_map(|least| &least.notes), access, ui);
        }
        Ok(Exit::Fine)
    }
}

impl Suggest {
    /// Answers where standard input is what the questions come from.
    pub(super) fn answer_beside_stdin(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        if self.reads_stdin() {
            let message = "standard input cannot be the audit log here: the questions come from it";
            return Err(Failure::new(FailureKind::Usage, message));
        }
        self.answer(access, ui)
    }

    fn reads_stdin(&self) -> bool {
        self.audit_log.iter().any(|path| path == "-")
    }

    fn actors(&self, access: &Access, ui: &mut Ui) -> Result<Actors, Failure> {
        let Some(text) = &self.who else {
            return Ok(if self.users { Actors::Users } else { Actors::ServiceAccounts });
        };
        let NamedSubject { who, note } = query::subject_named(text, access)?;
        if let Some(note) = note {
            ui.remark(&format!("note: {note}"));
        }
        Ok(match who.user_name() {
            Some(name) => Actors::User(name),
            None => Actors::Group(match who {
                Who::Group(name) | Who::User(name) | Who::ServiceAccount { name, .. } => name,
            }),
        })
    }
}
