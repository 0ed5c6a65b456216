//! Agreement with an API server on what it refuses: `testdata/conformance/validation.jsonl.gz`.
//!
//! Each line there is an object with the verdict of a dry-run create: taken (201), refused by validation (422) with every
//! cause, or refused while decoding (400).

use std::collections::BTreeSet;

use rolecall::diagnostic::Category;
use rolecall::discover::Inputs;
use rolecall::lint::{self, Settings};
use rolecall::manifest::{self, Observation, Options};
use rolecall::validate::Error;
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::{scratch, tell};

#[derive(Deserialize)]
struct Case {
    id: String,
    object: Value,
    verdict: Verdict,
}

#[derive(Deserialize)]
struct Verdict {
    code: u16,
    causes: Vec<Cause>,
}

#[derive(Debug, Deserialize)]
struct Cause {
    field: String,
    message: String,
}

fn cases() -> Vec<Case> {
    scratch::conformance("validation.jsonl.gz").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The objects, each as a document of one file, on its second line.
fn documents(cases: &[Case]) -> (TempDir, Inputs) {
    let documents: Vec<_> = cases.iter().map(|case| format!("---\n{}\n", case.object)).collect();
    scratch::file("objects.yaml", documents.concat().as_bytes())
}

/// Which case it is that a line belongs to.
fn case_at(line: u32) -> usize {
    line as usize / 2 - 1
}

/// The fields of which lint says that they are invalid, by case.
fn fields_in_lint(cases: &[Case]) -> Vec<BTreeSet<String>> {
    let (_directory, inputs) = documents(cases);
    let report = lint::lint(&inputs, &Options::default(), &Settings::default()).unwrap();
    let mut fields = vec![BTreeSet::new(); cases.len()];
    for finding in report.findings.iter().filter(|finding| finding.category == Category::Invalid) {
        let line = report.read_set.sources.locate(finding.span).start.line;
        fields[case_at(line)].insert(finding.field.clone().unwrap_or_default());
    }
    fields
}

/// The errors of validation, by case.
fn errors(cases: &[Case]) -> Vec<Vec<Error>> {
    let (_directory, inputs) = documents(cases);
    let observe = |observation: &Observation<'_>, _: &[u8]| match observation {
        Observation::Object(object) => vec![(object.written.place("kind").start, object.errors.clone())],
        Observation::Faulty(object) => vec![(object.written.place("kind").start, Vec::new())],
        _ => Vec::new(),
    };
    let (_, errors) = manifest::load(&inputs, &Options::default(), observe).unwrap();
    assert!(errors.is_sorted_by_key(|(start, _)| *start) && errors.len() == cases.len());
    errors.into_iter().map(|(_, errors)| errors).collect()
}

/// Objects of which the API server and this linter do not say the same, each with its reason.
const DIFFER: [(&str, &str); 4] =
    [("v11-106", EMPTY_OR_NULL), ("v11-2782", EMPTY_OR_NULL), ("v11-3462", EMPTY_OR_NULL), ("v11-3572", EMPTY_OR_NULL)];

const EMPTY_OR_NULL: &str =
    "the API server repeats whether `rules` of a policy is `[]` or `null`; an object has no rules either way";

fn is_known_to_differ(case: &Case) -> bool {
    DIFFER.iter().any(|(id, _)| *id == case.id)
}

#[test]
fn verdicts_and_fields_are_those_of_the_api_server() {
    let cases = cases();
    let (mut verdicts, mut fields, mut refused) = (0, 0, 0);
    let mut differ = BTreeSet::new();
    for (case, found) in cases.iter().zip(fields_in_lint(&cases)) {
        let Verdict { code, causes } = &case.verdict;
        verdicts += usize::from((*code == 201) == found.is_empty());
        if *code == 422 {
            refused += 1;
            let expected: BTreeSet<_> = causes.iter().map(|cause| cause.field.clone()).collect();
            fields += usize::from(found == expected);
            if found != expected {
                differ.insert((case.id.as_str(), format!("{found:?} and not {expected:?}")));
            }
        } else if (*code == 201) != found.is_empty() {
            differ.insert((case.id.as_str(), format!("{found:?} and not {code}")));
        }
    }
    tell(&format!(
        "conformance/validation.jsonl: {verdicts} of {} verdicts agree, and {fields} of {refused} sets of fields",
        cases.len()
    ));
    assert!(differ.is_empty(), "{differ:#?}");
}

#[test]
fn causes_are_those_of_the_api_server() {
    let cases = cases();
    let (mut agree, mut all) = (0, 0);
    let mut differ = Vec::new();
    for (case, errors) in cases.iter().zip(errors(&cases)).filter(|(case, _)| case.verdict.code != 400) {
        let expected: BTreeSet<_> =
            case.verdict.causes.iter().map(|it| (&*it.field, without_quoted(&it.message))).collect();
        let found: BTreeSet<_> =
            errors.iter().map(|error| (&*error.field, without_quoted(&error.to_string()))).collect();
        all += expected.len();
        agree += expected.intersection(&found).count();
        if is_known_to_differ(case) {
            assert_ne!(expected, found, "{} is known to differ, and does not", case.id);
            continue;
        }
        for cause in expected.symmetric_difference(&found) {
            differ.push(format!("{}: {cause:?}, expected: {}", case.id, expected.contains(cause)));
        }
    }
    tell(&format!("conformance/validation.jsonl: {agree} of {all} messages agree"));
    assert_eq!(differ, [""; 0], "{}", differ.len());
}

/// A message without the values that it repeats.
fn without_quoted(message: &str) -> String {
    message.split('"').step_by(2).collect()
}
