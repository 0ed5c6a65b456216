//! Changes of access in words.

use super::super::escalation::sink;
use super::super::words;
use crate::query::Access;
use crate::query::diff::{
    Change, Diff, Kind, Names, Narrowed, PathChange, Permission, Refused, ResourceName, Where, WhyRefused,
};
use crate::rbac::{ALL, ResourceAction, RoleRef};

/// More namespaces than these are counted.
const MOST_NAMESPACES: usize = 5;

/// `get, list pods`, `do everything with secrets named a`: not yet where. Every name is set off by `code`.
pub(super) fn what(what: &Permission, code: &dyn Fn(&str) -> String) -> String {
    let objects: Vec<_> = what.resources.iter().map(resource).chain(what.urls.iter().map(url)).collect();
    let names = match &what.names {
        Names::Any => String::new(),
        Names::Only(names) => format!(" named {}", listed(names, code)),
        Names::Own => " named like the namespace".to_owned(),
    };
    format!("{} {}{names}", verbs(&what.verbs, code), listed(&objects, code))
}

fn verbs(verbs: &[String], code: &dyn Fn(&str) -> String) -> String {
    match verbs {
        [verb] if verb == ALL => "do everything with".to_owned(),
        verbs => listed(verbs, code),
    }
}

fn listed(texts: &[String], code: &dyn Fn(&str) -> String) -> String {
    texts.iter().map(|text| code(text)).collect::<Vec<_>>().join(", ")
}

fn url(url: &String) -> String {
    if url == ALL { "all URLs".to_owned() } else { url.clone() }
}

fn resource(name: &ResourceName) -> String {
    let (resource, subresource) = name.resource.split_once('/').unwrap_or((&name.resource, ""));
    words::resource(&ResourceAction {
        group: name.group.clone(),
        resource: resource.to_owned(),
        subresource: subresource.to_owned(),
        ..ResourceAction::default()
    })
}

/// `in namespace prod`, `in the whole cluster`; empty for what is in no namespace.
pub(super) fn place(access: &Access, change: &Change, code: &dyn Fn(&str) -> String) -> String {
    let is_of_cluster = |name: &ResourceName| {
        let plural = name.resource.split('/').next().unwrap_or_default();
        access.catalog().find(&name.group, plural).is_some_and(|known| !known.namespaced)
    };
    match &change.place {
        Where::Cluster if change.what.resources.iter().all(is_of_cluster) => String::new(),
        Where::Cluster => "in the whole cluster".to_owned(),
        Where::Namespaces(namespaces) => in_namespaces(namespaces, code),
    }
}

fn in_namespaces(namespaces: &[String], code: &dyn Fn(&str) -> String) -> String {
    match namespaces {
        [namespace] => format!("in namespace {}", code(namespace)),
        few if few.len() <= MOST_NAMESPACES => format!("in namespaces {}", listed(few, code)),
        many => {
            let first = many.get(..MOST_NAMESPACES - 2).unwrap_or_default();
            format!("in {} namespaces: {}, …", many.len(), listed(first, code))
        }
    }
}

/// What of it is widened or narrowed: from what to what, as time goes; `None` where all of it is gained or lost.
pub(super) fn step(change: &Change, code: &dyn Fn(&str) -> String) -> Option<String> {
    let resources = |all: &[ResourceName]| listed(&all.iter().map(resource).collect::<Vec<_>>(), code);
    let (narrow, wide) = match change.narrowed.as_ref()? {
        Narrowed::Conditional => ("if one of several definitions holds".to_owned(), "in any case"),
        Narrowed::Names(Names::Only(names)) => (format!("only {}", listed(names, code)), "any"),
        Narrowed::Names(_) => ("only what is named like the namespace".to_owned(), "any"),
        Narrowed::Verbs(verbs) => (format!("only {}", listed(verbs, code)), "every verb"),
        Narrowed::Resources(all) => (format!("only {}", resources(all)), "all of them"),
        Narrowed::Urls(urls) => (format!("only {}", listed(urls, code)), "all of them"),
        Narrowed::Namespaces(namespaces) => (format!("only {}", in_namespaces(namespaces, code)), "everywhere"),
    };
    Some(if change.kind == Kind::Narrowed { format!("{wide} → {narrow}") } else { format!("{narrow} → {wide}") })
}

/// The mark before a change.
pub(super) fn mark(kind: Kind) -> &'static str {
    match kind {
        Kind::Gained => "+",
        Kind::Widened | Kind::Narrowed => "~",
        Kind::Lost => "-",
    }
}

/// Why an object is refused.
pub(super) fn refusal(refused: &Refused, code: &dyn Fn(&str) -> String) -> String {
    let role = |role: &RoleRef| code(&format!("{} {}", role.kind.name(), role.name));
    match &refused.why {
        WhyRefused::RoleRef { old, new } => format!("`roleRef` cannot change, from {} to {}", role(old), role(new)),
        WhyRefused::JobFields(paths) => format!("{} cannot change", listed(paths, code)),
    }
}

/// What somebody comes to, the gravest first: more than a few are counted.
pub(super) fn sinks(paths: &[&PathChange]) -> String {
    const MOST: usize = 3;
    let told: Vec<_> = paths.iter().take(MOST).map(|path| sink(&path.sink)).collect();
    let more = paths.len().saturating_sub(MOST);
    if more == 0 { told.join(", ") } else { format!("{} and {more} more", told.join(", ")) }
}

/// What has changed, in numbers.
pub(super) fn summary(diff: &Diff) -> String {
    let objects = objects(diff);
    if diff.is_empty() {
        return format!("no change of access ({objects})");
    }
    let kinds = Kind::ALL.map(|kind| (diff.count(kind), kind.name()));
    let counts = kinds.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}"));
    let counts: Vec<_> = counts.collect();
    let of = if counts.is_empty() { "changes" } else { "" };
    let access = format!("{}{of} of {}", counts.join(", "), counted(diff.subjects.len(), "subject"));
    let mut parts: Vec<_> = (!diff.subjects.is_empty()).then_some(access).into_iter().collect();
    let new = diff.paths.iter().filter(|path| path.is_new).count();
    let closed = diff.paths.len() - new;
    let paths = [(new, "new way to more"), (closed, "closed way to more")];
    parts.extend(paths.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| {
        if count == 1 { format!("1 {what}") } else { format!("{count} {}", what.replace("way", "ways")) }
    }));
    if !diff.refused.is_empty() {
        parts.push(format!("{} that the API server will not change", counted(diff.refused.len(), "object")));
    }
    format!("{} ({objects})", parts.join("; "))
}

/// So many of something.
fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn objects(diff: &Diff) -> String {
    let objects = &diff.objects;
    let counts =
        [(objects.added.len(), "added"), (objects.changed.len(), "changed"), (objects.removed.len(), "removed")];
    let told: Vec<_> = counts.iter().filter(|(count, _)| *count > 0).collect();
    if told.is_empty() {
        return "no object that says something else about access".to_owned();
    }
    let told = told.iter().enumerate().map(|(position, (count, word))| {
        if position == 0 { format!("{} {word}", counted(*count, "object")) } else { format!("{count} {word}") }
    });
    told.collect::<Vec<_>>().join(", ")
}
