//! `rolecall lint`: what is wrong.

use clap::ValueEnum;

use super::configured::Configured;
use super::judging::Judging;
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, Severity};
use crate::lint::{Report, Settings, lint};
use crate::report::{Concise, Human, Json, Reporter, summary};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, directories, globs, or `-` for standard input. Default: the working directory.
    #[arg(value_name = "PATHS")]
    paths: Vec<String>,
    #[command(flatten)]
    input: args::Input,
    #[command(flatten)]
    judging: Judging,
    /// Tells everything, whatever comments (`# rolecall: ignore[rule] reason`) and annotations (`rolecall.dev/ignore`) say.
    #[arg(long)]
    no_ignores: bool,
    /// How to write the findings.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
    /// Exits with 0 where findings would make it 1.
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// The lines, a caret under the value, help, and a summary.
    Human,
    /// One line a finding.
    Concise,
    /// The whole run as one JSON object.
    Json,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    let configured = Configured::read(&args.input)?;
    let settings = Settings { suppressions: !args.no_ignores, ..configured.settings(&args.judging)? };
    let report = lint(&configured.discover(&args.paths)?, &configured.options(), &settings)?;
    let human = Human { look: ui.look() };
    let reporter: &dyn Reporter = match args.output {
        Output::Human => &human,
        Output::Concise => &Concise,
        Output::Json => &Json,
    };
    ui.print(|out| reporter.write(&report, out))?;
    if args.output == Output::Concise {
        ui.remark(&summary(&report));
    }
    Ok(args.exit(&report, configured.fail_on(&args.judging)))
}

impl Args {
    fn exit(&self, report: &Report, threshold: Severity) -> Exit {
        let fails = report.findings.iter().any(|finding| finding.severity >= threshold);
        if fails && !self.exit_zero { Exit::NotFine } else { Exit::Fine }
    }
}
