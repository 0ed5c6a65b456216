//! Which fixes are applied at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Edit, Finding, Fix, Safety};
use crate::lint::Report;
use crate::source::FileId;

/// Which fixes are applied.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Whether fixes are applied that are not safe.
    pub with_unsafe: bool,
    /// The files that may change, by their paths as they are shown; `None` for all.
    pub files: Option<BTreeSet<String>>,
}

/// The edits of a file that are made at once.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// By place; no two touch, unless both only take something away.
    edits: Vec<Edit>,
    /// How many findings they put right.
    pub(super) count: usize,
    /// The last fix, and where it ends.
    last: Option<(Vec<Edit>, u32)>,
}

/// For each file the first fix of each finding that may be applied; of those that touch, the first by place.
pub(super) fn choose(report: &Report, limits: &Limits) -> BTreeMap<FileId, Choice> {
    let is_allowed = |fix: &&Fix| limits.with_unsafe || fix.safety == Safety::Safe;
    let path = |finding: &Finding| report.read_set.sources.path(finding.span.file);
    let may_change = |finding: &&Finding| limits.files.as_ref().is_none_or(|files| files.contains(path(finding)));
    let mut fixes: Vec<&Fix> =
        report.findings.iter().filter(may_change).filter_map(|finding| finding.fixes.iter().find(is_allowed)).collect();
    fixes.sort_by(|one, other| one.edits.cmp(&other.edits));
    let mut choices: BTreeMap<FileId, Choice> = BTreeMap::new();
    for fix in fixes {
        if let Some(first) = fix.edits.first() {
            choices.entry(first.span.file).or_default().add(fix);
        }
    }
    choices
}

impl Choice {
    fn add(&mut self, fix: &Fix) {
        let (Some(first), Some(last)) = (fix.edits.first(), fix.edits.last()) else { return };
        if let Some((before, end)) = &self.last {
            if *before == fix.edits {
                self.count += 1;
                return;
            }
            let takes_away = |edits: &[Edit]| edits.iter().all(|edit| edit.text.is_empty());
            let may_touch = takes_away(before) && takes_away(&fix.edits);
            if first.span.start < *end || (first.span.start == *end && !may_touch) {
                return;
            }
        }
        self.edits.extend_from_slice(&fix.edits);
        self.count += 1;
        self.last = Some((fix.edits.clone(), last.span.end));
    }

    /// A text after the edits.
    pub(super) fn apply(&self, text: &[u8]) -> Vec<u8> {
        let mut new = Vec::with_capacity(text.len());
        let mut at = 0;
        for Edit { span, text: put } in &self.edits {
            let range = span.range();
            new.extend_from_slice(text.get(at..range.start).unwrap_or_default());
            new.extend_from_slice(put.as_bytes());
            at = range.end;
        }
        new.extend_from_slice(text.get(at..).unwrap_or_default());
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn fix(edits: &[(u32, u32, &str)]) -> Fix {
        let edit = |&(start, end, text): &(u32, u32, &str)| Edit {
            span: Span { file: FileId::new(0), start, end },
            text: text.to_owned(),
        };
        Fix { message: String::new(), safety: Safety::Safe, edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn what_touches_waits() {
        let mut choice = Choice::default();
        for fix in [
            fix(&[(0, 1, "x")]),
            fix(&[(0, 1, "x")]),
            fix(&[(0, 2, "y")]),
            fix(&[(1, 1, "z")]),
            fix(&[(2, 3, "")]),
            fix(&[(3, 4, "")]),
            fix(&[(4, 4, "w")]),
            fix(&[(5, 5, "v"), (6, 7, "u")]),
            fix(&[(6, 6, "t")]),
        ] {
            choice.add(&fix);
        }
        assert_eq!(choice.count, 5);
        assert_eq!(choice.apply(b"abcdefgh"), b"xbevfuh");
    }
}
