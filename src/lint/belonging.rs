//! Where a field belongs that stands where there is no such field.

use crate::catalog::Version;
use crate::catalog::fields::{self, Lifetime};
use crate::manifest::{Faulty, Kind, Level};
use crate::yaml::excerpt;
use crate::yaml::path::{Path, Segment, names};

/// What to do about a field that its structure does not have.
pub(super) fn advice(object: &Faulty<'_>, place: &Path, structure: &str, known: &[&str]) -> String {
    let Some((Segment::Name(name), within)) = place.segments().split_last() else {
        return fallback(object, &[], known);
    };
    if let Some(lifetime) = fields::lifetime(structure, name) {
        return elsewhen(lifetime);
    }
    let has = |field: &&str| has_field(structure, field, object.version);
    let known: Vec<_> = known.iter().copied().filter(has).collect();
    if let Some(near) = nearest(name, &known) {
        return format!("did you mean `{near}`?");
    }
    match elsewhere(object.kind, within, name, object.version) {
        Some(level) if level.is_empty() => format!("`{name}` belongs on the first level of the object"),
        Some(level) => format!("`{name}` belongs under `{level}`"),
        None => fallback(object, within, &known),
    }
}

fn has_field(structure: &str, field: &str, version: Version) -> bool {
    fields::lifetime(structure, field).is_none_or(|lifetime| lifetime.contains(version))
}

/// The field is of another version.
fn elsewhen(lifetime: Lifetime) -> String {
    match (lifetime.since, lifetime.until) {
        (Some(since), Some(until)) if since == until => format!("only Kubernetes {since} had it"),
        (Some(since), Some(until)) => format!("only Kubernetes {since} to {until} had it"),
        (Some(since), None) => format!("came with Kubernetes {since}"),
        (None, Some(until)) => format!("Kubernetes {until} was the last version that had it"),
        (None, None) => "Kubernetes has it under another name".to_owned(),
    }
}

/// The field of the same structure that was probably meant.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let lower = name.to_ascii_lowercase();
    let most = match name.len() {
        ..=3 => 0,
        length => (length / 4).clamp(1, 3),
    };
    let slips = |known: &str| {
        let known = known.to_ascii_lowercase();
        if known.len().abs_diff(lower.len()) > most.max(1) {
            return None;
        }
        let is_plural = known.strip_suffix('s') == Some(&lower) || lower.strip_suffix('s') == Some(&known);
        if is_plural { Some(1) } else { Some(strsim::osa_distance(&known, &lower)).filter(|slips| *slips <= most) }
    };
    known.iter().filter_map(|known| Some((slips(known)?, *known))).min().map(|(_, known)| known)
}

/// The nearest level of such an object that has a field of this name, as a path; lists on the way to it as they are in
/// the object, where it is a way back.
fn elsewhere(kind: Kind, within: &[Segment], name: &str, version: Version) -> Option<String> {
    let is_written = |level: &&Level| is_written_by_hand(level.path.segments(), within);
    let has = |level: &&Level| level.fields.contains(&name) && has_field(level.structure, name, version);
    let levels = Level::all(kind).iter().filter(has).filter(is_written);
    let nearest = levels.min_by_key(|level| distance(within, level.path.segments()))?;
    Some(shown(within, nearest.path.segments()))
}

/// Nobody writes what the API server keeps in an object, except beside something of that kind.
fn is_written_by_hand(level: &[Segment], within: &[Segment]) -> bool {
    let first = |segments: &[Segment], count: usize| names(segments).take(count).collect::<Vec<_>>().join(".");
    let kept = [("status", 1), ("metadata.managedFields", 2), ("metadata.ownerReferences", 2)];
    kept.iter().all(|(part, count)| first(level, *count) != *part || first(within, *count) == *part)
}

/// How many steps lead from one level to another; of levels that are equally far, those straight above or below come
/// first.
fn distance(from: &[Segment], to: &[Segment]) -> (usize, bool) {
    let shared = names(from).zip(names(to)).take_while(|(one, other)| one == other).count();
    let (up, down) = (names(from).count() - shared, names(to).count() - shared);
    (up + down, up > 0 && down > 0)
}

/// The level as a path, with the places in lists that the two ways share, and `[]` for those that may be any.
fn shown(from: &[Segment], to: &[Segment]) -> String {
    let is_same = |(one, other): &(&Segment, &Segment)| match (one, other) {
        (Segment::Index(_), Segment::Index(_)) => true,
        (one, other) => one == other,
    };
    let shared = from.iter().zip(to).take_while(is_same).count();
    let (way, rest) = (from.iter().take(shared), to.iter().skip(shared));
    let mut text = way.cloned().collect::<Path>().dotted();
    for segment in rest {
        match segment {
            Segment::Index(_) => text.push_str("[]"),
            Segment::Name(name) if text.is_empty() => text.push_str(name),
            Segment::Name(name) => text.extend([".", name]),
        }
    }
    text
}

/// The fields that there are, where they are few; otherwise who knows them.
fn fallback(object: &Faulty<'_>, within: &[Segment], known: &[&str]) -> String {
    const FEW: usize = 8;
    if (1..=FEW).contains(&known.len()) {
        let known: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
        return format!("the fields here are {}", known.join(", "));
    }
    let mut path = vec![object.kind.name().to_ascii_lowercase()];
    path.extend(names(within).map(|name| excerpt(name).into_owned()));
    format!("`kubectl explain {}` lists the fields", path.join("."))
}
