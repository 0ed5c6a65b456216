//! Where a field belongs that stands where there is no such field.

use super::{advice, mixups};
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
    if let Some(help) = mixups::advice(structure, name) {
        return help;
    }
    let level = elsewhere(object.kind, within, name, object.version);
    let is_below = level.is_some_and(|level| is_straight_below(level.path.segments(), within));
    if let Some(longer) = longer(name, &known).filter(|_| !is_below) {
        return format!("did you mean {}?", advice::alternatives(&longer));
    }
    match level.map(|level| shown(within, level.path.segments())) {
        Some(level) if level.is_empty() => format!("`{name}` belongs on the first level of the object"),
        Some(level) => format!("`{name}` belongs under `{level}`"),
        None if structure == "LabelSelector" => format!("`{name}` belongs under `matchLabels`"),
        None => match shorter(name, &known) {
            Some(shorter) => format!("did you mean `{shorter}`?"),
            None => elsewhose(object.kind, within, name).unwrap_or_else(|| fallback(object, within, &known)),
        },
    }
}

/// The field of the same structure that was probably meant, where there is one.
pub(super) fn meant(version: Version, name: &str, structure: &str, known: &[&'static str]) -> Option<&'static str> {
    let known: Vec<_> = known.iter().copied().filter(|field| has_field(structure, field, version)).collect();
    nearest(name, &known).filter(|_| fields::lifetime(structure, name).is_none())
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

/// The one field of the same structure, or the two, whose name begins or ends with this word: `secretName` for `name`.
fn longer<'k>(name: &str, known: &[&'k str]) -> Option<Vec<&'k str>> {
    let found: Vec<_> = known.iter().copied().filter(|known| is_part_of(name, known)).collect();
    (1..=2).contains(&found.len()).then_some(found)
}

/// The one field whose name this one begins or ends with: `name` for `configMapName`.
fn shorter<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let mut found = known.iter().copied().filter(|known| is_part_of(known, name));
    found.next().filter(|_| found.next().is_none())
}

/// Whether a word is the beginning or the end of a name, up to a capital.
fn is_part_of(word: &str, name: &str) -> bool {
    let is_capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    let end = || name.len().checked_sub(word.len()).and_then(|start| name.get(start..));
    let is_end = || end().is_some_and(|end| is_capital(end) && end.eq_ignore_ascii_case(word));
    word.len() >= 3 && (name.strip_prefix(word).is_some_and(is_capital) || is_end())
}

/// Whether a level is part of what stands in another one, and not deep in it.
fn is_straight_below(level: &[Segment], within: &[Segment]) -> bool {
    let (to, from) = (names(level).count(), names(within).count());
    names(within).eq(names(level).take(from)) && to <= from + 2
}

/// The kinds that have this field in this place, where they are few.
fn elsewhose(kind: Kind, within: &[Segment], name: &str) -> Option<String> {
    let has = |level: &Level| names(level.path.segments()).eq(names(within)) && level.fields.contains(&name);
    let others = Kind::ALL.iter().filter(|other| Level::all(**other).iter().any(has));
    let others: Vec<_> = others.map(|other| format!("a {}", other.name())).collect();
    let others = match others.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, other, another] => format!("{one}, {other} and {another}"),
        _ => return None,
    };
    Some(format!("`{name}` is a field of {others}, and not of a {}", kind.name()))
}

/// The nearest level of such an object that has a field of this name.
fn elsewhere(kind: Kind, within: &[Segment], name: &str, version: Version) -> Option<&'static Level> {
    let is_written = |level: &&Level| is_written_by_hand(level.path.segments(), within);
    let is_usual = |level: &&Level| is_usual(level.path.segments(), within, name);
    let has = |level: &&Level| level.fields.contains(&name) && has_field(level.structure, name, version);
    let levels = Level::all(kind).iter().filter(has).filter(is_written).filter(is_usual);
    levels.min_by_key(|level| distance(within, level.path.segments()))
}

/// Whether somebody who writes this field means it to be there. What is around the field is in its place already; a
/// template gets its names from what is made of it; and the resources of all of a pod are nearly never meant.
fn is_usual(level: &[Segment], within: &[Segment], name: &str) -> bool {
    let way: Vec<_> = names(level).chain([name]).collect();
    let is_around = names(within).take(way.len()).eq(way.iter().copied());
    let is_of_a_template = || matches!(way.as_slice(), [.., "metadata", _]) && way.len() > 2;
    let is_of_the_object = ["name", "namespace", "generateName", "finalizers", "ownerReferences"].contains(&name);
    let is_for_all_of_a_pod =
        || matches!(way.as_slice(), [.., "template", "spec", "resources"] | [.., "template", "spec", "resources", _]);
    let is_unusual = is_around || (is_of_the_object && is_of_a_template()) || is_for_all_of_a_pod();
    !is_unusual
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
