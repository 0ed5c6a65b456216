//! `rolecall lint --fix` and `--diff`: what can be put right, in files or as a diff.

use super::{Exit, Ui};
use crate::diagnostic::{Failure, FailureKind};
use crate::discover;
use crate::lint::Report;
use crate::lint::fix::{Fixed, FixedFile, Offer, offer};
use crate::report::diff;

#[derive(Debug, clap::Args)]
pub(super) struct Fixing {
    /// Puts right what can be without changing what the manifests do, in the files themselves, and tells what is left.
    #[arg(long)]
    fix: bool,
    /// With `--fix` or `--diff`: applies fixes, too, that may change what the manifests do.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Prints what `--fix` would change as a unified diff, and writes nothing. Exits with 1 where that is something.
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
}

impl Fixing {
    /// Whether anything is to be put right.
    pub(super) fn is_on(&self) -> Result<bool, Failure> {
        if self.unsafe_fixes && !self.fix && !self.diff {
            let failure = Failure::new(FailureKind::Usage, "`--unsafe-fixes` does nothing by itself");
            return Err(failure.hint("add `--fix` to change the files, or `--diff` to see what that would change"));
        }
        Ok(self.fix || self.diff)
    }

    /// Whether fixes are applied that may change what the manifests do.
    pub(super) fn with_unsafe(&self) -> bool {
        self.unsafe_fixes
    }

    /// Whether the files stay as they are.
    pub(super) fn is_dry(&self) -> bool {
        self.diff
    }
}

/// How many findings could be put right, in a sentence; `None` where none can.
pub(super) fn remark(report: &Report) -> Option<String> {
    let Offer { safe, by_unsafe } = offer(report);
    match (safe, by_unsafe) {
        (0, 0) => None,
        (0, more) => Some(format!("{more} can be fixed with `--fix --unsafe-fixes`")),
        (safe, 0) => Some(format!("{safe} can be fixed with `--fix`")),
        (safe, more) => Some(format!("{safe} can be fixed with `--fix` ({more} more with `--unsafe-fixes`)")),
    }
}

/// Prints what would change.
pub(super) fn print_diff(fixed: &Fixed, exit_zero: bool, ui: &mut Ui) -> Result<Exit, Failure> {
    ui.print(|out| fixed.files.iter().try_for_each(|file| diff(&file.path, &file.old, &file.new, out)))?;
    say_what_stays(fixed, ui);
    ui.remark(&amount(fixed, "would be fixed"));
    Ok(if fixed.files.is_empty() || exit_zero { Exit::Fine } else { Exit::NotFine })
}

/// Replaces the files. One that cannot be replaced does not keep the others from it.
pub(super) fn write(fixed: &Fixed, ui: &mut Ui) -> Result<(), Failure> {
    let mut failed: Vec<String> = Vec::new();
    for FixedFile { path, absolute, old, new } in &fixed.files {
        if let Err(reason) = discover::replace(absolute, old, new) {
            failed.push(format!("`{path}` cannot be fixed: {reason}"));
        }
    }
    say_what_stays(fixed, ui);
    match failed.split_first() {
        None => {
            ui.remark(&amount(fixed, "fixed"));
            Ok(())
        }
        Some((first, others)) => {
            let failure = Failure::new(FailureKind::Output, first);
            Err(others.iter().fold(failure, Failure::hint))
        }
    }
}

fn say_what_stays(fixed: &Fixed, ui: &mut Ui) {
    for (path, why) in &fixed.closed {
        ui.remark(&format!("`{path}` is left as it is: {why}"));
    }
}

/// How much was put right, with a verb: "3 findings in 2 files fixed".
fn amount(fixed: &Fixed, verb: &str) -> String {
    if fixed.files.is_empty() {
        return format!("nothing {verb}");
    }
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    format!("{} in {} {verb}", count(fixed.count, "finding"), count(fixed.files.len(), "file"))
}
