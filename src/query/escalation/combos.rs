//! Which techniques somebody can use, and where: they hold all that it takes.

use std::collections::{BTreeMap, BTreeSet};

use super::holdings::{Holding, Holdings};
use super::technique::{Gives, Names, Technique};

/// A technique that somebody can use.
#[derive(Debug)]
pub(super) struct Combo<'a> {
    pub(super) technique: &'static Technique,
    /// Where; `None` for the whole cluster.
    pub(super) place: Option<&'a str>,
    /// For each need what fulfils it.
    pub(super) takes: Vec<Vec<Holding<'a>>>,
}

/// What a technique is over: all, or the object of a name.
#[derive(Debug)]
pub(super) struct Selected<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) takes: Vec<Vec<Holding<'a>>>,
}

/// The techniques that somebody can use by what they hold themselves, with what their groups hold.
pub(super) fn combos<'a>(
    techniques: &[&'static Technique],
    own: &Holdings<'a>,
    of_groups: &Holdings<'a>,
) -> Vec<Combo<'a>> {
    let none = Vec::new();
    let mut combos = Vec::new();
    for (number, own) in own {
        let Some(&technique) = techniques.get(*number) else { continue };
        let held: Vec<_> = own.iter().chain(of_groups.get(number).unwrap_or(&none)).copied().collect();
        for place in places(technique, own) {
            let takes: Vec<Vec<_>> = technique
                .needs
                .iter()
                .enumerate()
                .map(|(number, need)| {
                    let counting = held.iter().filter(|holding| holding.need == number && holding.counts(need, place));
                    counting.copied().collect()
                })
                .collect();
            if takes.iter().all(|any| !any.is_empty()) {
                combos.push(Combo { technique, place, takes });
            }
        }
    }
    combos
}

/// Where a technique may be used by what somebody holds.
fn places<'a>(technique: &Technique, own: &[Holding<'a>]) -> BTreeSet<Option<&'a str>> {
    if technique.is_of_cluster() {
        return BTreeSet::from([None]);
    }
    own.iter().map(|holding| holding.namespace).chain([None]).collect()
}

impl<'a> Combo<'a> {
    /// What it is over: all where nothing restricts it, or else one after the other.
    pub(super) fn selected(&self) -> Vec<Selected<'a>> {
        let selects: Vec<_> = self.technique.needs.iter().map(|need| need.names == Names::Select).collect();
        // Of bindings that are there, the names of bindings and those of roles are looked at one by one.
        if matches!(self.technique.gives, Gives::BoundClusterRoles | Gives::BoundRoles) || !selects.contains(&true) {
            return vec![Selected { name: None, takes: self.takes.clone() }];
        }
        let with = |name: Option<&'a str>| {
            let fits = |holding: &&Holding<'a>| {
                holding.names.is_empty() || name.is_some_and(|name| holding.names.iter().any(|it| it == name))
            };
            let takes: Vec<Vec<_>> = (self.takes.iter().zip(&selects))
                .map(|(any, selects)| any.iter().filter(|holding| !selects || fits(holding)).copied().collect())
                .collect();
            takes.iter().all(|any| !any.is_empty()).then_some(Selected { name, takes })
        };
        if let Some(all) = with(None) {
            return vec![all];
        }
        let held = self.takes.iter().zip(&selects).filter(|(_, selects)| **selects).flat_map(|(any, _)| any);
        let names: BTreeSet<_> = held.flat_map(|holding| holding.names).map(String::as_str).collect();
        names.into_iter().filter_map(|name| with(Some(name))).collect()
    }
}

/// What the groups of somebody hold, together.
pub(super) fn joined<'a>(all: impl Iterator<Item = Holdings<'a>>) -> Holdings<'a> {
    let mut joined: Holdings<'a> = BTreeMap::new();
    for (technique, holdings) in all.flatten() {
        joined.entry(technique).or_default().extend(holdings);
    }
    joined
}
