//! The command line: one file a subcommand; [`Ui`] alone prints.

mod args;
mod ask;
mod can_i;
mod config;
mod configured;
mod destination;
mod diff;
mod escalate;
mod exit;
mod explain;
mod fix;
mod graph;
mod judging;
mod lint;
mod manual;
mod output;
mod permissions;
mod plan;
mod program;
mod review;
mod rules;
mod scope;
mod shell;
mod subject;
mod suggest;
mod test;
mod ui;
mod who_can;
mod words;

use clap::{Parser, Subcommand};

use ask::{Ask, AskOf};
use can_i::CanI;
use escalate::Escalate;
pub use exit::Exit;
use graph::GraphOf;
use permissions::Permissions;
use test::Test;
pub use ui::Ui;
use who_can::WhoCan;

use crate::diagnostic::Failure;
use crate::timing::{self, Timings};

/// Reads Kubernetes manifests without a cluster, and says who may do what and what is wrong.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// When to use colors.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_enum)]
    color: args::Color,
    /// Says on standard error what each stage of the run has taken, on all threads together.
    #[arg(long, global = true)]
    timings: bool,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 fine, or yes; 1 findings, or no; 2 usage, configuration or input error; 3 no input \
                          file found";

const LINT_EXIT_CODES: &str = "Exit codes: 0 no finding at or above --fail-on, 1 findings, 2 usage, configuration or input \
                               error, 3 no input file found";

const ANSWER_EXIT_CODES: &str = "Exit codes: 0 yes, 1 no, or only conditionally, 2 usage, configuration or input error, \
                                 3 no input file found";

const WHO_EXIT_CODES: &str = "Exit codes: 0 somebody, 1 nobody but what Kubernetes brings, or only conditionally, 2 usage, \
                              configuration or input error, 3 no input file found";

const PERMISSIONS_EXIT_CODES: &str = "Exit codes: 0 something, 1 nothing beyond what everybody may do, 2 usage, \
                                      configuration or input error, 3 no input file found";

const GRAPH_EXIT_CODES: &str =
    "Exit codes: 0 drawn, 2 usage, configuration or input error, or too much for one picture, 3 no input file found";

const SUGGEST_EXIT_CODES: &str = "Exit codes: 0 suggested, be it nothing, 2 usage, configuration or input error, 3 no input file found under the paths given";
const ESCALATE_EXIT_CODES: &str = "Exit codes: 0 nobody, 1 somebody comes to more than they were given, 2 usage, \
                                   configuration or input error, 3 no input file found";

const TEST_EXIT_CODES: &str = "Exit codes: 0 all tests have passed, 1 some have failed, 2 a mistake in a test file, or a usage, \
                               configuration or input error, 3 no test file or no manifest found";
const DIFF_EXIT_CODES: &str = "Exit codes: 0 fine, whatever has changed, 1 a change of --fail-on, 2 usage, configuration or \
                               input error, 3 no input file found";

const SHELL_EXIT_CODES: &str = "Exit codes: 0 fine, whatever the answers are, 2 some line from a pipe was a mistake, or a \
                                usage, configuration or input error, 3 no input file found";

#[derive(Debug, Subcommand)]
enum Command {
    /// Reports what is wrong with the manifests under some paths.
    #[command(after_help = LINT_EXIT_CODES)]
    Lint(lint::Args),
    /// Says whether a subject may do something, and why, or why not.
    #[command(name = "can-i", after_help = ANSWER_EXIT_CODES)]
    CanI(Ask<CanI>),
    /// Tells everybody who may do something, why and where.
    #[command(name = "who-can", after_help = WHO_EXIT_CODES)]
    WhoCan(Ask<WhoCan>),
    /// Tells all that a subject may do, and where it comes from.
    #[command(after_help = PERMISSIONS_EXIT_CODES)]
    Permissions(Ask<Permissions>),
    /// Answers SubjectAccessReviews as an API server would.
    #[command(after_help = review::AFTER_HELP)]
    Review(review::Args),
    /// Draws who gets what: workloads, subjects, bindings and roles, and what is missing between them.
    #[command(after_help = GRAPH_EXIT_CODES)]
    Graph(AskOf<GraphOf>),
    /// Tells what Jobs and CronJobs will do: when, how often, for how long at the worst, and as whom.
    #[command(after_help = plan::AFTER_HELP)]
    Plan(plan::Args),
    /// Suggests the smallest roles that allow what an audit log says was done, beside what stands.
    #[command(after_help = SUGGEST_EXIT_CODES)]
    Suggest(suggest::Args),
    /// Tells who comes to more than they were given, by which steps, and what would prevent it.
    #[command(after_help = ESCALATE_EXIT_CODES)]
    Escalate(Ask<Escalate>),
    /// Makes sure that the manifests say about access what a file claims: who may do what, and who may not.
    #[command(after_help = TEST_EXIT_CODES)]
    Test(Ask<Test>),
    /// Tells what changes for whom between two states of the manifests.
    #[command(after_help = DIFF_EXIT_CODES)]
    Diff(diff::Args),
    /// Reads the manifests once, and answers questions about them line by line, typed or from a pipe.
    #[command(after_help = SHELL_EXIT_CODES)]
    Shell(shell::Args),
    /// Prints the page of a rule: what it finds, why that matters and what to do.
    Explain(explain::Args),
    /// Lists all rules.
    Rules(rules::Args),
    /// Shows the configuration that is in force, or the schema of its file.
    Config(config::Args),
    /// Prints a script that completes command lines in a shell.
    Completions(manual::CompletionsArgs),
    /// Prints a manual page, or writes all of them into a directory.
    Man(manual::ManArgs),
}

/// Runs one command line.
pub fn run(cli: &Cli, ui: &mut Ui) -> Result<Exit, Failure> {
    ui.set_color(cli.color);
    if !cli.timings {
        return run_command(cli, ui);
    }
    timing::start();
    let exit = run_command(cli, ui);
    Timings::so_far().to_string().lines().for_each(|line| ui.remark(line));
    exit
}

fn run_command(cli: &Cli, ui: &mut Ui) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Lint(args) => lint::run(args, ui),
        Command::CanI(ask) => ask.run(ui),
        Command::WhoCan(ask) => ask.run(ui),
        Command::Permissions(ask) => ask.run(ui),
        Command::Review(args) => review::run(args, ui),
        Command::Graph(ask) => ask.run(ui),
        Command::Plan(args) => plan::run(args, ui),
        Command::Suggest(args) => args.run(ui),
        Command::Escalate(ask) => ask.run(ui),
        Command::Test(ask) => ask.run(ui),
        Command::Diff(args) => diff::run(args, ui),
        Command::Shell(args) => shell::run(args, ui),
        Command::Explain(args) => explain::run(args, ui),
        Command::Rules(args) => rules::run(args, ui),
        Command::Config(args) => config::run(args, ui),
        Command::Completions(args) => manual::completions(args, ui),
        Command::Man(args) => manual::man(args, ui),
    }
}
