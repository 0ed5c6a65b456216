//! Fixes for what the API server refuses.

use super::{JobTemplate, Sink, advice, cron};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::manifest::{Object, Typed};
use crate::validate::{Error, ErrorKind, Family};
use crate::yaml::edit::{Editable, Word, together};
use crate::yaml::path::{Path, Segment};

/// A way to put right what an error is about, where there is one.
pub(super) fn of(error: &Error, object: &Object<'_>, sink: &Sink<'_>) -> Option<Fix> {
    match (error.family(), error.kind) {
        (Family::RestartPolicyAlways, _) => never(error, object, sink),
        (Family::RestartPolicy, kind) if kind != ErrorKind::NotSupported => never(error, object, sink),
        (Family::TimeZone, _) => {
            let (zone, safety) = cron::meant_time_zone(&advice::word(error))?;
            write(error, &zone, safety, sink)
        }
        (Family::Schedule, _) if error.detail.contains("TZ") || error.detail.starts_with("provided bad location") => {
            time_zone(error, object, sink)
        }
        (Family::Schedule, _) => {
            let (schedule, safety) = cron::repaired(error)?;
            write(error, &schedule, safety, sink)
        }
        (Family::JobSelector, kind) if kind != ErrorKind::NotSupported => generated(object, sink),
        (Family::JobIndexed, _) if error.detail == "requires indexed completion mode" => indexed(object, sink),
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
        [""] => {
            let remove =
                sink.fix(Safety::Safe, format!("remove `{}`", advice::key(error)), |text| text.remove(&error.at.path));
            remove.or_else(|| write(error, "", Safety::Safe, sink))
        }
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

/// A time zone in a schedule, moved to the field that is for it.
fn time_zone(error: &Error, object: &Object<'_>, sink: &Sink<'_>) -> Option<Fix> {
    let Typed::CronJob(job) = &object.typed else { return None };
    let (name, schedule) = cron::without_time_zone(&job.spec.schedule)?;
    let (zone, safety) = cron::meant_time_zone(name)?;
    let known = job.spec.time_zone.as_deref();
    if known.is_some_and(|known| known != zone) {
        return None;
    }
    sink.fix(safety, format!("write `timeZone: {zone}` beside the schedule"), |text| {
        let mut edits = vec![text.set(&error.at.path, Word::Text(schedule))];
        if known.is_none() {
            edits.push(text.set(&Path::parse("spec.timeZone"), Word::Text(&zone)));
        }
        together(edits)
    })
}

/// What the API server generates for each Job: the labels of its pods, and with one of them the selector.
const GENERATED: [&str; 4] =
    ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"];

/// What was generated for another Job goes, and is generated for this one.
fn generated(object: &Object<'_>, sink: &Sink<'_>) -> Option<Fix> {
    let job = JobTemplate::of(object)?;
    let spec = job.spec().filter(|spec| spec.manual_selector != Some(true))?;
    let is_generated = spec.selector.as_ref().is_none_or(|selector| {
        let mut labels = selector.match_labels.iter().flatten();
        selector.match_expressions.is_none() && labels.all(|(key, _)| GENERATED.contains(&key.as_str()))
    });
    if !is_generated {
        return None;
    }
    let labels = GENERATED.map(|key| job.field(&format!("template.metadata.labels[{key}]")));
    let paths: Vec<_> = labels.iter().chain([&job.field("selector")]).map(|path| Path::parse(path)).collect();
    sink.fix(Safety::Safe, "remove what the API server generates", |text| text.remove_all(&paths))
}

/// With so many completions as are said, indexes are all that is missing.
fn indexed(object: &Object<'_>, sink: &Sink<'_>) -> Option<Fix> {
    let job = JobTemplate::of(object)?;
    job.spec()?.completions?;
    sink.setting(Safety::Unsafe, &job.field("completionMode"), Word::Text("Indexed"))
}

/// A deadline of an hour: nobody but the author knows how long a run takes.
pub(super) fn deadline(field: &str, sink: &Sink<'_>) -> Option<Fix> {
    sink.setting(Safety::Unsafe, field, Word::Bare("3600"))
}
