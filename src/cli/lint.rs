//! `rolecall lint`: what is wrong.

use super::configured::Configured;
use super::fix::{self, Fixing};
use super::judging::Judging;
use super::output::Outputs;
use super::scope::Scope;
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, Severity};
use crate::lint::fix::Limits;
use crate::lint::{self, Report, Settings};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, directories, globs, or `-` for standard input. Default: the working directory.
    #[arg(value_name = "PATHS")]
    paths: Vec<String>,
    #[command(flatten)]
    input: args::Input,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    judging: Judging,
    /// Tells everything, whatever comments (`# rolecall: ignore[rule] reason`) and annotations (`rolecall.dev/ignore`) say.
    #[arg(long)]
    no_ignores: bool,
    #[command(flatten)]
    outputs: Outputs,
    /// Exits with 0 where findings would make it 1.
    #[arg(long)]
    exit_zero: bool,
    #[command(flatten)]
    fixing: Fixing,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    args.outputs.check()?;
    let configured = Configured::read(&args.input)?;
    let inputs = args.scope.inputs(&configured, &args.paths)?;
    let options = configured.options();
    let settings = Settings {
        suppressions: !args.no_ignores,
        earlier: args.scope.earlier(&configured, &args.paths)?,
        ..configured.settings(&args.judging)?
    };
    let mut report = if args.fixing.is_on()? {
        let files = args.scope.told(&configured, &args.paths, &inputs)?;
        let limits = Limits { with_unsafe: args.fixing.with_unsafe(), files };
        let fixed = lint::fix::fix(&inputs, &options, &settings, &limits)?;
        if args.fixing.is_dry() {
            return fix::print_diff(&fixed, args.exit_zero, ui);
        }
        fix::write(&fixed, ui)?;
        fixed.report
    } else {
        lint::lint(&inputs, &options, &settings)?
    };
    args.scope.narrow((&configured, &args.paths), (&inputs, &settings), &mut report, ui)?;
    args.outputs.write(&report, &inputs, ui)?;
    if let Some(remark) = fix::remark(&report).filter(|_| args.outputs.are_for_people()) {
        ui.remark(&remark);
    }
    Ok(args.exit(&report, configured.fail_on(&args.judging)))
}

impl Args {
    fn exit(&self, report: &Report, threshold: Severity) -> Exit {
        let fails = report.findings.iter().any(|finding| finding.severity >= threshold);
        if fails && !self.exit_zero { Exit::NotFine } else { Exit::Fine }
    }
}
