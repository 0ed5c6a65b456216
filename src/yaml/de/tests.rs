//! Texts, what is read of them, and what is wrong with them.

use std::collections::BTreeMap;

use k8s_openapi::api::batch::v1::JobSpec;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::*;
use crate::source::FileId;
use crate::yaml::tree::{Origin, Tree};

fn decode<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, (String, String)> {
    let tree = Tree::parse(text, Origin { file: FileId::new(0), base: 0 }).unwrap();
    let root = tree.root().unwrap();
    root.decode().map_err(|fault| (fault.to_string(), text[fault.span.range()].to_owned()))
}

#[test]
fn reads_numbers_as_the_api_server_does() {
    let spec: JobSpec = decode("backoffLimit: 3.0\ncompletions: 1e1\nparallelism: 0x10\nsuspend: off\n").unwrap();
    assert_eq!((spec.backoff_limit, spec.completions, spec.parallelism), (Some(3), Some(10), Some(16)));
    assert_eq!(spec.suspend, Some(false));
}

#[test]
fn null_is_unset() {
    let spec: JobSpec = decode("backoffLimit: null\ntemplate: ~\nselector:\n").unwrap();
    assert_eq!(spec, JobSpec::default());
    let map: BTreeMap<String, Vec<String>> = decode("a: null\nb: [null, x]\n").unwrap();
    assert_eq!(map["a"], [""; 0]);
    assert_eq!(map["b"], ["", "x"]);
}

#[test]
fn the_last_of_equal_keys_counts_alone() {
    let spec: JobSpec = decode("backoffLimit: wrong\nbackoffLimit: 2\n").unwrap();
    assert_eq!(spec.backoff_limit, Some(2));
}

#[test]
fn merge_keys_apply_where_they_stand() {
    let text = "one: &one {backoffLimit: 1, completions: 5}\ntwo: {completions: 2, <<: *one, backoffLimit: 3}\n";
    let map: BTreeMap<String, BTreeMap<String, i64>> = decode(text).unwrap();
    assert_eq!(map["two"], BTreeMap::from([("backoffLimit".to_owned(), 3), ("completions".to_owned(), 5)]));
}

#[test]
fn the_first_value_that_does_not_fit_is_the_error() {
    for (text, message, place) in [
        ("backoffLimit: \"3\"", "expected a whole number, found the string `3`", "\"3\""),
        ("suspend: \"true\"", "expected `true` or `false`, found the string `true`", "\"true\""),
        ("template: {spec: {containers: {}}}", "expected a list, found a mapping", "{}"),
        ("template: {metadata: {labels: {a: on}}}", "expected a string, found the boolean `true`", "on"),
        ("template: [a]", "expected a mapping, found a list", "[a]"),
        ("backoffLimit: 1.5\ncompletions: x", "expected a whole number, found the number `1.5`", "1.5"),
    ] {
        let error = decode::<JobSpec>(text).unwrap_err();
        assert_eq!(error, (message.to_owned(), place.to_owned()), "{text}");
    }
}

#[test]
fn numbers_have_the_range_of_their_type() {
    for (text, message) in [
        ("completions: 3000000000", "between -2147483648 and 2147483647, found the number `3000000000`"),
        (
            "activeDeadlineSeconds: 9223372036854775808",
            "and 9223372036854775807, found the number `9223372036854775808`",
        ),
        ("activeDeadlineSeconds: 1e300", "and 9223372036854775807, found the number `1e300`"),
    ] {
        let (found, _) = decode::<JobSpec>(text).unwrap_err();
        assert!(found.starts_with("expected a whole number between -") && found.ends_with(message), "{found}");
    }
    let spec: JobSpec = decode("activeDeadlineSeconds: 3000000000").unwrap();
    assert_eq!(spec.active_deadline_seconds, Some(3_000_000_000));
}

/// Types of which every field is as serde has it, and of which one has a form.
struct Strict;

static EVEN: Form = Form {
    words: "an even number",
    fits: Some(|value| matches!(value, Value::Int(number) if number % 2 == 0)),
    zero: Value::Int(0),
};

impl Types for Strict {
    fn form(&self, name: &str) -> Option<&'static Form> {
        (name == "IntOrString").then_some(&EVEN)
    }

    fn key(&self, _: &str, known: &[&str], key: &str) -> Key {
        match key {
            "manualSelector" => Key::AnyText,
            _ if known.contains(&key) => Key::Field,
            _ => Key::Unknown,
        }
    }
}

/// What is read of a text, and the faults with their places.
fn decode_strictly<T: for<'de> Deserialize<'de>>(text: &str) -> (T, Vec<String>) {
    let tree = Tree::parse(text, Origin { file: FileId::new(0), base: 0 }).unwrap();
    let decoder = Decoder::new(&Strict);
    let value = T::deserialize(decoder.at(tree.root().unwrap())).unwrap();
    let shown = |fault: &Fault| format!("{} at {}: {fault}", fault.path, &text[fault.span.range()]);
    (value, decoder.into_faults().iter().map(shown).collect())
}

#[test]
fn everything_behind_a_fault_is_read_too() {
    let text = "suspend: 1\nsuspent: {a: 1, a: 2}\ntemplate: {metadata: {labels: {a: on, b: c, a: d, b: e}}}\n\
                completions: [x]\nbackoffLimit: 2\nmanualSelector: [a]\nselector: {matchExpressions: [{key: 1}, {key: b, values: c}]}\n";
    let (spec, faults) = decode_strictly::<JobSpec>(text);
    assert_eq!(
        faults,
        [
            "suspend at 1: expected `true` or `false`, found the number `1`",
            "suspent at suspent: unknown field \"suspent\"",
            "template.metadata.labels.a at a: duplicate field \"template.metadata.labels.a\"",
            "template.metadata.labels.b at b: duplicate field \"template.metadata.labels.b\"",
            "completions at [x]: expected a whole number, found a list",
            "manualSelector at [a]: expected a string, found a list",
            "selector.matchExpressions[0].key at 1: expected a string, found the number `1`",
            "selector.matchExpressions[1].values at c: expected a list, found the string `c`",
        ]
    );
    assert_eq!((spec.suspend, spec.completions, spec.backoff_limit), (Some(false), Some(0), Some(2)));
    let expressions = spec.selector.unwrap().match_expressions.unwrap();
    assert_eq!((expressions[0].key.as_str(), expressions[1].key.as_str()), ("", "b"));
}

#[test]
fn a_field_may_be_any_text() {
    let (spec, faults) = decode_strictly::<JobSpec>("manualSelector: 'yes'\n");
    assert_eq!((spec, faults), (JobSpec::default(), Vec::new()));
}

#[test]
fn values_may_have_a_form_of_their_own() {
    let text = "{a: 2, b: odd, c: 3000000001, d: true, e: null, f: x}";
    let (_, faults) = decode_strictly::<BTreeMap<String, IntOrString>>(text);
    assert_eq!(
        faults,
        [
            "c at 3000000001: expected an even number, found the number `3000000001`",
            "d at true: expected an even number, found the boolean `true`",
        ]
    );
    let refused = decode::<IntOrString>("3000000000").unwrap_err();
    assert_eq!(refused, ("expected a 32-bit integer, found integer `3000000000`".to_owned(), "3000000000".to_owned()));
}

#[test]
fn what_is_merged_in_is_no_duplicate() {
    let text = "a: &a {k: '1', l: 2}\nb: {l: z, <<: *a, k: z}\nc: *a\n";
    let (map, faults) = decode_strictly::<BTreeMap<String, BTreeMap<String, String>>>(text);
    assert_eq!(faults, ["a.l at 2: expected a string, found the number `2`"]);
    assert_eq!(map["b"], BTreeMap::from([("k".to_owned(), "z".to_owned()), ("l".to_owned(), String::new())]));
}

#[test]
fn the_faults_of_one_object_are_not_counted_without_end() {
    let text = format!("a: [{}]", "1, ".repeat(1000));
    let (_, faults) = decode_strictly::<BTreeMap<String, Vec<String>>>(&text);
    assert_eq!(faults.len(), MOST_FAULTS);
}

#[test]
fn many_faults_do_not_hide_a_fatal_one() {
    let unknown = (0..1000).fold(String::new(), |text, number| text + &format!("x{number}: 1\n"));
    let (_, faults) = decode_strictly::<JobSpec>(&format!("{unknown}completions: x\nbackoffLimit: x\n"));
    assert_eq!(faults.len(), MOST_FAULTS + 1);
    assert_eq!(faults.last().unwrap(), "completions at x: expected a whole number, found the string `x`");
}
