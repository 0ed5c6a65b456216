//! Rules, their pages and their files agree, and the examples on the pages are true.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rolecall::lint::{self, Profile, RULES, Rule, Selection, Settings};
use rolecall::manifest::Options;

use crate::scratch;

/// Rules about something that no YAML on a page can show; other tests have examples of them.
const WITHOUT_EXAMPLES: [&str; 2] = ["file-unreadable", "object-refers-to-deleted"];

const HEADINGS: [&str; 6] =
    ["## What it does", "## Why it matters", "## Bad", "## Good", "## How to fix", "## References"];

fn names(directory: &str, extension: &str) -> BTreeSet<String> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let wanted = files.filter(|path| path.extension().is_some_and(|found| found == extension));
    wanted.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// The text under a heading of a page.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no `{heading}` in\n{page}"));
    rest.split("\n## ").next().unwrap()
}

/// The YAML examples in a section.
fn examples(section: &str) -> Vec<&str> {
    section.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// What is reported in a text: by which rule, and on which line, from 1.
fn found(profile: Profile, text: &str) -> Vec<(&'static str, u32)> {
    let (_directory, inputs) = scratch::file("example.yaml", text.as_bytes());
    let settings = Settings { selection: Selection::of(profile), ..Settings::default() };
    let report = lint::lint(&inputs, &Options::default(), &settings).unwrap();
    let line = |span| report.read_set.sources.locate(span).start.line;
    report.findings.iter().map(|finding| (finding.rule, line(finding.span))).collect()
}

/// The lines on which a rule reports something in a text.
fn reported_lines(rule: &Rule, text: &str) -> Vec<u32> {
    let found = found(Profile::Audit, text).into_iter().filter(|(id, _)| *id == rule.id);
    found.map(|(_, line)| line).collect()
}

fn marked_lines(rule: &Rule, text: &str) -> Vec<u32> {
    let mark = format!("# <- {}", rule.id);
    (1..).zip(text.lines()).filter(|(_, line)| line.ends_with(&mark)).map(|(number, _)| number).collect()
}

#[test]
fn every_rule_has_a_page_a_file_and_a_place_in_the_registry() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(ids.len(), RULES.len(), "an id stands twice");
    assert!(RULES.is_sorted_by_key(|rule| rule.id), "the registry is not sorted");
    assert_eq!(names("rules", "md"), ids);
    let mut files = names("src/lint/rules", "rs");
    assert!(files.remove("mod"));
    assert_eq!(files.iter().map(|file| file.replace('_', "-")).collect::<BTreeSet<_>>(), ids);
}

#[test]
fn every_page_has_the_same_headings() {
    for rule in RULES {
        let headings: Vec<_> =
            rule.page.lines().filter(|line| line.starts_with('#') && !line.starts_with("# <-")).collect();
        let title = format!("# {}", rule.id);
        assert_eq!(headings, [&[title.as_str()], &HEADINGS[..]].concat(), "rules/{}.md", rule.id);
    }
}

#[test]
fn bad_examples_are_reported_where_they_are_marked() {
    for rule in RULES {
        let examples = examples(section(rule.page, "## Bad"));
        assert_eq!(examples.is_empty(), WITHOUT_EXAMPLES.contains(&rule.id), "{} has no bad example", rule.id);
        for example in examples {
            let marked = marked_lines(rule, example);
            assert!(!marked.is_empty(), "{}: nothing is marked in\n{example}", rule.id);
            assert_eq!(reported_lines(rule, example), marked, "{} in\n{example}", rule.id);
        }
    }
}

#[test]
fn good_examples_are_not_reported() {
    for rule in RULES {
        let examples = examples(section(rule.page, "## Good"));
        assert_eq!(examples.is_empty(), WITHOUT_EXAMPLES.contains(&rule.id), "{} has no good example", rule.id);
        for example in examples {
            assert_eq!(reported_lines(rule, example), [0; 0], "{} in\n{example}", rule.id);
        }
    }
}

#[test]
fn good_examples_raise_no_other_error_either() {
    for rule in RULES {
        for example in examples(section(rule.page, "## Good")) {
            assert_eq!(found(Profile::Default, example), [], "in the good example of {}:\n{example}", rule.id);
        }
    }
}

#[test]
fn near_misses_of_ids_are_found() {
    for (written, meant) in
        [("job-restart-policy", "job-restart-policy-always"), ("job-missing-backof-limit", "job-missing-backoff-limit")]
    {
        assert_eq!(lint::nearest_rule(written).map(|rule| rule.id), Some(meant));
    }
    assert!(lint::nearest_rule("something-else-entirely").is_none());
}
