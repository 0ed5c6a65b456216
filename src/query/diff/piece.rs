//! Single permissions without their place, and which of them contain others.
//!
//! A piece has one verb and one object: a URL, or a resource of an API group with at most one name. Where it counts is
//! not said here: the same pieces count in many namespaces.

use std::collections::BTreeMap;

use crate::rbac::{ALL, url_covers};

/// Which objects of a resource are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Name<'a> {
    /// All of them.
    Any,
    /// The one of this name.
    One(&'a str),
    /// The namespace in which the permission counts: all that a RoleBinding reaches of namespaces themselves.
    Own,
}

/// A resource of an API group, as a rule names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Resource<'a> {
    /// Empty for the core group, `*` for all.
    pub(super) group: &'a str,
    /// Such as `pods`, `*` for all.
    pub(super) plural: &'a str,
    /// Such as `exec`, empty where none is meant; empty with the plural `*` for all, too.
    pub(super) subresource: &'a str,
}

/// What something is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Object<'a> {
    Resource(Resource<'a>, Name<'a>),
    Url(&'a str),
}

/// A single permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Piece<'a> {
    pub(super) object: Object<'a>,
    pub(super) verb: &'a str,
}

/// Whether something is held for certain, or only if one of several differing definitions holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Certainty {
    Conditional,
    Certain,
}

impl Certainty {
    pub(super) fn of(is_conditional: bool) -> Self {
        if is_conditional { Self::Conditional } else { Self::Certain }
    }
}

impl<'a> Resource<'a> {
    /// The entry of a rule's `resources`, in one of its groups.
    pub(super) fn new(group: &'a str, entry: &'a str) -> Self {
        let (plural, subresource) = entry.split_once('/').unwrap_or((entry, ""));
        Self { group, plural, subresource }
    }

    /// Whether this is wider than a single resource.
    pub(super) fn is_wild(self) -> bool {
        self.group == ALL || self.plural == ALL
    }

    /// Whether all of another resource is in this one.
    pub(super) fn contains(self, other: Self) -> bool {
        other.wider().any(|wider| wider == self)
    }

    /// Everything that contains this resource, itself first.
    fn wider(self) -> impl Iterator<Item = Self> {
        let groups = [Some(self.group), (self.group != ALL).then_some(ALL)].into_iter().flatten();
        groups.flat_map(move |group| {
            let same = Self { group, ..self };
            let is_all = self.plural == ALL && self.subresource.is_empty();
            let of_any = (self.plural != ALL && !self.subresource.is_empty()).then_some(Self { plural: ALL, ..same });
            let all = (!is_all).then_some(Self { group, plural: ALL, subresource: "" });
            [Some(same), of_any, all].into_iter().flatten()
        })
    }
}

/// Pieces that somebody has in one place, each with how certain it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces<'a> {
    pieces: BTreeMap<Piece<'a>, Certainty>,
    /// The URLs that end in `*`.
    url_patterns: Vec<&'a str>,
}

impl<'a> Pieces<'a> {
    pub(super) fn add(&mut self, piece: Piece<'a>, certainty: Certainty) {
        if let Object::Url(url) = piece.object
            && url.ends_with(ALL)
            && !self.url_patterns.contains(&url)
        {
            self.url_patterns.push(url);
        }
        let known = self.pieces.entry(piece).or_insert(certainty);
        *known = (*known).max(certainty);
    }

    /// Takes in other pieces, of which none is more certain than the way to them.
    pub(super) fn extend(&mut self, others: &Self, at_most: Certainty) {
        for (piece, certainty) in others.iter() {
            self.add(piece, certainty.min(at_most));
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Piece<'a>, Certainty)> {
        self.pieces.iter().map(|(piece, certainty)| (*piece, *certainty))
    }

    /// Whether this very piece is among these.
    pub(super) fn has(&self, piece: Piece<'a>) -> bool {
        self.pieces.contains_key(&piece)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// How certainly everything in a piece is held; `None` where it is not. With `is_strict`, the piece itself counts
    /// for nothing, only what is wider.
    pub(super) fn holds(&self, piece: Piece<'_>, is_strict: bool) -> Option<Certainty> {
        if self.pieces.is_empty() {
            return None;
        }
        match piece.object {
            Object::Resource(resource, name) => self.holds_resource(piece, resource, name, is_strict),
            Object::Url(url) => self.holds_url(piece, url, is_strict),
        }
    }

    fn holds_resource(
        &self,
        piece: Piece<'_>,
        resource: Resource<'_>,
        name: Name<'_>,
        is_strict: bool,
    ) -> Option<Certainty> {
        let names = [Some(name), (name != Name::Any).then_some(Name::Any)];
        let objects = resource
            .wider()
            .flat_map(|resource| names.into_iter().flatten().map(move |name| Object::Resource(resource, name)));
        objects.filter_map(|object| self.with_verb(piece, object, is_strict)).max()
    }

    fn holds_url(&self, piece: Piece<'_>, url: &str, is_strict: bool) -> Option<Certainty> {
        let same = self.with_verb(piece, piece.object, is_strict);
        let wider = self.url_patterns.iter().filter(|entry| **entry != url && url_covers(entry, url));
        let wider = wider.filter(|entry| !is_strict || !url_covers(url, entry));
        wider.filter_map(|entry| self.with_verb(piece, Object::Url(entry), is_strict)).chain(same).max()
    }

    /// How certainly an object is held with the verb of a piece, or with every verb.
    fn with_verb(&self, piece: Piece<'_>, object: Object<'_>, is_strict: bool) -> Option<Certainty> {
        let get = |verb| self.pieces.get(&Piece { object, verb }).copied();
        let same = if is_strict && object == piece.object { None } else { get(piece.verb) };
        let every = if piece.verb == ALL { None } else { get(ALL) };
        same.max(every)
    }
}
