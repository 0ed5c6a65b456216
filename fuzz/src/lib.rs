//! What the fuzz targets have in common: inputs made of bytes, and what has to hold for whatever comes out.
//!
//! A target panics where something does not hold; the fuzzer keeps the input that led there.

use std::path::PathBuf;

use rolecall::catalog::Version;
use rolecall::discover::{Inputs, Project};
use rolecall::lint::{Profile, Report, Selection, Settings};
use rolecall::manifest::Options;
use rolecall::query::{Access, Assumptions, load};
use rolecall::report::{Concise, GitHub, GitLab, Human, JUnit, Json, Look, Reporter, Sarif};
use rolecall::source::{Sources, Span};

/// How the reports for people look.
pub const LOOK: Look = Look { color: false, width: 80 };

/// A manifest with one finding, for what must not be lost beside anything.
pub const NEIGHBOUR: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi, namespace: neighbour}\n\
                             spec: {template: {spec: {restartPolicy: Always, containers: [{name: pi, image: perl}]}}}\n";

/// Roles, bindings and workloads to ask about.
pub const CLUSTER: &str = include_str!("cluster.yaml");

/// The bytes as a manifest, with a good one beside it.
pub fn inputs(bytes: &[u8]) -> Inputs {
    let texts = [("fuzzed.yaml", bytes), ("neighbour.yaml", NEIGHBOUR.as_bytes())];
    Inputs::of_texts(texts.map(|(path, text)| (PathBuf::from(path), text.to_owned())))
}

/// All rules, at their loudest, without the policy that every cluster has: it would take most of the time.
pub fn settings() -> Settings {
    Settings { selection: Selection::of(Profile::Audit), default_policy: false, ..Settings::default() }
}

/// What the cluster says about access.
pub fn access() -> Access {
    let inputs = Inputs::of_texts([(PathBuf::from("cluster.yaml"), CLUSTER.as_bytes().to_owned())]);
    let assumptions = Assumptions { version: Version::NEWEST, default_policy: false };
    let options = Options { keep_texts: true, ..Options::default() };
    load(&inputs, &options, assumptions).expect("the cluster can be read")
}

/// A project at the root of the file system.
pub fn project() -> Project {
    Project::new(PathBuf::from("/"), PathBuf::from("/"))
}

/// Makes sure that a place is one in its text, and cuts no character.
pub fn check_span(sources: &Sources, span: Span) {
    let text = sources.text(span.file);
    let bytes = text.bytes();
    assert!(span.start <= span.end && span.end as usize <= bytes.len(), "{span:?} in {} bytes", bytes.len());
    if let Ok(text) = str::from_utf8(bytes) {
        assert!(text.get(span.range()).is_some(), "{span:?} cuts a character");
    }
}

/// Makes sure that all places of a report are ones, and that every format says something that can be read.
pub fn check_report(report: &Report) {
    let sources = &report.read_set.sources;
    for finding in &report.findings {
        check_span(sources, finding.span);
        finding.related.iter().for_each(|related| check_span(sources, related.span));
        finding.fixes.iter().flat_map(|fix| &fix.edits).for_each(|edit| check_span(sources, edit.span));
    }
    for format in [&Json as &dyn Reporter, &GitLab { project: project() }] {
        check_json(&written(format, report));
    }
    // It brings along the pages of all rules, which takes longer than all else.
    if report.findings.iter().map(|finding| finding.span.start % 16).sum::<u32>() % 16 == 1 {
        check_json(&written(&Sarif { project: project() }, report));
    }
    check_xml(&written(&JUnit { project: project() }, report));
    for format in [&Human { look: LOOK, show_fixes: true } as &dyn Reporter, &Concise, &GitHub { project: project() }] {
        check_text(&written(format, report));
    }
    let colored = Human { look: Look { color: true, width: 40 }, show_fixes: false };
    assert!(!written(&colored, report).is_empty(), "a report says at least how much was read");
}

fn written(format: &dyn Reporter, report: &Report) -> String {
    let mut out = Vec::new();
    format.write(report, &mut out).expect("memory can be written to");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// Makes sure that nothing in a text acts on a terminal.
pub fn check_text(text: &str) {
    let acts = |c: &char| (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let found = text.chars().find(acts);
    assert!(found.is_none(), "{found:?} in {text:?}");
}

/// Makes sure that a text is JSON, and that nothing in it acts on a terminal.
pub fn check_json(text: &str) {
    check_text(text);
    let read: Result<serde_json::Value, _> = serde_json::from_str(text);
    assert!(read.is_ok(), "{read:?} of {text}");
}

/// Makes sure that a text is XML, and that nothing in it acts on a terminal.
pub fn check_xml(text: &str) {
    check_text(text);
    let read = roxmltree::Document::parse(text);
    assert!(read.is_ok(), "{read:?} of {text}");
}
