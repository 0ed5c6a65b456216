//! `rolecall diff`: what changes for whom.

use clap::ValueEnum;

use super::configured::Configured;
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover::{Inputs, Project, Range, Revision};
use crate::manifest::Options;
use crate::query::diff::{self, Alarm, Diff, Side};
use crate::report::{access, sarif_diff};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The old and the new state: each a file, a directory, a glob, or `-` for standard input. With `--git`, what to look
    /// at in both.
    #[arg(value_name = "OLD NEW | PATHS")]
    paths: Vec<String>,
    /// Compares revisions of the git repository: `REV` with the files that are there, `OLD..NEW` with each other,
    /// `OLD...NEW` from where they have parted.
    #[arg(long, value_name = "REV[..REV]")]
    git: Option<String>,
    #[command(flatten)]
    input: args::Input,
    /// Fails where there is such a change: `gained`, `widened`, `lost`, `narrowed`, `escalation`, `refused`, or something
    /// that nobody else is to be allowed, such as `get secrets`; repeatable.
    #[arg(long, value_name = "WHAT")]
    fail_on: Vec<String>,
    /// How to write what has changed.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// Subject by subject, with the grants.
    Human,
    /// One JSON object.
    Json,
    /// A comment for a pull request.
    Markdown,
    /// SARIF 2.1.0, for code scanning: what is more than before, and what cannot be changed.
    Sarif,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    let alarms = args.fail_on.iter().map(|text| Alarm::parse(text)).collect::<Result<Vec<_>, _>>()?;
    let configured = Configured::read(&args.input)?;
    let [old, new] = args.sides(&configured)?;
    let diff = diff::between(&old, &new);
    args.write(&old, &new, &diff, ui)?;
    let catalog = new.access.catalog();
    for warning in alarms.iter().flat_map(|alarm| alarm.warnings(catalog)) {
        ui.remark(&format!("note: --fail-on: {warning}"));
    }
    let mut exit = Exit::Fine;
    for (alarm, text) in alarms.iter().zip(&args.fail_on) {
        if alarm.is_raised(&diff, catalog)? {
            ui.remark(&format!("fails on `{text}`"));
            exit = Exit::NotFine;
        }
    }
    Ok(exit)
}

impl Args {
    /// What is compared: the old side, then the new one.
    fn sides(&self, configured: &Configured<'_>) -> Result<[Side; 2], Failure> {
        let [old, new] = match (&self.git, self.paths.as_slice()) {
            (Some(range), paths) => revisions(configured, range, paths)?,
            (None, [old, new]) if self.input.filename.is_empty() => {
                let inputs = |path: &String| configured.discover(std::slice::from_ref(path));
                [inputs(old)?, inputs(new)?]
            }
            (None, _) => {
                return Err(Failure::new(FailureKind::Usage, "an old and a new state are needed: two paths").hint(
                    "`rolecall diff OLD NEW`, or `rolecall diff --git REV` for what has changed since a revision",
                ));
            }
        };
        let options = Options { keep_texts: true, ..configured.options() };
        let assumptions = configured.assumptions()?;
        Ok([diff::load(&old, &options, assumptions)?, diff::load(&new, &options, assumptions)?])
    }

    fn write(&self, old: &Side, new: &Side, diff: &Diff, ui: &mut Ui) -> Result<(), Failure> {
        let text = match self.output {
            Output::Human => access::diff::human(old, new, diff, ui.look()),
            Output::Json => access::diff::json(old, new, diff),
            Output::Markdown => access::diff::markdown(old, new, diff),
            Output::Sarif => {
                let project = Project::here()?;
                ui.print(|out| sarif_diff(new, diff, &project, out))?;
                for line in access::remarks(&new.access) {
                    ui.remark(&line);
                }
                return Ok(());
            }
        };
        ui.print(|out| out.write_all(text.as_bytes()))
    }
}

/// The files of both sides: of a side without any, none.
fn revisions(configured: &Configured<'_>, range: &str, paths: &[String]) -> Result<[Inputs; 2], Failure> {
    let Range { old, new } = Range::parse(range)?;
    let at = |revision: &Revision| configured.at_revision(paths, |request| revision.inputs(request));
    let before = at(&old)?;
    let after = if let Some(new) = new {
        at(&new)?
    } else {
        // What is tracked counts on both sides, ignored or not.
        let tracked = Revision::tracked()?;
        let tracked = configured.at_revision(paths, |request| tracked.inputs_that_are_there(request))?;
        let may_be_none = !before.files.is_empty() || !tracked.files.is_empty();
        configured.discover_left(paths, may_be_none)?.and(tracked)
    };
    if before.files.is_empty() && after.files.is_empty() {
        return Err(Failure::new(
            FailureKind::NoInput,
            format!("no .yaml, .yml or .json file on either side of `{range}`"),
        ));
    }
    Ok([before, after])
}
