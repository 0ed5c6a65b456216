//! What somebody has on one side and not on the other, permission by permission.

use std::rc::Rc;

use super::piece::{Certainty, Name, Object, Piece, Pieces, Resource};
use crate::rbac::{ALL, url_covers};

/// All that counts for somebody in one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers<'a> {
    /// What their own bindings come to in that place.
    pub(super) here: Rc<Pieces<'a>>,
    /// What their own bindings come to in the whole cluster; nothing where that is the place.
    pub(super) wider: Rc<Pieces<'a>>,
    /// What the bindings of their groups come to, here and in the whole cluster.
    pub(super) of_groups: Vec<Rc<Pieces<'a>>>,
}

impl Layers<'_> {
    /// Whether a permission that is held here ever allows anything. What is created has no name when it is asked for, but
    /// where an update or a patch of what is not there creates it; and what is deleted all at once has none at all.
    fn counts(&self, piece: Piece<'_>) -> bool {
        let Object::Resource(resource, Name::One(_)) = piece.object else { return true };
        // The request for a subresource names the object that it is of.
        if !resource.subresource.is_empty() || resource.plural == ALL {
            return true;
        }
        let holds = |verb| self.holds(Piece { verb, ..piece }).is_some();
        match piece.verb {
            "create" => holds("update") || holds("patch"),
            "deletecollection" => false,
            _ => true,
        }
    }

    /// How certainly a permission is held here.
    fn holds(&self, piece: Piece<'_>) -> Option<Certainty> {
        let all = [&self.here, &self.wider].into_iter().chain(&self.of_groups);
        all.filter_map(|pieces| pieces.holds(piece, false)).max()
    }

    /// How certainly bindings of their own allow something wider.
    fn holds_wider(&self, piece: Piece<'_>) -> Option<Certainty> {
        self.here.holds(piece, true).max(self.wider.holds(piece, false))
    }
}

/// A permission that is held on one side and not on the other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gain<'a> {
    pub(super) piece: Piece<'a>,
    pub(super) certainty: Certainty,
    /// What is held of it on the other side, where it differs in one respect alone.
    pub(super) narrower: Option<Narrower<'a>>,
}

/// What is held of something, in the one respect in which that is wider.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Narrower<'a> {
    /// All of it, if one of several differing definitions holds.
    Conditional,
    /// Of all objects, these.
    Names(Vec<Name<'a>>),
    /// Of all verbs, these.
    Verbs(Vec<&'a str>),
    /// Of many resources, these.
    Resources(Vec<Resource<'a>>),
    /// Of many URLs, these.
    Urls(Vec<&'a str>),
    /// Of the whole cluster, these namespaces.
    Namespaces(Vec<&'a str>),
}

/// What one side holds and the other does not. What something wider contains that is held by the same right is left out.
///
/// `in_namespaces` tells the namespaces in which the other side holds a permission, where the place is the whole cluster.
pub(super) fn gains<'a>(
    from: &Layers<'a>,
    to: &Layers<'a>,
    mut in_namespaces: impl FnMut(Piece<'a>) -> Vec<&'a str>,
) -> Vec<Gain<'a>> {
    let named = from.here.iter().map(|(piece, _)| piece).filter(|piece| is_named(piece) && from.counts(*piece));
    let named: Vec<_> = named.collect();
    let mut gains = Vec::new();
    for (piece, certainty) in to.here.iter().filter(|(piece, _)| to.counts(*piece)) {
        let before = from.holds(piece).filter(|_| from.counts(piece));
        if before >= Some(certainty) || to.holds_wider(piece) >= Some(certainty) {
            continue;
        }
        let narrower = match before {
            Some(_) => Some(Narrower::Conditional),
            None => narrower(piece, &from.here, &named).or_else(|| {
                let namespaces = in_namespaces(piece);
                (!namespaces.is_empty()).then_some(Narrower::Namespaces(namespaces))
            }),
        };
        gains.push(Gain { piece, certainty, narrower });
    }
    gains
}

fn is_named(piece: &Piece<'_>) -> bool {
    matches!(piece.object, Object::Resource(_, Name::One(_) | Name::Own))
}

/// What of a permission is among others, where these differ from it in one respect alone: the same in all of them.
fn narrower<'a>(piece: Piece<'a>, held: &Pieces<'a>, named: &[Piece<'a>]) -> Option<Narrower<'a>> {
    let all = || held.iter().map(|(piece, _)| piece);
    if let Object::Resource(resource, Name::Any) = piece.object {
        let names = named.iter().filter(|other| other.verb == piece.verb).filter_map(|other| match other.object {
            Object::Resource(same, name) if same == resource => Some(name),
            _ => None,
        });
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            return Some(Narrower::Names(names));
        }
    }
    if piece.verb == ALL {
        let verbs: Vec<_> = all().filter(|other| other.object == piece.object).map(|other| other.verb).collect();
        if !verbs.is_empty() {
            return Some(Narrower::Verbs(verbs));
        }
    }
    let same_verb = || all().filter(|other| other.verb == piece.verb && other.object != piece.object);
    match piece.object {
        Object::Resource(resource, name) if resource.is_wild() => {
            let resources = same_verb().filter_map(|other| match other.object {
                Object::Resource(narrower, same) if same == name && resource.contains(narrower) => Some(narrower),
                _ => None,
            });
            let resources: Vec<_> = resources.collect();
            (!resources.is_empty()).then_some(Narrower::Resources(resources))
        }
        Object::Url(url) if url.ends_with(ALL) => {
            let urls = same_verb().filter_map(|other| match other.object {
                Object::Url(narrower) if url_covers(url, narrower) => Some(narrower),
                _ => None,
            });
            let urls: Vec<_> = urls.collect();
            (!urls.is_empty()).then_some(Narrower::Urls(urls))
        }
        _ => None,
    }
}
