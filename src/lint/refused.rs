//! What the API server refuses, as findings: its own words first, then help.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::core::v1::PodSpec;

use super::kept_text::KeptText;
use super::passes::Told;
use super::{Check, Chosen, JobTemplate, Sink, advice, repairs};
use crate::manifest::Object;
use crate::source::Span;
use crate::validate::{Error, ErrorKind, Family};
use crate::yaml::excerpt;

/// The most bytes of what the API server repeats that are worth showing.
const LONGEST: usize = 200;

/// What there is to say about all that the API server refuses in an object, each by the rule of its family.
pub(super) fn refused(chosen: &[Chosen], object: &Object<'_>, text: &KeptText<'_>) -> Vec<Told> {
    if object.errors.is_empty() {
        return Vec::new();
    }
    let mut families: BTreeMap<Family, Vec<&Error>> = BTreeMap::new();
    for error in &object.errors {
        families.entry(error.family()).or_default().push(error);
    }
    let template = JobTemplate::of(object);
    let no_pod = PodSpec::default();
    let pod = template.and_then(|template| template.pod()).unwrap_or(&no_pod);
    let told = families.into_iter().filter_map(|(family, errors)| {
        chosen.iter().find_map(|&chosen| {
            let mut sink = Sink::new(chosen, Some(&object.name), text).of_whole(Some(object.written.whole()));
            match chosen.rule.check {
                Check::Refused { family: of_rule, help } if of_rule == family => {
                    report(object, &errors, &help, &mut sink);
                }
                Check::RefusedInPod { family: of_rule, help } if of_rule == family => {
                    report(object, &errors, &|error| help(error, pod), &mut sink);
                }
                _ => return None,
            }
            Some(sink.into_told())
        })
    });
    told.flatten().collect()
}

/// Of all that the API server says about one word, one thing is enough: it says that a name is empty, and again that it
/// does not look like a name; of what is missing, that it is not there is all. Of several lists of words that would do,
/// the shortest is the one that counts.
fn report(object: &Object<'_>, errors: &[&Error], help: &dyn Fn(&Error) -> Option<String>, sink: &mut Sink<'_>) {
    let errors: Vec<_> = errors.iter().map(|&error| (object.written.fault(&error.at), error)).collect();
    let required = errors.iter().filter(|(_, error)| error.kind == ErrorKind::Required);
    let missing: BTreeSet<_> = required.map(|(place, error)| (*place, &error.field)).collect();
    let mut words: BTreeMap<(Span, &str, &str), &Error> = BTreeMap::new();
    let mut others = Vec::new();
    for (place, error) in errors {
        let is_empty = error.value.as_deref() == Some("\"\"");
        if is_empty && missing.contains(&(place, &error.field)) {
            continue;
        }
        if error.value.as_deref().is_some_and(|value| value.starts_with('"')) {
            let said = words.entry((place, &error.field, error.kind.reason())).or_insert(error);
            let is_narrower = error.kind == ErrorKind::NotSupported && error.detail.len() < said.detail.len();
            *said = if is_narrower { error } else { said };
        } else {
            others.push((place, error));
        }
    }
    let words = words.into_iter().map(|((place, ..), error)| (place, error));
    for (place, error) in words.chain(others) {
        let fix = repairs::of(error, object, sink);
        let draft = sink.report(place, message(error)).field(&error.field).fix(fix);
        if let Some(help) = help(error).or_else(|| advice::in_general(error)) {
            draft.help(help);
        }
    }
}

/// What the API server says, without repeating all of a long text.
fn message(error: &Error) -> String {
    let Error { field, kind, value, detail, at } = error;
    let value = value.as_deref().map(|value| shortened(value).into_owned());
    let detail = if detail.len() > 3 * LONGEST { excerpt(detail).into_owned() } else { detail.clone() };
    let error = Error { field: String::new(), kind: *kind, value, detail, at: at.clone() };
    format!("{}: {error}", shortened(field))
}

fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() > LONGEST { excerpt(text) } else { Cow::Borrowed(text) }
}
