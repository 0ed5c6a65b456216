//! Which techniques somebody can use, and where: they hold all that it takes.

use std::collections::{BTreeMap, BTreeSet};

use super::holdings::{Holding, Settled};
use super::technique::{Gives, Names, Need, Technique};
use super::web::Support;

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

/// The techniques that somebody can use by what they hold, themselves and by their groups. What a single group holds is
/// done by the group.
pub(super) fn combos<'a>(techniques: &[&'static Technique], settled: &Settled<'a>) -> Vec<Combo<'a>> {
    let mut combos = Vec::new();
    for (number, held) in settled.iter().filter(|(_, held)| !is_of_one_group(held)) {
        let Some(&technique) = techniques.get(*number) else { continue };
        for place in places(technique, held) {
            let fulfils = |(number, need): (usize, &Need)| {
                let counting = held.iter().filter(|holding| holding.need == number && holding.counts(need, place));
                alternatives(&counting.copied().collect::<Vec<_>>())
            };
            let all = technique.needs.iter().enumerate().map(fulfils);
            combos.extend(one_of_each(all).into_iter().map(|takes| Combo { technique, place, takes }));
        }
    }
    combos
}

fn is_of_one_group(held: &[Holding<'_>]) -> bool {
    let first = held.first().map_or(0, |holding| holding.source);
    first != 0 && held.iter().all(|holding| holding.source == first)
}

/// What fulfils a need: all that does so in the same way, of which any is enough, or what has to be held with something
/// else, one by one.
fn alternatives<'a>(counting: &[Holding<'a>]) -> Vec<Vec<Holding<'a>>> {
    let mut plain: BTreeMap<&str, Vec<Holding<'a>>> = BTreeMap::new();
    let mut all = Vec::new();
    for holding in counting {
        match holding.with {
            None => plain.entry(holding.caveat).or_default().push(*holding),
            Some(_) => all.push(vec![*holding]),
        }
    }
    plain.into_values().chain(all).collect()
}

/// All ways to take one of each.
fn one_of_each<T: Clone>(all: impl Iterator<Item = Vec<T>>) -> Vec<Vec<T>> {
    all.fold(vec![Vec::new()], |taken, next| {
        let with = |taken: &Vec<T>, one: &T| taken.iter().chain([one]).cloned().collect();
        taken.iter().flat_map(|taken| next.iter().map(move |one| with(taken, one))).collect()
    })
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
            let fits = |need: &Need, holding: &&Holding<'a>| {
                // A request that makes something says no name, unless it is one that makes what is not there.
                let is_of_any = holding.names.is_empty() && (name.is_none() || !need.creates());
                let is_meant = || name.is_some_and(|name| holding.names.iter().any(|it| it == name));
                need.names != Names::Select || is_of_any || is_meant()
            };
            let needs = self.takes.iter().zip(self.technique.needs);
            let takes: Vec<Vec<_>> =
                needs.map(|(any, need)| any.iter().filter(|it| fits(need, it)).copied().collect()).collect();
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

impl Selected<'_> {
    /// The supports that it takes, one of each.
    pub(super) fn supports(&self) -> Vec<Vec<Support>> {
        let any = |any: &Vec<Holding<'_>>| any.iter().map(|holding| holding.support).collect();
        let with = self.takes.iter().flatten().filter_map(|holding| holding.with);
        self.takes.iter().map(any).chain(with.map(|with| vec![with])).collect()
    }

    /// What it depends on besides the technique; empty where that is nothing.
    pub(super) fn caveat(&self) -> &'static str {
        self.takes.iter().flatten().map(|holding| holding.caveat).find(|caveat| !caveat.is_empty()).unwrap_or_default()
    }
}
