//! `rolecall lint`: what is wrong.

use clap::ValueEnum;

use super::fix::{self, Fixing};
use super::output::Outputs;
use super::scope::Scope;
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, Severity};
use crate::lint::{self, Profile, Report, Settings, Target};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, directories, globs, or `-` for standard input. Default: the working directory.
    #[arg(value_name = "PATHS")]
    paths: Vec<String>,
    #[command(flatten)]
    input: args::Input,
    #[command(flatten)]
    scope: Scope,
    /// How much to tell. Default: what the configuration says, or `default`.
    #[arg(long, value_name = "PROFILE", value_enum)]
    profile: Option<ProfileName>,
    /// Adds a rule, a category, or `all`; repeatable, and with commas. Outweighs the configuration.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Leaves out a rule, a category, or `all`; repeatable, and with commas. Outweighs the configuration.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Tells everything, whatever comments (`# rolecall: ignore[rule] reason`) and annotations (`rolecall.dev/ignore`) say.
    #[arg(long)]
    no_ignores: bool,
    #[command(flatten)]
    outputs: Outputs,
    /// The least severity of a finding that makes the run fail.
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_enum)]
    fail_on: Threshold,
    /// Exits with 0 where findings would make it 1.
    #[arg(long)]
    exit_zero: bool,
    #[command(flatten)]
    fixing: Fixing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ProfileName {
    /// What deserves attention whenever it is found.
    Default,
    /// Matters of taste and tidiness, too.
    Pedantic,
    /// Everything, as for an audit.
    Audit,
}

impl ProfileName {
    fn profile(self) -> Profile {
        match self {
            Self::Default => Profile::Default,
            Self::Pedantic => Profile::Pedantic,
            Self::Audit => Profile::Audit,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Error,
    Warning,
    Info,
}

impl Threshold {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    args.outputs.check()?;
    let inputs = args.input.discover(&args.scope.paths(&args.paths))?;
    let options = args.input.options();
    let settings = Settings { earlier: args.scope.earlier(&args.input, &args.paths)?, ..args.settings()? };
    let mut report = if args.fixing.is_on()? {
        let fixed = lint::fix::fix(&inputs, &options, &settings, args.fixing.with_unsafe())?;
        if args.fixing.is_dry() {
            return fix::print_diff(&fixed, args.exit_zero, ui);
        }
        fix::write(&fixed, ui)?;
        fixed.report
    } else {
        lint::lint(&inputs, &options, &settings)?
    };
    args.scope.narrow((&args.input, &args.paths), (&inputs, &settings), &mut report, ui)?;
    args.outputs.write(&report, &inputs, ui)?;
    if let Some(remark) = fix::remark(&report).filter(|_| args.outputs.are_for_people()) {
        ui.remark(&remark);
    }
    Ok(args.exit(&report))
}

impl Args {
    /// What the configuration says, and then the command line.
    fn settings(&self) -> Result<Settings, Failure> {
        let mut settings = self.input.settings()?;
        settings.suppressions = !self.no_ignores;
        if let Some(profile) = self.profile {
            settings.selection.set_profile(profile.profile());
        }
        for (names, is_applied) in [(&self.select, true), (&self.ignore, false)] {
            for name in names {
                settings.selection.set(Target::named(name)?, is_applied);
            }
        }
        Ok(settings)
    }

    fn exit(&self, report: &Report) -> Exit {
        let threshold = self.fail_on.severity();
        let fails = report.findings.iter().any(|finding| finding.severity >= threshold);
        if fails && !self.exit_zero { Exit::NotFine } else { Exit::Fine }
    }
}
