//! Agreement with what an API server refuses to decode: `testdata/conformance/validation.jsonl.gz`.
//!
//! Each line there is an object with the verdict on it. The code 400 says that it does not decode strictly; then only the
//! message says why.

use std::collections::BTreeSet;

use rolecall::diagnostic::{Category, Finding};
use rolecall::lint::{Report, Settings, lint};
use rolecall::manifest::Options;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::scratch;

/// Objects on which an API server and this decoder do not agree, each with its reason.
const DIFFER: [(&str, &str); 0] = [];

/// The rules that say what does not decode.
const RULES: [&str; 4] =
    ["object-duplicate-key", "object-invalid-quantity", "object-unknown-field", "object-wrong-type"];

#[derive(Deserialize)]
struct Case {
    id: String,
    object: Box<RawValue>,
    verdict: Verdict,
}

#[derive(Deserialize)]
struct Verdict {
    code: Option<u16>,
    message: Option<String>,
}

fn cases() -> Vec<Case> {
    scratch::conformance("validation.jsonl.gz").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A rule, and the field on which it reports.
type Fault = (&'static str, String);

/// The rules with the fields that an API server's message names: quantities are of no field to it, and fields of values
/// that do not fit have no places in lists and begin with the name of a type.
fn told(message: &str) -> BTreeSet<Fault> {
    if message.contains("quantities must match the regular expression") {
        return BTreeSet::from([("object-invalid-quantity", String::new())]);
    }
    if let Some((_, rest)) = message.split_once("into Go struct field ") {
        let field = rest.split(' ').next().unwrap().split_once('.').unwrap().1;
        return BTreeSet::from([("object-wrong-type", field.to_owned())]);
    }
    let (_, faults) = message.split_once("strict decoding error: ").unwrap_or_else(|| panic!("{message}"));
    let fault = |fault: &str| {
        let field = fault.strip_prefix("unknown field \"").and_then(|rest| rest.strip_suffix('"'));
        ("object-unknown-field", field.unwrap_or_else(|| panic!("{message}")).to_owned())
    };
    faults.split(", ").map(fault).collect()
}

/// The way to a field as the API server's messages about values of the wrong type have it: without places in lists and
/// without keys that the user chooses.
fn without_places(field: &str) -> String {
    let names = field.split('.').map(|name| name.split('[').next().unwrap());
    let mut way = Vec::new();
    for name in names {
        way.push(name);
        if matches!(name, "labels" | "annotations") {
            break;
        }
    }
    way.join(".")
}

fn found(finding: &Finding) -> Fault {
    let field = finding.field.clone().unwrap_or_default();
    let field = match finding.rule {
        "object-wrong-type" => without_places(&field),
        "object-invalid-quantity" => String::new(),
        _ => field,
    };
    (finding.rule, field)
}

/// Whether what is found is what the API server says. It tells only the first value that does not fit, and then nothing
/// else; whatever is found besides has to be something that it tells of another object.
fn is_same(here: &[Fault], message: &str, told_elsewhere: &BTreeSet<Fault>) -> bool {
    let there = told(message);
    if message.contains("strict decoding error") {
        return here.len() == there.len() && here.iter().cloned().collect::<BTreeSet<_>>() == there;
    }
    let first = here.iter().find(|(rule, _)| *rule != "object-unknown-field");
    first.is_some_and(|first| there.contains(first)) && here.iter().all(|fault| told_elsewhere.contains(fault))
}

/// What this decoder and the API server say differently of an object; `None` where they agree.
fn difference(case: &Case, told_elsewhere: &BTreeSet<Fault>) -> Option<String> {
    let text = case.object.get();
    let (_directory, inputs) = scratch::file("object.json", text.as_bytes());
    let Report { read_set, mut findings, .. } = lint(&inputs, &Options::default(), &Settings::default()).unwrap();
    // What the API server accepts and is wrong all the same has nothing to do with decoding.
    findings.retain(|finding| matches!(finding.category, Category::Syntax | Category::Invalid));
    let Case { id, verdict, .. } = case;
    if verdict.code != Some(400) {
        let faults = findings.iter().find(|finding| RULES.contains(&finding.rule));
        return faults.map(|fault| format!("{id}: decodes, not {} {}", fault.rule, fault.message));
    }
    let message = verdict.message.as_deref().unwrap();
    let here: Vec<_> = findings.iter().map(found).collect();
    let is_same = is_same(&here, message, told_elsewhere);
    let is_in_place = findings.iter().all(|finding| {
        let place = &text[finding.span.range()];
        let name = finding.field.as_deref().unwrap_or_default().rsplit(['.', ']']).next().unwrap();
        let is_key = place.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(name);
        let is_said_by_server = finding.category == Category::Invalid && RULES.contains(&finding.rule);
        is_said_by_server && is_key == (finding.rule == "object-unknown-field")
    });
    let decodes = read_set.objects.iter().all(|object| object.decodes);
    let is_lenient = message.contains("strict decoding error");
    (!is_same || !is_in_place || decodes != is_lenient).then(|| format!("{id}: {message}, not {here:?}: {text}"))
}

#[test]
fn objects_are_refused_where_an_api_server_refuses_them() {
    let cases = cases();
    assert!(cases.len() > 100, "the data are incomplete");
    let refused: Vec<_> = cases.iter().filter(|case| case.verdict.code == Some(400)).collect();
    let told = refused.iter().flat_map(|case| told(case.verdict.message.as_deref().unwrap())).collect();
    let differing: Vec<_> = cases.iter().filter_map(|case| Some((&case.id, difference(case, &told)?))).collect();
    crate::tell(&format!(
        "{} of {} objects agree, of which {} do not decode",
        cases.len() - differing.len(),
        cases.len(),
        refused.len()
    ));
    let listed = |id: &str| DIFFER.iter().any(|(listed, _)| *listed == id);
    let unlisted: Vec<_> = differing.iter().filter(|(id, _)| !listed(id)).map(|(_, what)| what.as_str()).collect();
    assert!(unlisted.is_empty(), "objects differ that are not listed:\n{}", unlisted.join("\n"));
    assert_eq!(differing.len(), DIFFER.len(), "an object is listed as different and agrees");
    assert!(refused.len() > 700, "only {} objects do not decode", refused.len());
}
