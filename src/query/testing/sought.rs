//! What a test says is to be done, with every word understood.

use super::target::{Meaningless, Target, own_rules};
use super::wanted::{Wanted, With};
use super::whom::fits;
use crate::catalog::{
    NON_RESOURCE_VERBS, RESOURCE_VERBS, is_constrained_impersonation, is_non_resource_verb, is_resource_verb,
};
use crate::query::{Access, Known};
use crate::rbac::{ALL, Action, ResourceAction, url_covers};
use crate::source::Span;
use crate::strict::{Text, nearest};
use crate::yaml::excerpt;

/// Something to do, understood.
#[derive(Clone, Debug)]
pub(super) struct Sought {
    pub(super) verbs: Vec<String>,
    pub(super) with: SoughtWith,
    /// What is told of namespaces that are not there and may be missing.
    pub(super) missing: Vec<String>,
}

/// With what.
#[derive(Clone, Debug)]
pub(super) enum SoughtWith {
    /// Resources: their names, and their namespaces, which may be patterns. Empty lists are any.
    Resources { targets: Vec<Target>, names: Vec<String>, namespaces: Vec<String> },
    /// URLs.
    Urls(Vec<String>),
}

/// Words that mean nothing, each with its place.
pub(super) type Puzzles = Vec<(Span, Meaningless)>;

impl Sought {
    /// Understands what is written, as far as its words mean something. `is_optional` lets namespaces be missing.
    pub(super) fn new(wanted: &Wanted, access: &Access, is_optional: bool) -> (Self, Puzzles) {
        let (mut puzzles, mut missing) = (Vec::new(), Vec::new());
        let verbs = values(&wanted.verbs);
        let with = match &wanted.with {
            With::Urls(urls) => SoughtWith::Urls(values(urls)),
            With::Resources { resources, names, namespaces } => {
                let mut targets = Vec::new();
                for text in resources {
                    match Target::read(&text.value, access) {
                        Ok(target) => targets.push(target),
                        Err(meaningless) => puzzles.push((text.span, meaningless)),
                    }
                }
                let (may_be_missing, mistaken) = in_question(namespaces, &targets, &verbs, access.known(), is_optional);
                missing = may_be_missing;
                puzzles.extend(mistaken);
                let namespaces = values(namespaces);
                let namespaces = if namespaces.iter().any(|it| it == ALL) { Vec::new() } else { namespaces };
                SoughtWith::Resources { targets, names: values(names), namespaces }
            }
        };
        puzzles.extend(wanted.verbs.iter().filter_map(|text| of_verb(text, &with, access)));
        (Self { verbs, with, missing }, puzzles)
    }

    /// What has to be said about it although it may be right.
    pub(super) fn notes(&self) -> impl Iterator<Item = &String> {
        let targets = match &self.with {
            SoughtWith::Resources { targets, .. } => targets.as_slice(),
            SoughtWith::Urls(_) => &[],
        };
        targets.iter().filter_map(|target| target.note.as_ref()).chain(&self.missing)
    }

    /// Whether it is any verb, any resource, or any URL.
    pub(super) fn is_broad(&self) -> bool {
        let is_all = match &self.with {
            SoughtWith::Resources { targets, .. } => targets.iter().any(Target::is_all),
            SoughtWith::Urls(urls) => urls.iter().any(|url| url == "/*"),
        };
        is_all || self.verbs.iter().any(|verb| verb == ALL)
    }

    /// Whether something that is done is one of these.
    pub(super) fn holds(&self, action: &Action) -> bool {
        let has_verb = |verb: &String| self.verbs.iter().any(|known| known == ALL || known == verb);
        match (&self.with, action) {
            (SoughtWith::Urls(urls), Action::Url { verb, path }) => {
                has_verb(verb) && urls.iter().any(|url| url_covers(url, path))
            }
            (SoughtWith::Resources { targets, names, namespaces }, Action::Resource(action)) => {
                has_verb(&action.verb)
                    && targets.iter().any(|target| target.holds(action))
                    && (names.is_empty() || names.contains(&action.name))
                    && (namespaces.is_empty() || namespaces.iter().any(|it| fits(it, &action.namespace)))
            }
            _ => false,
        }
    }

    /// All of it, one by one: as it has to be asked whether somebody may do it.
    pub(super) fn actions(&self, access: &Access) -> Vec<Action> {
        let verbs = self.verbs.iter();
        match &self.with {
            SoughtWith::Urls(urls) => verbs
                .flat_map(|verb| urls.iter().map(move |path| Action::Url { verb: verb.clone(), path: path.clone() }))
                .collect(),
            SoughtWith::Resources { targets, names, namespaces } => {
                let (names, namespaces) = (or_none(names.clone()), or_none(expanded(namespaces, access)));
                let kinds = verbs.flat_map(|verb| targets.iter().map(move |target| (verb, target)));
                kinds.flat_map(|kind| of_kind(kind, &names, &namespaces)).collect()
            }
        }
    }
}

/// What one verb does with one resource.
fn of_kind((verb, target): (&String, &Target), names: &[String], namespaces: &[String]) -> Vec<Action> {
    let nowhere = [String::new()];
    let namespaces = if target.may_be_in_namespaces(verb) { namespaces } else { &nowhere };
    let spots = names.iter().flat_map(|name| namespaces.iter().map(move |namespace| (name, namespace)));
    spots.map(|(name, namespace)| action(verb, target, name, namespace)).collect()
}

/// One thing to do. What is done with a namespace is done in it.
pub(super) fn action(verb: &str, target: &Target, name: &str, namespace: &str) -> Action {
    let has_name = !name.is_empty() && !matches!(verb, "create" | "list" | "watch" | "deletecollection");
    let namespace = if target.is("", "namespaces") && has_name { name } else { namespace };
    Action::Resource(ResourceAction {
        verb: verb.to_owned(),
        group: target.group.clone(),
        resource: target.resource.clone(),
        subresource: target.subresource.clone(),
        name: name.to_owned(),
        namespace: namespace.to_owned(),
    })
}

/// The namespaces that are meant, patterns by what was read.
fn expanded(namespaces: &[String], access: &Access) -> Vec<String> {
    let of_one = |written: &String| -> Vec<String> {
        if !written.contains('*') {
            return vec![written.clone()];
        }
        let known = access.known().namespaces().filter(|known| fits(written, known));
        known.map(str::to_owned).collect()
    };
    namespaces.iter().flat_map(of_one).collect()
}

fn or_none(list: Vec<String>) -> Vec<String> {
    if list.is_empty() { vec![String::new()] } else { list }
}

fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

/// What is told of namespaces that are not there and may be missing, and what is wrong with the others.
fn in_question(
    namespaces: &[Text],
    targets: &[Target],
    verbs: &[String],
    known: &Known,
    is_optional: bool,
) -> (Vec<String>, Puzzles) {
    let (mut missing, mut puzzles) = (Vec::new(), Vec::new());
    for text in namespaces {
        match (in_no_namespace(targets, verbs), in_missing_namespace(text, known)) {
            (Some(nowhere), _) => puzzles.push((text.span, nowhere)),
            (None, Some(absent)) if is_optional => missing.push(absent.in_one_line()),
            (None, Some(mut absent)) => {
                absent.help.get_or_insert_with(|| "`optional: true` lets namespaces be missing".to_owned());
                puzzles.push((text.span, absent));
            }
            (None, None) => {}
        }
    }
    (missing, puzzles)
}

/// What is wrong with a namespace of what is in none.
fn in_no_namespace(targets: &[Target], verbs: &[String]) -> Option<Meaningless> {
    let is_in_none = |target: &Target| !verbs.iter().any(|verb| target.may_be_in_namespaces(verb));
    let target = targets.first().filter(|_| targets.iter().all(is_in_none))?;
    let message = format!("`{}` are in no namespace", target.word());
    Some(Meaningless::new(message, Some("leave the namespace out".to_owned())))
}

/// What is wrong with a namespace that is not there.
fn in_missing_namespace(text: &Text, known: &Known) -> Option<Meaningless> {
    let namespace = text.value.as_str();
    let is_there = known.has_namespace(namespace) || known.namespaces().any(|known| fits(namespace, known));
    (!is_there).then(|| missing_namespace(namespace, known))
}

/// What is told of a namespace that is not there.
pub(super) fn missing_namespace(namespace: &str, known: &Known) -> Meaningless {
    let meant = known.nearest_namespace(namespace).map(|near| format!("did you mean `{near}`?"));
    Meaningless::new(format!("there is no namespace `{}` in what was read", excerpt(namespace)), meant)
}

fn of_verb(text: &Text, with: &SoughtWith, access: &Access) -> Option<(Span, Meaningless)> {
    let verb = text.value.as_str();
    let usual: &[&str] = if matches!(with, SoughtWith::Urls(_)) { &NON_RESOURCE_VERBS } else { &RESOURCE_VERBS };
    let mut known = usual.to_vec();
    let is_known = match with {
        SoughtWith::Urls(_) => is_non_resource_verb(verb),
        SoughtWith::Resources { targets, .. } => {
            let served = targets.iter().filter_map(|target| {
                let subresource = Some(target.subresource.as_str()).filter(|it| !it.is_empty());
                access.catalog().verbs_of(&target.group, &target.resource, subresource)
            });
            known.extend(served.flatten());
            // Extensions have verbs of their own.
            known.extend(own_rules(access).flat_map(|rule| rule.verbs.iter().map(String::as_str)));
            is_resource_verb(verb) || is_constrained_impersonation(verb) || known.contains(&verb)
        }
    };
    if is_known {
        return None;
    }
    let of_what = if matches!(with, SoughtWith::Urls(_)) { " for URLs" } else { "" };
    let help = match nearest(verb, &known) {
        Some(near) => format!("did you mean `{}`?", excerpt(near)),
        None => format!(
            "the usual ones are {}",
            usual.iter().take(8).map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    let message = format!("`{}` is no verb{of_what}", excerpt(verb));
    Some((text.span, Meaningless::new(message, Some(help))))
}
