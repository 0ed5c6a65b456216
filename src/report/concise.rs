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
            writeln!(
                out,
                "{}:{}:{}: {}[{}]: {}{}",
                plain(location.path),
                location.start.line,
                location.start.column,
                finding.severity.name(),
                finding.rule,
                plain(&finding.message),
                finding.object.as_ref().map(|object| format!(" ({})", plain(&object.to_string()))).unwrap_or_default(),
            )?;
        }
        Ok(())
    }
}
