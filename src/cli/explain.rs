//! `rolecall explain`: the page of a rule.

use super::{Exit, Ui};
use crate::diagnostic::{Failure, FailureKind};
use crate::lint;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule's id, such as `job-restart-policy-always`.
    rule: String,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    let Some(rule) = lint::rule(&args.rule) else {
        let failure = Failure::new(FailureKind::Usage, format!("there is no rule `{}`", args.rule));
        return Err(match lint::nearest_rule(&args.rule) {
            Some(nearest) => failure.hint(format!("did you mean `{}`?", nearest.id)),
            None => failure.hint("`rolecall rules` lists all rules"),
        });
    };
    ui.print(|out| out.write_all(rule.page.as_bytes()))?;
    Ok(Exit::Fine)
}
