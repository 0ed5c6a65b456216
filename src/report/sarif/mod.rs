//! SARIF 2.1.0, which code scanning and editors read.

mod diff;
mod gravity;
mod log;
mod results;
mod rules;
mod uri;

use std::io;

use serde_json::json;

pub use self::diff::diff;
pub use self::gravity::Gravity;
use self::log::{Descriptor, Driver, Invocation, Log, Message, Notification, Outcome, Run, Tool};
use super::plain::plain_json;
use super::{Reporter, summary};
use crate::diagnostic::Severity;
use crate::discover::Project;
use crate::lint::Report;

/// A log with one run: all rules with their pages, and a result for every finding.
#[derive(Clone, Debug)]
pub struct Sarif {
    /// Where the paths are told from.
    pub project: Project,
}

impl Reporter for Sarif {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        let json = serde_json::to_string_pretty(&self.log(report))?;
        out.write_all(plain_json(&json).as_bytes())?;
        writeln!(out)
    }
}

impl Sarif {
    fn log<'a>(&self, report: &'a Report) -> Log<'a> {
        let rules = rules::descriptors();
        let properties = json!({ "kubernetes": report.version.to_string() });
        log(summary(report), rules, results::results(report, &self.project), properties)
    }
}

/// A log with one run.
fn log(summary: String, rules: Vec<Descriptor>, results: Vec<Outcome<'_>>, properties: serde_json::Value) -> Log<'_> {
    let summary = Notification { level: "note", message: Message::new(summary) };
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules,
            },
        },
        invocations: [Invocation { execution_successful: true, tool_execution_notifications: [summary] }],
        original_uri_base_ids: json!({ uri::ROOT: { "description": { "text": "the root of the repository" } } }),
        column_kind: "unicodeCodePoints",
        newline_sequences: ["\r\n", "\n", "\r"],
        results,
        properties,
    };
    Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
}

/// SARIF's word for how bad something is.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
