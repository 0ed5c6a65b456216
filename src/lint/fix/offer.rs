//! Which files fixes are applied to, and how much they would put right.

use std::fmt;

use crate::diagnostic::Safety;
use crate::discover::STDIN;
use crate::lint::Report;
use crate::source::{FileId, Sources};

/// Why nothing is put right in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closed {
    /// It is no file.
    StandardInput,
    /// It was made of something else, which is what has to be changed.
    Rendered,
    /// It is no UTF-8.
    Encoding,
    /// It is not what it was when it was read first.
    Changed,
    /// It could not be read after the fixes.
    Unclear,
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::StandardInput => "standard input cannot be fixed",
            Self::Rendered => "it was rendered: fix what it was rendered from",
            Self::Encoding => "only UTF-8 is fixed",
            Self::Changed => "it was changed meanwhile",
            Self::Unclear => "it could not be read after the fixes",
        })
    }
}

impl Closed {
    /// Why a file is left as it is, as far as it tells.
    pub(super) fn of(sources: &Sources, file: FileId) -> Option<Self> {
        if sources.path(file) == STDIN {
            return Some(Self::StandardInput);
        }
        sources.text(file).is_rendered().then_some(Self::Rendered)
    }
}

/// How many findings could be put right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// By safe fixes.
    pub safe: usize,
    /// By others only.
    pub by_unsafe: usize,
}

/// How many findings of a report could be put right in their files.
pub fn offer(report: &Report) -> Offer {
    let mut offer = Offer::default();
    let mut known: Option<(FileId, bool)> = None;
    for finding in report.findings.iter().filter(|finding| !finding.fixes.is_empty()) {
        let file = finding.span.file;
        let is_open = match known {
            Some((known, is_open)) if known == file => is_open,
            _ => Closed::of(&report.read_set.sources, file).is_none(),
        };
        known = Some((file, is_open));
        let is_safe = finding.fixes.iter().any(|fix| fix.safety == Safety::Safe);
        offer.safe += usize::from(is_open && is_safe);
        offer.by_unsafe += usize::from(is_open && !is_safe);
    }
    offer
}
