//! What the fixes of rules write, and which of them are safe.

mod access;
mod jobs;

use rolecall::diagnostic::Safety;
use rolecall::lint::{self, Profile, RULES, Selection, Settings};
use rolecall::manifest::Options;

use crate::scratch;

/// The line that the first fix of a rule changes, and what it is then; `None` where there is no fix. Lines that come or
/// go are empty before or after.
fn fixed(rule: &str, text: &str) -> Option<(Safety, String, String)> {
    let (_directory, inputs) = scratch::file("example.yaml", text.as_bytes());
    let settings = Settings { selection: Selection::of(Profile::Audit), ..Settings::default() };
    let report = lint::lint(&inputs, &Options::default(), &settings).unwrap();
    let finding = report.findings.iter().find(|finding| finding.rule == rule);
    let finding = finding.unwrap_or_else(|| panic!("nothing by {rule} in\n{text}"));
    let fix = finding.fixes.first()?;
    let mut new = text.to_owned();
    for edit in fix.edits.iter().rev() {
        new.replace_range(edit.span.range(), &edit.text);
    }
    let (before, after): (Vec<_>, Vec<_>) = (text.lines().collect(), new.lines().collect());
    let same = before.iter().zip(&after).take_while(|(before, after)| before == after).count();
    let (before, after) = (&before[same..], &after[same..]);
    let ends = before.iter().rev().zip(after.iter().rev()).take_while(|(before, after)| before == after).count();
    let joined = |lines: &[&str]| lines[..lines.len() - ends].join("\n").trim().to_owned();
    Some((fix.safety, joined(before), joined(after)))
}

fn check(rule: &str, text: &str, safety: Safety, before: &str, after: &str) {
    assert_eq!(fixed(rule, text), Some((safety, before.to_owned(), after.to_owned())), "{rule} in\n{text}");
}

/// Whoever gives a rule fixes, or takes them away, says so in the list of those that have some.
#[test]
fn rules_have_the_fixes_that_they_are_said_to_have_in_their_own_examples() {
    let shown = |rule: &'static lint::Rule| {
        let bad = rule.page.split("\n## Bad\n").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
        let blocks = bad.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
        let fixes = blocks.flat_map(|text| {
            let (_directory, inputs) = scratch::file("example.yaml", text.as_bytes());
            let settings = Settings { selection: Selection::of(Profile::Audit), ..Settings::default() };
            let report = lint::lint(&inputs, &Options::default(), &settings).unwrap();
            let findings = report.findings.into_iter().filter(|finding| finding.rule == rule.id);
            findings.flat_map(|finding| finding.fixes).map(|fix| fix.safety).collect::<Vec<_>>()
        });
        fixes.min()
    };
    let shown: Vec<_> = RULES.iter().filter_map(|rule| Some((rule.id, shown(rule)?))).collect();
    let said: Vec<_> = RULES.iter().filter_map(|rule| Some((rule.id, rule.fix()?))).collect();
    assert_eq!(shown, said);
    assert!(shown.len() > 40);
}
