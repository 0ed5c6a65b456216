//! Foreign manifests, where they lie beside the project: how often each rule reports in each profile, and that every
//! finding is one that can be read. What the manifests say is no part of it.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::Path;

use rolecall::diagnostic::Finding;
use rolecall::lint::{Profile, Report, Selection, Settings, lint};
use rolecall::manifest::Options;

use crate::scratch::files_under;

/// A line a rule that reports anything: its id, and how often it does in each profile.
const COUNTS: &str = include_str!("../../testdata/corpus-counts.txt");

fn report(corpus: &Path, profile: Profile) -> Report {
    let settings = Settings { selection: Selection::of(profile), ..Settings::default() };
    lint(&files_under(corpus), &Options::default(), &settings).unwrap()
}

#[test]
fn each_rule_reports_as_often_as_was_read_and_agreed_with() {
    let Ok(corpus) = env::var("ROLECALL_CORPUS") else {
        crate::tell("the corpus was skipped: ROLECALL_CORPUS is not set");
        return;
    };
    let reports = Profile::ALL.map(|profile| report(Path::new(&corpus), profile));
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (profile, report) in reports.iter().enumerate() {
        for finding in &report.findings {
            counts.entry(finding.rule).or_default()[profile] += 1;
        }
    }
    let line =
        |(rule, [default, pedantic, audit]): (&&str, &[usize; 3])| format!("{rule} {default} {pedantic} {audit}");
    let found: Vec<_> = counts.iter().map(line).collect();
    let known: Vec<_> = COUNTS.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(found, known, "read what is new, and write down the new counts");
    let [_, _, audit] = &reports;
    for finding in &audit.findings {
        assert_readable(finding, audit);
    }
    crate::tell(&format!("{} findings in an audit of {} files", audit.findings.len(), audit.read_set.files));
}

fn assert_readable(finding: &Finding, report: &Report) {
    let sources = &report.read_set.sources;
    let text = sources.text(finding.span.file);
    assert!(finding.span.range().end <= text.bytes().len(), "{finding:?}");
    assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding:?}");
    for text in [Some(&finding.message), finding.help.as_ref()].into_iter().flatten() {
        assert!(!text.contains('\n'), "one line: {finding:?}");
        // Words that are written out in full are cut where they are long.
        assert!(text.len() < 1_000, "{finding:?}");
    }
    let places: BTreeSet<_> = finding.related.iter().map(|related| (related.span, &related.message)).collect();
    assert_eq!(places.len(), finding.related.len(), "a place is pointed at twice: {finding:?}");
}
