//! What somebody gains and loses between two sides, place by place.
//!
//! Places in which the same is held on both sides are looked at no further, and those that have changed alike are looked
//! at once: a group that is bound in ten thousand namespaces costs as much as one that is bound in one.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::contents::{Catalogs, Content, Contents, Ground};
use super::gains::{Gain, Layers, gains};
use super::holdings::{HeldSet, Holder, Holdings, Scope};
use super::piece::{Certainty, Piece, Pieces};
use crate::query::Who;

/// Two sides, and what roles come to on both.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    pub(super) contents: Contents<'a>,
    pub(super) catalogs: Catalogs<'a>,
    /// The old side, then the new one.
    pub(super) sides: [Holdings<'a>; 2],
    /// What groups hold, by side, name and place.
    of_groups: BTreeMap<(Side, String, Scope<'a>, Ground<'a>), Rc<Pieces<'a>>>,
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Old,
    New,
}

/// What somebody holds in one place on both sides: all that matters for what has changed there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Situation<'a> {
    own: [HeldSet; 2],
    of_groups: Vec<[HeldSet; 2]>,
    ground: Ground<'a>,
}

/// What has changed for somebody in some places alike.
#[derive(Debug)]
pub(super) struct Outcome<'a> {
    pub(super) scopes: Vec<Scope<'a>>,
    pub(super) gained: Vec<Gain<'a>>,
    pub(super) lost: Vec<Gain<'a>>,
    pub(super) ground: Ground<'a>,
    /// Whether rules have changed that are too large to be taken apart.
    pub(super) is_beyond: bool,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(contents: Contents<'a>, catalogs: Catalogs<'a>, sides: [Holdings<'a>; 2]) -> Self {
        Self { contents, catalogs, sides, of_groups: BTreeMap::new() }
    }

    /// All who are named by a binding on either side.
    pub(super) fn everybody(&self) -> BTreeSet<Who> {
        self.sides.iter().flat_map(Holdings::everybody).cloned().collect()
    }

    pub(super) fn side(&self, side: Side) -> &Holdings<'a> {
        let [old, new] = &self.sides;
        match side {
            Side::Old => old,
            Side::New => new,
        }
    }

    /// What has changed for somebody.
    pub(super) fn of(&mut self, who: &Who) -> Vec<Outcome<'a>> {
        let changed = self.changed_scopes(who);
        if changed.is_empty() {
            return Vec::new();
        }
        let groups: Vec<_> = who.identity().groups.into_iter().map(Who::Group).filter(|group| group != who).collect();
        let mut situations: BTreeMap<Situation<'a>, Vec<Scope<'a>>> = BTreeMap::new();
        for scope in changed {
            situations.entry(self.situation(who, &groups, scope)).or_default().push(scope);
        }
        let situations = situations.into_iter();
        situations.map(|(situation, scopes)| self.outcome(who, &groups, &situation, scopes)).collect()
    }

    /// The places in which somebody does not hold the same roles on both sides.
    fn changed_scopes(&self, who: &Who) -> Vec<Scope<'a>> {
        let [old, new] = self.sides.each_ref().map(|side| side.of(who));
        let scopes: BTreeSet<_> = old.scopes().chain(new.scopes()).collect();
        scopes.into_iter().filter(|scope| old.set(*scope) != new.set(*scope)).collect()
    }

    fn situation(&self, who: &Who, groups: &[Who], scope: Scope<'a>) -> Situation<'a> {
        let sets = |who: &Who, scope: Scope<'_>| self.sides.each_ref().map(|side| side.of(who).set(scope));
        let own = sets(who, scope);
        let of_groups: Vec<_> = groups.iter().map(|group| sets(group, scope)).collect();
        let ground = match scope {
            None => Ground::Cluster,
            Some(namespace) => {
                let of_cluster = std::iter::once(who).chain(groups).map(|who| sets(who, None));
                let all = of_cluster.chain(of_groups.iter().cloned()).chain([own.clone()]);
                let is_particular = all.flatten().flatten().any(|(content, _)| self.contents.names_namespaces(content));
                if is_particular { Ground::Particular(namespace) } else { Ground::Namespace }
            }
        };
        Situation { own, of_groups, ground }
    }

    fn outcome(&mut self, who: &Who, groups: &[Who], situation: &Situation<'a>, scopes: Vec<Scope<'a>>) -> Outcome<'a> {
        let scope = scopes.first().copied().flatten();
        let ground = situation.ground;
        let [old, new] = [Side::Old, Side::New].map(|side| self.layers(side, who, groups, (scope, ground)));
        let mut one_way = |from: &Layers<'a>, to: &Layers<'a>, side| {
            let mut elsewhere = None;
            gains(from, to, |piece| match ground {
                Ground::Cluster => {
                    let elsewhere = elsewhere.get_or_insert_with(|| self.by_content(side, who));
                    self.namespaces_of(elsewhere, piece)
                }
                Ground::Namespace | Ground::Particular(_) => Vec::new(),
            })
        };
        let gained = one_way(&old, &new, Side::Old);
        let lost = one_way(&new, &old, Side::New);
        let [large_old, large_new] = situation.own.each_ref().map(|set| {
            let large = set.iter().flat_map(|(content, is_conditional)| {
                self.contents.large(*content).map(move |rule| (rule, *is_conditional))
            });
            large.collect::<BTreeSet<_>>()
        });
        Outcome { scopes, gained, lost, ground, is_beyond: large_old != large_new }
    }

    fn layers(
        &mut self,
        side: Side,
        who: &Who,
        groups: &[Who],
        (scope, ground): (Scope<'a>, Ground<'a>),
    ) -> Layers<'a> {
        let holder = self.side(side).of(who);
        let (here, of_cluster) = (holder.set(scope), holder.set(None));
        let wider = if scope.is_none() { Rc::default() } else { self.merged(&of_cluster, Ground::Cluster) };
        let mut of_groups = Vec::new();
        for group in groups {
            of_groups.push(self.of_group(side, group, (None, Ground::Cluster)));
            if scope.is_some() {
                of_groups.push(self.of_group(side, group, (scope, ground)));
            }
        }
        of_groups.retain(|pieces| !pieces.is_empty());
        Layers { here: self.merged(&here, ground), wider, of_groups }
    }

    fn of_group(&mut self, side: Side, group: &Who, (scope, ground): (Scope<'a>, Ground<'a>)) -> Rc<Pieces<'a>> {
        let set = self.side(side).of(group).set(scope);
        if set.is_empty() {
            return Rc::default();
        }
        let key = (side, group.to_string(), scope, ground);
        if let Some(known) = self.of_groups.get(&key) {
            return Rc::clone(known);
        }
        let pieces = self.merged(&set, ground);
        self.of_groups.insert(key, Rc::clone(&pieces));
        pieces
    }

    /// All that roles come to together.
    fn merged(&mut self, set: &HeldSet, ground: Ground<'a>) -> Rc<Pieces<'a>> {
        if let [(content, false)] = set.as_slice() {
            return self.contents.pieces(*content, ground, self.catalogs);
        }
        let mut merged = Pieces::default();
        for (content, is_conditional) in set {
            let pieces = self.contents.pieces(*content, ground, self.catalogs);
            merged.extend(&pieces, Certainty::of(*is_conditional));
        }
        Rc::new(merged)
    }

    /// The namespaces in which somebody holds something, by what that is.
    fn by_content(&self, side: Side, who: &Who) -> BTreeMap<Content, BTreeSet<&'a str>> {
        let holder: &Holder<'a> = self.side(side).of(who);
        let mut by_content: BTreeMap<Content, BTreeSet<&'a str>> = BTreeMap::new();
        for namespace in holder.scopes().flatten() {
            for held in holder.held(Some(namespace)) {
                by_content.entry(held.content).or_default().insert(namespace);
            }
        }
        by_content
    }

    /// The namespaces of those in which somebody holds this very permission.
    fn namespaces_of(&mut self, held: &BTreeMap<Content, BTreeSet<&'a str>>, piece: Piece<'a>) -> Vec<&'a str> {
        let mut namespaces = BTreeSet::new();
        for (content, of_content) in held {
            if self.contents.pieces(*content, Ground::Namespace, self.catalogs).has(piece) {
                namespaces.extend(of_content);
            }
        }
        namespaces.into_iter().collect()
    }
}
