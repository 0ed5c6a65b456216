//! Fixes do what they say and nothing else, whatever manifest they are for.

mod manifests;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rolecall::diagnostic::{Category, Edit, Finding, Fix, ObjectName, Safety, Severity};
use rolecall::discover::Inputs;
use rolecall::lint::fix::{Limits, fix};
use rolecall::lint::{self, Profile, RULES, Report, Selection, Settings};
use rolecall::manifest::Options;
use rolecall::source::FileId;
use rolecall::yaml::documents::{self, Piece};
use rolecall::yaml::events::Escapes;
use rolecall::yaml::json::to_json;
use rolecall::yaml::path::Segment;
use rolecall::yaml::tree::{Origin, Tree};
use serde_json::Value;

use crate::scratch;
use manifests::{cron_job, exported_job, job, role};

fn settings() -> Settings {
    Settings { selection: Selection::of(Profile::Audit), ..Settings::default() }
}

fn lint(inputs: &Inputs) -> Report {
    lint::lint(inputs, &Options::default(), &settings()).unwrap()
}

/// The report on one text.
fn report(text: &str) -> Report {
    let (_directory, inputs) = scratch::file("example.yaml", text.as_bytes());
    lint(&inputs)
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut new = text.to_owned();
    for Edit { span, text } in edits.iter().rev() {
        new.replace_range(span.range(), text);
    }
    new
}

/// The documents of a text as JSON, and the comments in them; `None` for what is no YAML.
fn documents(text: &str) -> Vec<Option<(Value, Vec<String>)>> {
    let escapes = if documents::is_json(text.as_bytes()) { Escapes::Json } else { Escapes::Yaml };
    let read = |piece| {
        let Piece::Document { range, .. } = piece else { return None };
        let text = &text[range];
        let tree = Tree::parse_with(text, Origin { file: FileId::new(0), base: 0 }, escapes).ok()?;
        let json = tree.root().map_or_else(|| Some("null".to_owned()), |root| to_json(root).ok())?;
        let comments = tree.comments().map(|place| text[place.range()].trim_end().to_owned()).collect();
        Some((serde_json::from_str(&json).unwrap(), comments))
    };
    documents::split(text.as_bytes(), "kind").into_iter().map(read).collect()
}

/// Whether one thing at most has changed: a value, a field that came, went or got another name, an entry that went, or a
/// list of numbers that was put in order.
fn is_one_change(before: &Value, after: &Value) -> bool {
    match (before, after) {
        _ if before == after => true,
        (Value::Object(before), Value::Object(after)) => {
            let gone: Vec<_> = before.iter().filter(|(key, _)| !after.contains_key(*key)).collect();
            let new: Vec<_> = after.iter().filter(|(key, _)| !before.contains_key(*key)).collect();
            let mut differing = before.iter().filter(|(key, value)| after.get(*key).is_some_and(|new| new != *value));
            match (gone.as_slice(), new.as_slice(), differing.next(), differing.next()) {
                ([], [], Some((key, value)), None) => is_one_change(value, &after[key]),
                ([_], [], None, None) | ([], [_], None, None) => true,
                ([(_, before)], [(_, after)], None, None) => before == after,
                _ => false,
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut differing = before.iter().zip(after).filter(|(before, after)| before != after);
            let is_one = differing.next().is_some_and(|(before, after)| is_one_change(before, after));
            (is_one && differing.next().is_none()) || in_order(before) == *after
        }
        (Value::Array(before), Value::Array(after)) => {
            let without = |gone: usize| {
                let left = before.iter().enumerate().filter(|(index, _)| *index != gone).map(|(_, value)| value);
                left.eq(after)
            };
            (0..before.len()).any(without) || in_order(before) == *after
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => false,
        _ => true,
    }
}

/// A value without what some changes move or take away in one go: the time zone of a schedule, a deadline, and what the
/// API server generates for a Job. Mappings that are left empty go as well.
fn without_what_goes_together(value: &Value) -> Value {
    let is_gone = |key: &str| {
        let name = key.rsplit('/').next();
        matches!(key, "timeZone" | "activeDeadlineSeconds" | "selector")
            || matches!(name, Some("controller-uid" | "job-name"))
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(key, _)| !is_gone(key));
            let fields = fields.map(|(key, value)| (key.clone(), without_what_goes_together(value)));
            Value::Object(fields.filter(|(_, value)| *value != serde_json::json!({})).collect())
        }
        Value::Array(values) => values.iter().map(without_what_goes_together).collect(),
        Value::String(text) => {
            let behind = text.split_once("TZ=").and_then(|(_, rest)| rest.split_once(' '));
            Value::String(behind.map_or(text.as_str(), |(_, rest)| rest.trim()).to_owned())
        }
        other => other.clone(),
    }
}

fn in_order(values: &[Value]) -> Vec<Value> {
    let mut numbers: Vec<_> = values.iter().filter_map(Value::as_i64).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(Value::from).collect()
}

/// A rule, an object and a field of it.
type About = (&'static str, Option<ObjectName>, Option<String>);

/// How often each thing is said that makes an object one which cannot be.
fn errors(report: &Report) -> BTreeMap<About, usize> {
    let mut errors = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.severity == Severity::Error) {
        *errors.entry((finding.rule, finding.object.clone(), finding.field.clone())).or_default() += 1;
    }
    errors
}

/// What would be wrong with a text in which no object has this field: all that is said there, once the fault no longer
/// keeps the API server from looking.
fn errors_without(text: &str, field: &str) -> BTreeMap<About, usize> {
    let path = rolecall::yaml::path::Path::parse(field);
    let documents = documents(text).into_iter().flatten().map(|(mut document, _)| {
        remove(&mut document, path.segments());
        document.to_string()
    });
    errors(&report(&format!("---\n{}\n", documents.collect::<Vec<_>>().join("\n---\n"))))
}

fn remove(value: &mut Value, path: &[Segment]) {
    match (path, value) {
        ([Segment::Name(name)], Value::Object(fields)) => drop(fields.remove(name)),
        ([Segment::Name(name), rest @ ..], Value::Object(fields)) => {
            fields.get_mut(name).into_iter().for_each(|value| remove(value, rest));
        }
        ([Segment::Index(index), rest @ ..], Value::Array(values)) => {
            values.get_mut(*index).into_iter().for_each(|value| remove(value, rest));
        }
        _ => {}
    }
}

fn same(report: &Report, finding: &Finding) -> usize {
    let is_same = |other: &&Finding| (other.rule, other.fingerprint) == (finding.rule, finding.fingerprint);
    report.findings.iter().filter(is_same).count()
}

/// What these report keeps the API server from looking for errors in the object.
const HIDE_ERRORS: [&str; 3] = ["object-unknown-field", "object-unknown-kind", "object-wrong-type"];

/// Whether the API server could say something only now that a safe fix lets it look: of the field that was put right, or
/// what it says where the field is missing; of an object whose type was put right, all.
fn was_hidden(text: &str, finding: &Finding, error: &About) -> bool {
    let (rule, object, field) = error;
    let is_refused = lint::rule(rule).is_some_and(|rule| rule.category == Category::Invalid);
    if !HIDE_ERRORS.contains(&finding.rule) || !is_refused {
        return false;
    }
    let is_same_object = match (object, &finding.object) {
        (Some(one), Some(other)) => (&one.namespace, &one.name) == (&other.namespace, &other.name),
        _ => finding.rule == "object-unknown-kind",
    };
    let is_of_type = finding.rule == "object-unknown-kind";
    let of_field = finding.field.as_deref().unwrap_or_default();
    let is_at = field.as_ref().is_some_and(|field| field.to_lowercase().starts_with(&of_field.to_lowercase()));
    is_same_object && (is_of_type || is_at || errors_without(text, of_field).contains_key(error))
}

/// One fix by itself: what was found is gone, nothing but one field is another, and nothing new is wrong.
fn check_fix(text: &str, report: &Report, finding: &Finding, fix: &Fix) {
    let Fix { message, safety, edits } = fix;
    let new = edited(text, edits);
    let about = format!("{}: {message} ({safety:?})\n{text}\nbecomes\n{new}", finding.rule);
    let best = lint::rule(finding.rule).and_then(lint::Rule::fix);
    assert!(best.is_some_and(|best| best <= *safety), "the rule is said to have none like it: {about}");
    assert!(!edits.is_empty() && edits.is_sorted() && edits.windows(2).all(|two| two[0].span.end < two[1].span.start));
    let (before, after) = (documents(text), documents(&new));
    assert_eq!(before.len(), after.len(), "{about}");
    let mut changes = 0;
    for (before, after) in before.iter().zip(&after) {
        let Some((before, comments)) = before else { continue };
        let (after, comments_after) = after.as_ref().unwrap_or_else(|| panic!("no YAML: {about}"));
        changes += usize::from(before != after);
        let is_fine = is_one_change(before, after)
            || is_one_change(&without_what_goes_together(before), &without_what_goes_together(after));
        assert!(is_fine, "more than one change: {about}");
        let lost: Vec<_> = comments.iter().filter(|comment| !comments_after.contains(comment)).collect();
        let is_removal = edits.iter().all(|edit| edit.text.is_empty());
        assert!(lost.is_empty() || is_removal, "lost {lost:?}: {about}");
        let is_shortened = |comment: &str| {
            let is_part = |known: &String| {
                let mut letters = known.chars();
                comment.chars().all(|letter| letters.any(|known| known == letter))
            };
            finding.rule == "ignore-unused" && is_removal && comments.iter().any(is_part)
        };
        assert!(comments_after.iter().all(|comment| comments.contains(comment) || is_shortened(comment)), "{about}");
    }
    assert!(changes <= 1, "several documents: {about}");
    let after = self::report(&new);
    assert!(same(&after, finding) < same(report, finding), "still there: {about}");
    if *safety == Safety::Safe {
        let known = errors(report);
        for (error, count) in errors(&after) {
            let is_known = known.get(&error).is_some_and(|known| *known >= count);
            assert!(is_known || was_hidden(text, finding, &error), "new error {error:?}: {about}");
        }
    }
}

/// All fixes of a text together, and once more.
fn check_run(text: &str, with_unsafe: bool) {
    let (directory, inputs) = scratch::file("example.yaml", text.as_bytes());
    let run =
        |inputs: &Inputs| fix(inputs, &Options::default(), &settings(), &Limits { with_unsafe, files: None }).unwrap();
    let fixed = run(&inputs);
    assert!(fixed.closed.is_empty(), "{:?} in\n{text}", fixed.closed);
    let is_left = |fix: &Fix| fix.safety == Safety::Safe || with_unsafe;
    let left = fixed.report.findings.iter().filter(|finding| finding.fixes.iter().any(is_left));
    assert_eq!(left.count(), 0, "in\n{text}");
    let Some(file) = fixed.files.first() else { return };
    assert_eq!(file.old, text.as_bytes());
    assert_eq!(fs::read(&file.absolute).unwrap(), text.as_bytes(), "written too early");
    fs::write(&file.absolute, &file.new).unwrap();
    let again = run(&inputs);
    assert_eq!((again.files.len(), again.count), (0, 0), "a second run changes more in\n{text}");
    drop(directory);
}

/// Returns how many fixes there were.
fn check(text: &str) -> usize {
    let report = report(text);
    let mut counts = [0, 0];
    for finding in &report.findings {
        for fix in &finding.fixes {
            check_fix(text, &report, finding, fix);
            counts[usize::from(fix.safety == Safety::Unsafe)] += 1;
        }
    }
    for with_unsafe in [false, true] {
        if counts[usize::from(with_unsafe)] > 0 {
            check_run(text, with_unsafe);
        }
    }
    counts.iter().sum()
}

/// The text after each fix by itself.
fn all_edited(text: &str) -> Vec<String> {
    let report = report(text);
    let fixes = report.findings.iter().flat_map(|finding| &finding.fixes);
    fixes.map(|fix| edited(text, &fix.edits)).collect()
}

/// The YAML on the pages of all rules.
fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.iter().flat_map(|rule| {
        let blocks = rule.page.split("```yaml\n").skip(1);
        blocks.map(|block| (rule.id, block.split("```").next().unwrap()))
    })
}

#[test]
fn fixes_of_all_examples_do_what_they_say() {
    let mut count = 0;
    for (_, text) in examples() {
        let fixes = check(text);
        if fixes > 0 {
            let expected = all_edited(text);
            let ended = all_edited(&text.replace('\n', "\r\n"));
            assert!(ended.iter().all(|new| new.matches('\n').count() == new.matches("\r\n").count()), "{ended:?}");
            assert_eq!(ended.iter().map(|new| new.replace("\r\n", "\n")).collect::<Vec<_>>(), expected);
            let trimmed = all_edited(text.trim_end());
            assert!(trimmed.iter().eq(expected.iter().map(|new| new.trim_end())), "{trimmed:?}");
        }
        count += fixes;
    }
    crate::tell(&format!("fixes of examples: {count}"));
    assert!(count > 100, "{count}");
}

#[test]
fn fixes_of_the_platform_do_what_they_say() {
    let platform = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/platform");
    let report = lint(&scratch::files_under(&platform));
    let mut count = 0;
    for source in report.read_set.sources.paths() {
        let text = fs::read_to_string(source).unwrap();
        if !text.lines().any(|line| line.starts_with("# Source: ")) {
            count += check(&text);
        }
    }
    crate::tell(&format!("fixes of the platform: {count}"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixes_of_roles_do_what_they_say(text in role(), is_crlf: bool) {
        check(&if is_crlf { text.replace('\n', "\r\n") } else { text });
    }

    #[test]
    fn fixes_of_cron_jobs_do_what_they_say(text in cron_job(), is_crlf: bool) {
        check(&if is_crlf { text.replace('\n', "\r\n") } else { text });
    }

    #[test]
    fn fixes_of_exported_jobs_do_what_they_say(text in exported_job(), is_crlf: bool) {
        check(&if is_crlf { text.replace('\n', "\r\n") } else { text });
    }

    #[test]
    fn fixes_of_jobs_do_what_they_say(text in job(), is_crlf: bool) {
        check(&if is_crlf { text.replace('\n', "\r\n") } else { text });
    }
}
