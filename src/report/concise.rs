//! One line for every finding: `path:line:column: severity[rule]: message`.

use std::io;

use super::{Reporter, plain};
use crate::lint::Report;

/// One line for every finding, for editors, scripts and eyes that know the rules.
#[derive(Clone, Copy, Debug, Default)]
pub struct Concise;

impl Reporter for Concise {
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
        for finding in &report.findings {
            let location = report.read_set.sources.locate(finding.span);
            let object = finding.object.as_ref().map(ToString::to_string);
            let source = location.source.map(|source| format!("from {source}"));
            let of: Vec<_> = object.into_iter().chain(source).collect();
            writeln!(
                out,
                "{}:{}:{}: {}[{}]: {}{}",
                plain(location.path),
                location.start.line,
                location.start.column,
                finding.severity.name(),
                finding.rule,
                plain(&finding.message),
                if of.is_empty() { String::new() } else { format!(" ({})", plain(&of.join(", "))) },
            )?;
        }
        Ok(())
    }
}
