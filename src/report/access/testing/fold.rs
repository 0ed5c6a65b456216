//! Many things that somebody may do, or not, in few sentences.

use std::collections::{BTreeMap, BTreeSet};

use super::super::words;
use crate::query::Access;
use crate::query::testing::Found;
use crate::rbac::{Action, ResourceAction};

/// The sentences for requests of one subject with one verdict: with all verbs of the same objects in the same place, and
/// all namespaces of the same verbs and objects.
pub(super) fn sentences(access: &Access, found: &[&Found]) -> Vec<String> {
    let Some(Found { who, decision, .. }) = found.first() else { return Vec::new() };
    let mut verbs: BTreeMap<Action, BTreeSet<&str>> = BTreeMap::new();
    for one in found {
        let (action, verb) = without_verb(&one.action);
        verbs.entry(action).or_default().insert(verb);
    }
    let mut namespaces: BTreeMap<(Action, BTreeSet<&str>), Vec<String>> = BTreeMap::new();
    for (action, verbs) in verbs {
        let (action, namespace) = without_namespace(action);
        namespaces.entry((action, verbs)).or_default().push(namespace);
    }
    let mut sentences = Vec::new();
    for ((action, verbs), namespaces) in namespaces {
        let verbs: Vec<_> = verbs.into_iter().collect();
        let action = with_verb(action, &verbs.join(", "));
        let may = words::may(who, decision.verdict);
        let (named, all): (Vec<_>, Vec<_>) = namespaces.into_iter().partition(|namespace| !namespace.is_empty());
        let places = all.into_iter().map(|_| words::place(&action, access));
        let of_named = (!named.is_empty()).then(|| in_namespaces(&action, &named, access));
        sentences.extend(places.chain(of_named).map(|place| format!("{may} {}{place}.", words::action(&action))));
    }
    sentences
}

fn in_namespaces(action: &Action, namespaces: &[String], access: &Access) -> String {
    match namespaces {
        [one] => words::place(&in_namespace(action, one), access),
        several => words::shown(&format!(" in namespaces {}", several.join(", "))),
    }
}

fn without_verb(action: &Action) -> (Action, &str) {
    let verb = match action {
        Action::Resource(action) => &action.verb,
        Action::Url { verb, .. } => verb,
    };
    (with_verb(action.clone(), ""), verb)
}

fn with_verb(action: Action, verb: &str) -> Action {
    let verb = verb.to_owned();
    match action {
        Action::Resource(action) => Action::Resource(ResourceAction { verb, ..action }),
        Action::Url { path, .. } => Action::Url { verb, path },
    }
}

fn without_namespace(action: Action) -> (Action, String) {
    match action {
        Action::Resource(mut action) => {
            let namespace = std::mem::take(&mut action.namespace);
            (Action::Resource(action), namespace)
        }
        url @ Action::Url { .. } => (url, String::new()),
    }
}

fn in_namespace(action: &Action, namespace: &str) -> Action {
    match action {
        Action::Resource(action) => {
            Action::Resource(ResourceAction { namespace: namespace.to_owned(), ..action.clone() })
        }
        url @ Action::Url { .. } => url.clone(),
    }
}
