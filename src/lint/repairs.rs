//! Fixes for what the API server refuses.

use super::{JobTemplate, Sink, advice};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::manifest::Object;
use crate::validate::cron::time_zones;
use crate::validate::{Error, ErrorKind, Family};
use crate::yaml::edit::{Editable, Word};
use crate::yaml::path::{Path, Segment};

/// A way to put right what an error is about, where there is one.
pub(super) fn of(error: &Error, object: &Object<'_>, sink: &Sink<'_>) -> Option<Fix> {
    match (error.family(), error.kind) {
        (Family::RestartPolicyAlways, _) => never(error, object, sink),
        (Family::RestartPolicy, kind) if kind != ErrorKind::NotSupported => never(error, object, sink),
        (Family::TimeZone, _) => {
            let word = advice::word(error);
            let zone = time_zones().iter().find(|zone| zone.eq_ignore_ascii_case(word.trim()))?;
            write(error, zone, Safety::Safe, sink)
        }
        (Family::PodFailurePolicy, _) if advice::key(error) == "values" => in_order(error, object, sink),
        (_, ErrorKind::NotSupported) => supported(error, sink),
        _ => None,
    }
}

/// The word of a few that was meant. Where only case or space is wrong, or only one word would do, nothing else can have
/// been; but a role of another kind is another role.
fn supported(error: &Error, sink: &Sink<'_>) -> Option<Fix> {
    let (word, words) = (advice::word(error), advice::supported(error));
    if let Some(same) = words.iter().find(|known| known.eq_ignore_ascii_case(word.trim())) {
        return write(error, same, Safety::Safe, sink);
    }
    match words.as_slice() {
        [only] if advice::key(error) != "kind" => write(error, only, Safety::Safe, sink),
        [only] => write(error, only, Safety::Unsafe, sink),
        words => write(error, advice::nearest(&word, words)?, Safety::Unsafe, sink),
    }
}

fn write(error: &Error, word: &str, safety: Safety, sink: &Sink<'_>) -> Option<Fix> {
    let shown = if word.is_empty() { "\"\"" } else { word };
    sink.fix(safety, format!("write `{shown}`"), |text| text.set(&error.at.path, Word::Text(word)))
}

/// With a `podFailurePolicy` pods are never restarted, so that one word is left.
fn never(error: &Error, object: &Object<'_>, sink: &Sink<'_>) -> Option<Fix> {
    let spec = JobTemplate::of(object).and_then(|template| template.spec());
    let is_only_one = spec.is_some_and(|spec| spec.pod_failure_policy.is_some());
    let safety = if is_only_one { Safety::Safe } else { Safety::Unsafe };
    sink.fix(safety, "write `restartPolicy: Never`", |text| text.set(&error.at.path, Word::Text("Never")))
}

/// Exit codes in ascending order, each once.
fn in_order(error: &Error, object: &Object<'_>, sink: &Sink<'_>) -> Option<Fix> {
    let is_list = |segment: &&Segment| !matches!(segment, Segment::Index(_));
    let segments = error.at.path.segments();
    let length = segments.len() - usize::from(segments.last().is_some_and(|last| !is_list(&last)));
    let list: Path = segments.iter().take(length).cloned().collect();
    let position = list.segments().iter().rev().find_map(|segment| match segment {
        Segment::Index(index) => Some(*index),
        Segment::Name(_) => None,
    })?;
    let policy = JobTemplate::of(object)?.spec()?.pod_failure_policy.as_ref()?;
    let written = &policy.rules.get(position)?.on_exit_codes.as_ref()?.values;
    let mut codes = written.clone();
    codes.sort_unstable();
    codes.dedup();
    if codes == *written {
        return None;
    }
    let codes: Vec<_> = codes.iter().map(i32::to_string).collect();
    let rewrite = |text: &Editable<'_>| -> Vec<Edit> { text.rewrite_list(&list, &codes) };
    sink.fix(Safety::Safe, "write the codes in ascending order, each once", rewrite)
}
