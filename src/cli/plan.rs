//! `rolecall plan`: what Jobs and CronJobs will do.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::{SignedDuration, Timestamp};

use super::configured::Configured;
use super::{Exit, Ui, args};
use crate::diagnostic::{Failure, FailureKind, ObjectName};
use crate::discover::{Input, Inputs, STDIN};
use crate::manifest::Reason;
use crate::query::Assumptions;
use crate::query::plan::{Ahead, Assumed, Only, Planned, Plans, Target, plan};
use crate::report::access::plan::{Signs, human, json};

pub(super) const AFTER_HELP: &str = "Exit codes: 0 planned, 1 a Job is refused or can never complete, 2 usage, \
                                     configuration or input error, or no Job there, 3 no input file found";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    plan: Plan,
    #[command(flatten)]
    input: args::Input,
    /// Exits with 0 where the answer would make it 1.
    #[arg(long)]
    exit_zero: bool,
}

/// What will Jobs do?
#[derive(Debug, clap::Args)]
pub(super) struct Plan {
    /// Files, directories or globs, or `-` for standard input; `FILE:NAME` and `FILE:NAMESPACE/NAME` for one Job of a
    /// file. Default: the working directory.
    #[arg(value_name = "FILE[:NAME]")]
    targets: Vec<String>,
    /// For how long a pod runs, such as `90s`, `5m` or `1h30m`. Default: that is left open, and counted in runs.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    duration: Option<u64>,
    /// From when on CronJobs are looked at, such as `2027-03-27T12:00:00Z`. Default: now.
    #[arg(long, value_name = "TIME", value_parser = timestamp)]
    from: Option<Timestamp>,
    /// How many times CronJobs fire.
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u16).range(1..=1000))]
    count: u16,
    /// Draws with what every terminal has. Default: where the terminal's character set is not UTF-8.
    #[arg(long)]
    ascii: bool,
    /// How to write the answer.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// Words and drawings, for people.
    Human,
    /// One JSON object.
    Json,
}

fn duration(text: &str) -> Result<u64, String> {
    const MOST: u64 = 10 * 365 * 24 * 60 * 60;
    let duration: SignedDuration = text.parse().map_err(|_| "write it as `90s`, `5m` or `1h30m`".to_owned())?;
    let seconds = u64::try_from(duration.as_secs()).ok().filter(|seconds| (1..=MOST).contains(seconds));
    seconds
        .filter(|_| duration.subsec_nanos() == 0)
        .ok_or_else(|| "it is whole seconds, at least `1s` and at most `87600h`".to_owned())
}

fn timestamp(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "write it as `2027-03-27T12:00:00Z` or `2027-03-27T12:00:00+01:00`".to_owned())
}

/// What was named on the command line.
struct Named {
    argument: String,
    paths: Vec<String>,
    target: Target,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    let exit = args.plan.answer(&args.input, &[], ui)?;
    Ok(if args.exit_zero { Exit::Fine } else { exit })
}

impl Plan {
    /// Answers where standard input is what the questions come from, about what is read with these paths.
    pub(super) fn answer_in_shell(&self, input: &args::Input, paths: &[String], ui: &mut Ui) -> Result<Exit, Failure> {
        if self.targets.iter().any(|target| target == "-" || target.starts_with("-:")) {
            let message = "standard input cannot bring the Jobs here: the questions come from it";
            return Err(Failure::new(FailureKind::Usage, message));
        }
        self.answer(input, paths, ui)
    }

    fn answer(&self, input: &args::Input, paths: &[String], ui: &mut Ui) -> Result<Exit, Failure> {
        let configured = Configured::read(input)?;
        let named = self.named(&configured, paths)?;
        let inputs = inputs(&configured, &named, (input, paths))?;
        let assumptions = Assumptions { version: configured.version, default_policy: !input.no_builtin_roles };
        let targets: Vec<_> = named.iter().map(|named| named.target.clone()).collect();
        let count = usize::from(self.count);
        let ahead = Ahead { from: self.from.unwrap_or_else(Timestamp::now), count };
        let assumed = Assumed { run: self.duration, ahead };
        configured.refuse_unknown_facts()?;
        let plans = plan(&inputs, &configured.options(), assumptions, &targets, assumed)?;
        let unplanned = unplanned(&plans, &inputs, &targets);
        if plans.planned.is_empty() {
            return Err(nothing(&plans, &named, &unplanned));
        }
        check_names(&plans, &named)?;
        self.write(&plans, assumed, &unplanned, ui)?;
        let is_hopeless = plans.planned.iter().any(Planned::is_hopeless);
        Ok(if is_hopeless { Exit::NotFine } else { Exit::Fine })
    }

    fn write(&self, plans: &Plans, assumed: Assumed, unplanned: &[String], ui: &mut Ui) -> Result<(), Failure> {
        let signs = if self.ascii || ui.is_ascii() { Signs::Ascii } else { Signs::Unicode };
        let text = match self.output {
            Output::Human => human(plans, ui.look(), signs),
            Output::Json => json(plans, assumed),
        };
        ui.print(|out| out.write_all(text.as_bytes()))?;
        // For people, the plans end with what was not read.
        for remark in unplanned.iter().filter(|_| self.output == Output::Json || plans.access.caveats().is_empty()) {
            ui.remark(&format!("note: {remark}"));
        }
        Ok(())
    }

    fn named(&self, configured: &Configured<'_>, paths: &[String]) -> Result<Vec<Named>, Failure> {
        if self.targets.is_empty() {
            let inputs = configured.discover(paths)?;
            let target = Target { files: files(&inputs), only: None };
            let named = if paths.is_empty() { ".".to_owned() } else { paths.join(", ") };
            return Ok(vec![Named { argument: named, paths: paths.to_owned(), target }]);
        }
        self.targets.iter().map(|argument| named(argument, configured)).collect()
    }
}

/// The read set: that of every other command where it has what is to be planned, and otherwise what is named, with the
/// directories that it is in.
fn inputs(
    configured: &Configured<'_>,
    named: &[Named],
    (input, others): (&args::Input, &[String]),
) -> Result<Inputs, Failure> {
    let wanted: BTreeSet<_> = named.iter().flat_map(|named| &named.target.files).cloned().collect();
    let mut paths: Vec<_> = named.iter().flat_map(|named| named.paths.clone()).collect();
    if !input.filename.is_empty() || !others.is_empty() || wanted.contains(&None) {
        paths.extend(others.iter().cloned());
        return configured.discover(&paths);
    }
    match configured.discover(&[]) {
        Ok(inputs) if files(&inputs).is_superset(&wanted) => return Ok(inputs),
        Err(failure) if failure.kind() != FailureKind::NoInput => return Err(failure),
        _ => {}
    }
    let beside = named.iter().flat_map(|named| &named.paths).filter_map(|path| {
        let parent = Path::new(path).parent()?;
        let is_here = parent.as_os_str().is_empty();
        Some(if is_here { ".".to_owned() } else { parent.to_str()?.to_owned() })
    });
    let beside: Vec<_> = beside.collect();
    paths.extend(beside);
    configured.discover(&paths)
}

/// What an argument names: a path, or one Job of a file.
fn named(argument: &str, configured: &Configured<'_>) -> Result<Named, Failure> {
    // A command line has `-:NAME` as `<stdin>:NAME`.
    let find = |path: &str| configured.discover_only(&[if path == STDIN { "-" } else { path }.to_owned()]);
    let named = |path: &str, inputs: &Inputs, only| {
        let target = Target { files: files(inputs), only };
        Named { argument: argument.to_owned(), paths: vec![path.to_owned()], target }
    };
    let failure = match find(argument) {
        Ok(inputs) => return Ok(named(argument, &inputs, None)),
        Err(failure) => failure,
    };
    let Some((path, name)) = argument.rsplit_once(':').filter(|(path, name)| !path.is_empty() && !name.is_empty())
    else {
        return Err(failure);
    };
    let Ok(inputs) = find(path) else { return Err(failure) };
    let only = match name.split_once('/') {
        Some((namespace, name)) => Only { namespace: Some(namespace.to_owned()), name: name.to_owned() },
        None => Only { namespace: None, name: name.to_owned() },
    };
    Ok(named(if path == STDIN { "-" } else { path }, &inputs, Some(only)))
}

/// The files that were asked for, by their absolute paths.
fn files(inputs: &Inputs) -> BTreeSet<Option<PathBuf>> {
    let asked_for = inputs.files.iter().filter(|file| !file.is_companion());
    asked_for.map(|file| file.absolute().map(Path::to_owned)).collect()
}

/// What stands in the files and is not planned.
fn unplanned(plans: &Plans, inputs: &Inputs, targets: &[Target]) -> Vec<String> {
    let is_target = |file: &&Input| {
        let path = file.absolute().map(Path::to_owned);
        targets.iter().any(|target| target.files.contains(&path))
    };
    let paths: BTreeSet<_> = inputs.files.iter().filter(is_target).map(Input::path).collect();
    let count = |reason: Reason| {
        let skipped = plans.access.read_set().skipped.iter();
        skipped.filter(|skipped| skipped.reason == reason && paths.contains(skipped.path.as_str())).count()
    };
    let told =
        [(Reason::Template, "such as with `helm template`"), (Reason::Fragment, "such as with `kubectl kustomize`")];
    let remark = |(reason, how): (Reason, &str)| {
        let (one, several) = reason.words();
        match count(reason) {
            0 => None,
            1 => Some(format!("1 {one} is not planned: render it first, {how}")),
            count => Some(format!("{count} {several} are not planned: render them first, {how}")),
        }
    };
    told.into_iter().filter_map(remark).collect()
}

fn nothing(plans: &Plans, named: &[Named], unplanned: &[String]) -> Failure {
    let failure = match named {
        [named] if named.target.only.is_some() => return unknown(plans, named),
        [named] => Failure::new(FailureKind::Input, format!("there is no Job or CronJob in `{}`", named.argument)),
        _ => Failure::new(FailureKind::Input, "there is no Job or CronJob in what was named"),
    };
    unplanned.iter().fold(failure, Failure::hint)
}

/// Fails where a Job was named that is not there.
fn check_names(plans: &Plans, named: &[Named]) -> Result<(), Failure> {
    let is_there = |named: &&Named| {
        let fits = |only: &Only| plans.planned.iter().any(|planned| only.fits(&planned.name));
        named.target.only.as_ref().is_none_or(fits)
    };
    named.iter().find(|named| !is_there(named)).map_or(Ok(()), |named| Err(unknown(plans, named)))
}

fn unknown(plans: &Plans, named: &Named) -> Failure {
    const MOST: usize = 5;
    let only = named.target.only.as_ref();
    let namespace = only.and_then(|only| only.namespace.as_deref());
    let full = |namespace: Option<&str>, name: &str| match namespace {
        Some(namespace) => format!("{namespace}/{name}"),
        None => name.to_owned(),
    };
    let name = full(namespace, only.map_or("", |only| &only.name));
    let failure = Failure::new(
        FailureKind::Input,
        format!("there is no Job or CronJob `{name}` in `{}`", named.paths.join(", ")),
    );
    // Where a namespace was said, theirs may be what is wrong.
    let other = |other: &ObjectName| full(other.namespace.as_deref().filter(|_| namespace.is_some()), &other.name);
    let others: BTreeSet<_> = plans.others.iter().map(other).collect();
    let listed: Vec<_> = others.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if listed.is_empty() {
        return failure;
    }
    let more = others.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    failure.hint(format!("there are {}{more}", listed.join(", ")))
}
