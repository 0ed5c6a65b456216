//! `rolecall escalate`: who comes to more than they were given, and how?

use super::ask::Question;
use super::{Exit, Ui};
use crate::diagnostic::Failure;
use crate::query::escalation::{Certainty, Escalations, Sink, Wanted, individual, overview};
use crate::query::{self, Access, NamedSubject};
use crate::report::access::escalation;

/// What do permissions add up to?
#[derive(Debug, clap::Args)]
pub(super) struct Escalate {
    /// `NS:NAME` or `sa/NS/NAME` for a ServiceAccount, `user/NAME`, `group/NAME`, or a full user name. Default: everybody.
    #[arg(value_name = "SUBJECT")]
    who: Option<String>,
    /// Tells only ways to this: `cluster-admin`, `nodes`, `secrets/kube-system`, `serviceaccounts/NS`, `admin/NS` or
    /// `sa/NS/NAME`.
    #[arg(long, value_name = "SINK")]
    to: Option<Sink>,
    /// Tells only what the permissions are enough for, whatever else is in the cluster.
    #[arg(long)]
    certain: bool,
    /// Tells of those, too, whom only the default policy of Kubernetes names.
    #[arg(long, conflicts_with = "who")]
    include_system: bool,
    /// How to write the answer.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
}

/// How to write the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Output {
    /// What there is to know, for people.
    Human,
    /// One JSON object.
    Json,
}

impl Question for Escalate {
    fn check(&self) -> Result<(), Failure> {
        Ok(())
    }

    fn answer(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        let escalations = Escalations::of(access);
        let (text, is_any) = match &self.who {
            Some(who) => self.of_one(who, &escalations, ui)?,
            None => self.of_all(&escalations, ui),
        };
        ui.print(|out| out.write_all(text.as_bytes()))?;
        Ok(if is_any { Exit::NotFine } else { Exit::Fine })
    }
}

impl Escalate {
    fn wanted(&self) -> Wanted {
        Wanted {
            sink: self.to.clone(),
            certainty: if self.certain { Certainty::Certain } else { Certainty::Environment },
            with_system: self.include_system,
        }
    }

    fn of_one(&self, who: &str, escalations: &Escalations<'_>, ui: &mut Ui) -> Result<(String, bool), Failure> {
        let access = escalations.access();
        let NamedSubject { who, note } = query::subject_named(who, access)?;
        if let Some(note) = note {
            ui.remark(&format!("note: {note}"));
        }
        let answer = individual(escalations, &who, &self.wanted());
        let text = match self.output {
            Output::Human => escalation::human(access, &answer, ui.look()),
            Output::Json => escalation::json(access, &answer),
        };
        Ok((text, !answer.goals.is_empty()))
    }

    fn of_all(&self, escalations: &Escalations<'_>, ui: &mut Ui) -> (String, bool) {
        let access = escalations.access();
        let answer = overview(escalations, &self.wanted());
        let text = match self.output {
            Output::Human => escalation::overview(access, &answer, ui.look()),
            Output::Json => escalation::json_overview(access, &answer),
        };
        (text, !answer.sections.is_empty())
    }
}
