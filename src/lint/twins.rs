//! Objects that are defined more than once where each of them should stand alone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::is_separator;
use std::str;

use serde_json::Value;

use super::role_rules::is_placeholder;
use crate::manifest::{COMPANIONS, KnownObject};
use crate::query::Access;
use crate::source::{FileId, Span};
use crate::yaml::json::to_json;
use crate::yaml::tree::{Origin, Tree};

/// No object is indented by more.
const DEEPEST: usize = 1000;

/// Where an object should stand only once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place<'a> {
    /// What a kustomization in this file lists.
    Kustomization(FileId),
    /// A file.
    File(FileId),
    /// The files of a directory that has no kustomization to choose among them.
    Directory(&'a str),
}

/// What names an object as it is written: its kind, the namespace that it says, and its name.
type WrittenName<'a> = (&'a str, Option<&'a str>, &'a str);

/// The first definition of each object that has several, by place.
#[derive(Debug)]
pub(super) struct Twins<'a> {
    first: HashMap<(Place<'a>, WrittenName<'a>), &'a KnownObject>,
    /// Of each file that repeats what another of its directory has, the first object that it repeats.
    repeats: BTreeMap<FileId, Span>,
    /// The directories that have a kustomization.
    kustomized: HashSet<&'a str>,
}

impl<'a> Twins<'a> {
    /// Looks through the objects that share their kind, namespace and name with others, by group.
    pub(super) fn new<'g>(access: &'a Access, repeated: impl Iterator<Item = &'g [&'a KnownObject]>) -> Self
    where
        'a: 'g,
    {
        let sources = access.sources();
        let mut twins = Self { first: HashMap::new(), repeats: BTreeMap::new(), kustomized: HashSet::new() };
        for path in sources.paths() {
            let (directory, name) = path.rsplit_once(is_separator).unwrap_or(("", path));
            if COMPANIONS.contains(&name) {
                twins.kustomized.insert(directory);
            }
        }
        let mut repeated: Vec<_> = repeated.flatten().copied().filter(|object| is_fixed(object)).collect();
        repeated.sort_unstable_by_key(|object| object.span);
        for object in repeated {
            twins.add(access, object);
        }
        twins
    }

    fn add(&mut self, access: &'a Access, object: &'a KnownObject) {
        for place in self.places(access, object) {
            let first = *self.first.entry((place, written_name(object))).or_insert(object);
            if matches!(place, Place::Directory(_)) && first.span.file != object.span.file {
                self.repeats.entry(object.span.file).or_insert(object.span);
            }
        }
    }

    /// The first definition of an object, where it is another one: with the narrowest place that both are in, a
    /// kustomization before anything else. Two files of a directory are often two ways to do one thing, so that the first
    /// object that both have stands for all.
    pub(super) fn first(&self, access: &'a Access, object: &'a KnownObject) -> Option<(Place<'a>, &'a KnownObject)> {
        let places = is_fixed(object).then(|| self.places(access, object))?;
        places.into_iter().find_map(|place| {
            let first = *self.first.get(&(place, written_name(object)))?;
            let stands_for_all =
                || !matches!(place, Place::Directory(_)) || self.repeats.get(&object.span.file) == Some(&object.span);
            (first.span < object.span && stands_for_all()).then_some((place, first))
        })
    }

    fn places(&self, access: &'a Access, object: &KnownObject) -> Vec<Place<'a>> {
        let file = object.span.file;
        let listed = access.read_set().listed.get(&file).into_iter().flatten();
        let directory = access.sources().path(file).rsplit_once(is_separator).map_or("", |(directory, _)| directory);
        let directory = Some(directory).filter(|it| !self.kustomized.contains(it)).map(Place::Directory);
        listed.map(|by| Place::Kustomization(*by)).chain([Place::File(file)]).chain(directory).collect()
    }
}

/// Whether the name of an object is the one that it will have.
fn is_fixed(object: &KnownObject) -> bool {
    let name = &object.name.name;
    !object.is_generated && !name.is_empty() && !is_placeholder(name)
}

fn written_name(object: &KnownObject) -> WrittenName<'_> {
    let name = &object.name;
    (name.kind, name.namespace.as_deref().filter(|_| object.says_namespace), &name.name)
}

/// Annotations by which objects are there at certain times only.
const HOOKS: [&str; 2] = ["helm.sh/hook", "argocd.argoproj.io/hook"];

/// Whether two definitions are there at different times: as hooks, of which one goes before the other comes.
pub(super) fn take_turns(access: &Access, one: &KnownObject, other: &KnownObject) -> bool {
    let hooks = |object: &KnownObject| {
        let meaning = meaning(access, object);
        let annotations = meaning.as_ref().and_then(|it| it.pointer("/metadata/annotations"));
        HOOKS.map(|hook| annotations.and_then(|it| it.get(hook)).cloned())
    };
    hooks(one) != hooks(other)
}

/// Whether two definitions say the same, in whatever order and layout; `None` where not all of them is known.
pub(super) fn say_the_same(access: &Access, one: &KnownObject, other: &KnownObject) -> Option<bool> {
    Some(meaning(access, one)? == meaning(access, other)?)
}

fn meaning(access: &Access, object: &KnownObject) -> Option<Value> {
    if object.whole == object.span {
        return None;
    }
    let text = access.sources().text(object.span.file);
    let text = text.bytes();
    let written = str::from_utf8(text.get(object.whole.range())?).ok()?;
    let before = text.get(..object.whole.start as usize)?;
    // The first line is indented as the others are; in flow style that makes no difference.
    let is_in_lines = !written.starts_with('{');
    let column = before.iter().rev().take(DEEPEST).take_while(|byte| **byte != b'\n' && is_in_lines).count();
    let document = format!("{}{written}\n", " ".repeat(column));
    let tree = Tree::parse(&document, Origin { file: object.span.file, base: 0 }).ok()?;
    serde_json::from_str(&to_json(tree.root()?).ok()?).ok()
}
