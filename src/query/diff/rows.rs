//! Single permissions put together into as few lines as say the same.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Kind, Names, Narrowed, Permission, ResourceName, Where};
use super::compare::{Comparison, Outcome, Side};
use super::contents::{Content, Ground};
use super::gains::{Gain, Narrower};
use super::holdings::Scope;
use super::piece::{Certainty, Name, Object, Piece, Resource};
use crate::query::Who;
use crate::rbac::{Grant, Rule, full_resource};

/// What pieces of one line have in common, but for the verbs, names and resources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Common<'a> {
    narrower: Option<Narrower<'a>>,
    certainty: Certainty,
    /// What the roles that allow it come to.
    sources: BTreeSet<Content>,
}

/// Of objects that are meant, all but the names of single ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meant {
    Any,
    Own,
    Named,
}

/// Verbs, names or URLs, in order.
type Texts<'a> = BTreeSet<&'a str>;

/// Something that is done with resources or URLs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line<'a> {
    verbs: Texts<'a>,
    resources: BTreeSet<Resource<'a>>,
    urls: Texts<'a>,
    names: Texts<'a>,
    is_own: bool,
}

/// All changes of somebody, in order.
pub(super) fn changes<'a>(comparison: &mut Comparison<'a>, who: &Who, outcomes: &[Outcome<'a>]) -> Vec<Change> {
    let sides = |outcome| [(Side::New, outcome), (Side::Old, outcome)];
    let changes = outcomes.iter().flat_map(sides).flat_map(|it| one_way(comparison, who, it)).collect();
    folded_places(changes)
}

/// What is in one side of some places that are alike, and not in the other.
fn one_way<'a>(comparison: &mut Comparison<'a>, who: &Who, (side, outcome): (Side, &Outcome<'a>)) -> Vec<Change> {
    let all = match side {
        Side::New => &outcome.gained,
        Side::Old => &outcome.lost,
    };
    let mut lines: BTreeMap<Common<'a>, Vec<Gain<'a>>> = BTreeMap::new();
    for gain in all {
        let common = Common {
            narrower: gain.narrower.clone(),
            certainty: gain.certainty,
            sources: sources(comparison, who, (side, outcome), gain.piece),
        };
        lines.entry(common).or_default().push(gain.clone());
    }
    let mut changes = Vec::new();
    for (common, gains) in lines {
        changes.extend(folded(&gains).into_iter().map(|(line, piece)| {
            let grants = grants(comparison, who, (side, outcome), (&common, piece));
            change(side, outcome, &common, &line, grants)
        }));
    }
    changes
}

/// What those roles come to by which somebody has a permission, in the first of some places that are alike.
fn sources<'a>(
    comparison: &mut Comparison<'a>,
    who: &Who,
    (side, outcome): (Side, &Outcome<'a>),
    piece: Piece<'a>,
) -> BTreeSet<Content> {
    let scope = outcome.scopes.first().copied().flatten();
    let contents: BTreeSet<_> = comparison.side(side).of(who).held(scope).iter().map(|held| held.content).collect();
    let catalogs = comparison.catalogs;
    let mut allows = |content: &Content| {
        comparison.contents.pieces(*content, outcome.ground, catalogs).holds(piece, false).is_some()
    };
    contents.into_iter().filter(|content| allows(content)).collect()
}

/// Pieces with the same verbs together, then those with the same names, then those of all resources: each line with one of
/// its pieces.
fn folded<'a>(gains: &[Gain<'a>]) -> Vec<(Line<'a>, Piece<'a>)> {
    let mut verbs: BTreeMap<Object<'a>, Texts<'a>> = BTreeMap::new();
    for gain in gains {
        verbs.entry(gain.piece.object).or_default().insert(gain.piece.verb);
    }
    let mut names: BTreeMap<(Texts<'a>, Resource<'a>, Meant), Texts<'a>> = BTreeMap::new();
    let mut urls: BTreeMap<Texts<'a>, Texts<'a>> = BTreeMap::new();
    for (object, verbs) in verbs {
        match object {
            Object::Url(url) => {
                urls.entry(verbs).or_default().insert(url);
            }
            Object::Resource(resource, name) => {
                let (meant, name) = match name {
                    Name::Any => (Meant::Any, None),
                    Name::Own => (Meant::Own, None),
                    Name::One(name) => (Meant::Named, Some(name)),
                };
                names.entry((verbs, resource, meant)).or_default().extend(name);
            }
        }
    }
    let mut resources: BTreeMap<(Texts<'a>, Meant, Texts<'a>), BTreeSet<Resource<'a>>> = BTreeMap::new();
    for ((verbs, resource, meant), names) in names {
        resources.entry((verbs, meant, names)).or_default().insert(resource);
    }
    let of_resources = resources.into_iter().map(|((verbs, meant, names), resources)| Line {
        verbs,
        resources,
        names,
        is_own: meant == Meant::Own,
        urls: BTreeSet::new(),
    });
    let of_urls = urls.into_iter().map(|(verbs, urls)| Line { verbs, urls, ..Line::default() });
    of_resources.chain(of_urls).filter_map(|line| Some((line.clone(), line.first()?))).collect()
}

impl<'a> Line<'a> {
    /// One of its pieces.
    fn first(&self) -> Option<Piece<'a>> {
        let verb = self.verbs.first()?;
        let name = match self.names.first() {
            Some(name) => Name::One(name),
            None if self.is_own => Name::Own,
            None => Name::Any,
        };
        let object = match self.resources.first() {
            Some(resource) => Object::Resource(*resource, name),
            None => Object::Url(self.urls.first()?),
        };
        Some(Piece { object, verb })
    }
}

/// The grants by which somebody has what is in a line: those of one piece stand for all, since all come from the same roles.
fn grants<'a>(
    comparison: &Comparison<'a>,
    who: &Who,
    (side, outcome): (Side, &Outcome<'a>),
    (common, piece): (&Common<'a>, Piece<'a>),
) -> Vec<Grant> {
    let holdings = comparison.side(side);
    let policy = holdings.access.policy();
    let holder = holdings.of(who);
    let mut grants = Vec::new();
    for scope in &outcome.scopes {
        let wanted = as_rule(piece, *scope);
        for held in holder.held(*scope).iter().filter(|held| common.sources.contains(&held.content)) {
            let Some(binding) = policy.binding(held.binding) else { continue };
            let mut subjects = binding.subjects.iter();
            let is_meant = |subject| Who::of_binding(subject, *scope).as_ref() == Some(who);
            let subject = subjects.position(is_meant).unwrap_or(0);
            let rule = policy.rules_of(held.role).find(|rule| rule.rule.contains(&wanted));
            grants.extend(rule.map(|rule| Grant {
                binding: held.binding,
                subject,
                role: held.role,
                rule: rule.place,
                is_conditional: held.is_conditional || rule.is_conditional,
            }));
        }
    }
    grants
}

/// A rule that says what a piece says.
fn as_rule(piece: Piece<'_>, scope: Scope<'_>) -> Rule {
    let verbs = vec![piece.verb.to_owned()];
    match piece.object {
        Object::Url(url) => Rule { verbs, non_resource_urls: vec![url.to_owned()], ..Rule::default() },
        Object::Resource(resource, name) => {
            let name = match name {
                Name::Any => None,
                Name::One(name) => Some(name),
                Name::Own => scope,
            };
            Rule {
                verbs,
                api_groups: vec![resource.group.to_owned()],
                resources: vec![full_resource(resource.plural, resource.subresource)],
                resource_names: name.into_iter().map(str::to_owned).collect(),
                ..Rule::default()
            }
        }
    }
}

fn owned(texts: &BTreeSet<&str>) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn resource_name(resource: &Resource<'_>) -> ResourceName {
    let name = full_resource(resource.plural, resource.subresource);
    ResourceName { group: resource.group.to_owned(), resource: name }
}

fn change(side: Side, outcome: &Outcome<'_>, common: &Common<'_>, line: &Line<'_>, grants: Vec<Grant>) -> Change {
    let namespaces: Vec<_> = outcome.scopes.iter().flatten().map(|&namespace| namespace.to_owned()).collect();
    let kind = match (side, &common.narrower) {
        (Side::New, None) => Kind::Gained,
        (Side::New, Some(_)) => Kind::Widened,
        (Side::Old, Some(_)) => Kind::Narrowed,
        (Side::Old, None) => Kind::Lost,
    };
    let names = match (line.is_own, line.names.is_empty()) {
        (true, _) => Names::Own,
        (false, true) => Names::Any,
        (false, false) => Names::Only(owned(&line.names)),
    };
    Change {
        kind,
        place: if outcome.ground == Ground::Cluster { Where::Cluster } else { Where::Namespaces(namespaces) },
        what: Permission {
            verbs: owned(&line.verbs),
            resources: line.resources.iter().map(resource_name).collect(),
            urls: owned(&line.urls),
            names,
        },
        narrowed: common.narrower.as_ref().map(narrowed),
        is_conditional: common.certainty == Certainty::Conditional,
        grants,
    }
}

fn narrowed(narrower: &Narrower<'_>) -> Narrowed {
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    match narrower {
        Narrower::Conditional => Narrowed::Conditional,
        Narrower::Names(names) => {
            let single = names.iter().filter_map(|name| match name {
                Name::One(name) => Some((*name).to_owned()),
                Name::Any | Name::Own => None,
            });
            Narrowed::Names(if names.contains(&Name::Own) { Names::Own } else { Names::Only(single.collect()) })
        }
        Narrower::Verbs(verbs) => Narrowed::Verbs(owned(verbs)),
        Narrower::Resources(resources) => Narrowed::Resources(resources.iter().map(resource_name).collect()),
        Narrower::Urls(urls) => Narrowed::Urls(owned(urls)),
        Narrower::Namespaces(namespaces) => Narrowed::Namespaces(owned(namespaces)),
    }
}

/// Changes that are the same but for the namespaces, as one.
fn folded_places(changes: Vec<Change>) -> Vec<Change> {
    let mut by_rest: BTreeMap<_, Change> = BTreeMap::new();
    for change in changes {
        let (kind, is_conditional) = (change.kind, change.is_conditional);
        let is_everywhere = change.place == Where::Cluster;
        let rest = (kind, is_everywhere, change.what.clone(), change.narrowed.clone(), is_conditional);
        match by_rest.entry(rest) {
            Entry::Vacant(entry) => {
                entry.insert(change);
            }
            Entry::Occupied(mut entry) => entry.get_mut().join(change),
        }
    }
    let mut changes: Vec<_> = by_rest.into_values().collect();
    changes.sort_by(|one, other| one.order().cmp(&other.order()));
    changes
}
