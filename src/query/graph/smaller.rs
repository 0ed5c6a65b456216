//! Smaller questions, for a graph that is too large to be drawn.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::about::About;
use crate::graph::{EdgeKind, Graph, Identity};
use crate::query::{Access, Who};

/// A smaller question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smaller {
    /// The question.
    pub about: About,
    /// The flag that makes it of the larger question: `--namespace payments`.
    pub flag: String,
    /// How many nodes its graph has, namespaces aside.
    pub nodes: usize,
}

/// So many smaller questions of each sort are worked out in search of those whose graphs fit,
const MOST_TRIED: usize = 8;
/// and so many of each sort are told.
const MOST_TOLD: usize = 2;

/// Questions that are smaller than one whose graph is too large, those with the most in them first. Each of them fits.
pub fn smaller(access: &Access, about: &About, graph: &Graph, fits: &dyn Fn(&Graph) -> bool) -> Vec<Smaller> {
    let nearer = (1..=about.depth.map_or(4, |depth| depth.saturating_sub(1)).min(4)).rev();
    let nearer = nearer.filter(|_| !about.is_about_all());
    let nearer = nearer.map(|depth| (format!("--depth {depth}"), About { depth: Some(depth), ..about.clone() }));
    let mut found = fitting(access, nearer.collect(), 1, fits);
    if about.namespace.is_none() {
        let whole = fitting(access, namespaces(about, graph), MOST_TOLD, fits);
        // Where everybody is in a group that gets much, no namespace is small: what is in it may be.
        let near = || {
            let near = namespaces(about, graph).into_iter().filter(|_| about.depth.is_none());
            near.map(|(flag, about)| (format!("{flag} --depth 1"), About { depth: Some(1), ..about })).collect()
        };
        found.extend(if whole.is_empty() { fitting(access, near(), MOST_TOLD, fits) } else { whole });
    }
    if about.subject.is_none() {
        found.extend(fitting(access, subjects(about, graph), MOST_TOLD, fits));
    }
    found
}

fn fitting(
    access: &Access,
    questions: Vec<(String, About)>,
    most: usize,
    fits: &dyn Fn(&Graph) -> bool,
) -> Vec<Smaller> {
    let answered = questions.into_iter().take(MOST_TRIED).filter_map(|(flag, about)| {
        let graph = super::graph(access, &about).ok().filter(|graph| fits(graph))?;
        let nodes = graph.nodes().filter(|node| !matches!(node.identity, Identity::Namespace(_))).count();
        (nodes > 1).then_some(Smaller { about, flag, nodes })
    });
    answered.take(most).collect()
}

/// The question with each of the namespaces, those with the most in them first.
fn namespaces(about: &About, graph: &Graph) -> Vec<(String, About)> {
    let names = graph.nodes().filter_map(|node| node.identity.namespace());
    let question =
        |name: &str| (format!("--namespace {name}"), About { namespace: Some(name.to_owned()), ..about.clone() });
    most_frequent(names).into_iter().filter(|name| is_plain(name)).map(question).collect()
}

/// The question with each of the subjects, those in the most bindings first.
fn subjects(about: &About, graph: &Graph) -> Vec<(String, About)> {
    let edges = graph.edges();
    let bound = edges.iter().filter(|edge| edge.kind == EdgeKind::BoundBy).map(|edge| edge.from);
    let question = |subject: &Identity| {
        let who = who(subject)?;
        let written = who.written();
        let about = About { subject: Some(who), ..about.clone() };
        is_plain(&written).then(|| (format!("--subject {written}"), about))
    };
    most_frequent(bound).into_iter().filter_map(question).collect()
}

fn who(subject: &Identity) -> Option<Who> {
    match subject {
        Identity::ServiceAccount { namespace, name } => {
            Some(Who::ServiceAccount { namespace: namespace.clone(), name: name.clone() })
        }
        Identity::User(name) => Some(Who::User(name.clone())),
        Identity::Group(name) => Some(Who::Group(name.clone())),
        _ => None,
    }
}

/// Each thing once, the most frequent first.
fn most_frequent<T: Ord>(things: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1;
    }
    let mut counted: Vec<_> = counts.into_iter().collect();
    counted.sort_by_key(|(_, count)| Reverse(*count));
    counted.into_iter().map(|(thing, _)| thing).collect()
}

/// Whether a shell takes a name for what it is.
fn is_plain(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '/' | '@');
    !name.is_empty() && name.chars().all(is_plain)
}
