//! `rolecall rules`: all rules at a glance.

use std::io;

use clap::ValueEnum;
use serde::Serialize;

use super::{Exit, Ui};
use crate::diagnostic::{Failure, Safety};
use crate::lint::RULES;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write the list.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// A table.
    Human,
    /// A list of JSON objects.
    Json,
}

#[derive(Serialize)]
struct JsonRule {
    id: &'static str,
    category: &'static str,
    severity: &'static str,
    profile: &'static str,
    /// `safe` or `unsafe`: the best fix that there is; `null` where there is none.
    fix: Option<&'static str>,
    summary: &'static str,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<Exit, Failure> {
    let rules = RULES.iter().map(|rule| JsonRule {
        id: rule.id,
        category: rule.category.name(),
        severity: rule.severity.name(),
        profile: rule.profile.name(),
        fix: rule.fix().map(Safety::name),
        summary: rule.summary,
    });
    let rules: Vec<_> = rules.collect();
    ui.print(|out| match args.output {
        Output::Human => write_table(&rules, out),
        Output::Json => {
            serde_json::to_writer_pretty(&mut *out, &rules)?;
            writeln!(out)
        }
    })?;
    Ok(Exit::Fine)
}

fn write_table(rules: &[JsonRule], out: &mut dyn io::Write) -> io::Result<()> {
    let width = |column: fn(&JsonRule) -> &str| rules.iter().map(|rule| column(rule).len()).max().unwrap_or(0);
    let (id, category) = (width(|rule| rule.id), width(|rule| rule.category));
    let (severity, profile) = (width(|rule| rule.severity), width(|rule| rule.profile));
    for JsonRule { id: name, category: of, severity: how, profile: from, fix, summary } in rules {
        let fix = match fix {
            Some("safe") => "fix",
            Some(_) => "unsafe fix",
            None => "",
        };
        writeln!(out, "{name:id$}  {of:category$}  {how:severity$}  {from:profile$}  {fix:10}  {summary}")?;
    }
    Ok(())
}
