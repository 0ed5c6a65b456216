//! What permissions add up to: who may come to more than they were given, by which steps.
//!
//! What is known to be done with permissions is data, in `techniques`. From it and from the policy a web is woven of
//! states and of ways between them ([`State`], [`ProofStep`]): identities that come at once, such as any ServiceAccount of a
//! namespace, are one state, so that the web grows with what was read and not with the pairs of it. Every question is a
//! search through the web.
//!
//! What is looked at with one request has to be held by one identity, with the groups that it is in. What is done by several
//! requests may be done by two identities, where one becomes the other: `threads` follows what is kept on the way.

mod around;
mod carried;
mod combos;
mod cut;
mod deeds;
mod gains;
mod holdings;
mod individual;
mod overview;
mod people;
mod proof;
mod search;
mod sink;
mod state;
mod technique;
mod techniques;
mod there;
mod threads;
mod ways;
mod weave;
mod web;

pub use cut::{Cut, Removal};
pub use deeds::{Deed, Words};
pub use individual::{Goal, Individual, individual};
pub use overview::{Alike, Already, Going, Overview, Reach, Section, Wanted, goings, overview};
pub use proof::{How, Proof, ProofStep};
pub use sink::{HOW_TO_NAME_A_SINK, Sink};
pub use state::{Place, State, Thread, Written};
pub use technique::{Certainty, Gives, Held, Names, Need, Technique};
pub use techniques::all as techniques;
pub use ways::{EscalationWay, ways};

use std::cell::Cell;
use std::collections::BTreeMap;

use super::{Access, Who};
use crate::rbac::{Grant, MASTERS};
use cut::Errand;
use search::{Distances, Kind, Terms};
use web::{Node, Web};

/// Who may come to what, for all subjects of a read set.
#[derive(Debug)]
pub struct Escalations<'a> {
    access: &'a Access,
    web: Web,
}

/// Where everybody stands who may come to one thing: searched for once for all of them.
#[derive(Debug)]
pub struct Toward<'e> {
    web: &'e Web,
    escalations: &'e Escalations<'e>,
    distances: Distances,
}

impl<'a> Escalations<'a> {
    /// Works out what every permission leads to.
    pub fn of(access: &'a Access) -> Self {
        Self { access, web: weave::weave(access) }
    }

    /// What was read.
    pub fn access(&self) -> &'a Access {
        self.access
    }

    /// Who is told of by default: everybody whom a binding of the read set names, and the ServiceAccounts of the read set
    /// and of its workloads.
    pub fn starts(&self) -> Vec<Who> {
        self.subjects(false)
    }

    /// The same, and where it is asked for those whom only the default policy of Kubernetes names.
    pub fn subjects(&self, with_system: bool) -> Vec<Who> {
        let known = self.access.known();
        let policy = self.access.policy();
        let own = policy.bindings().filter(|(id, _)| with_system || self.access.binding_object(*id).is_some());
        let bound = own.flat_map(|(_, binding)| Who::all_of_binding(binding));
        let accounts = known.service_accounts().filter(|(_, _, it)| it.is_defined || !it.workloads.is_empty());
        let accounts = accounts
            .map(|(namespace, name, _)| Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() });
        let mut starts: Vec<_> = bound.chain(accounts).filter(|who| *who != masters()).collect();
        starts.sort();
        starts.dedup();
        starts
    }

    /// All that somebody may come to beyond what they hold, the gravest first, each with how sure it is. Nothing is told
    /// that is in something else which is as sure: in being cluster-admin, or any ServiceAccount of a namespace.
    pub fn reached_with(&self, who: &Who) -> Vec<(Sink, Certainty)> {
        let from = self.nodes_of(who);
        let held = search::forward(&self.web, &from, Terms::held());
        let mut reached: BTreeMap<Sink, Certainty> = BTreeMap::new();
        let distances = search::forward(&self.web, &from, Terms::of(Certainty::Environment));
        for node in distances.nodes().filter(|node| !held.is_reached(*node)) {
            let sink = self.web.state(node).and_then(State::sink);
            if let Some((sink, distance)) = sink.zip(distances.distance(node)) {
                reached.insert(sink, distance.certainty());
            }
        }
        let own = State::Subject(who.clone()).sink();
        let is_told = |(sink, certainty): (&Sink, Certainty)| {
            let wider = sink::wider(sink).into_iter().filter_map(|wider| reached.get(&wider));
            Some(sink) != own.as_ref() && wider.min().is_none_or(|wider| certainty < *wider)
        };
        let told = reached.iter().filter(|(sink, certainty)| is_told((sink, **certainty)));
        told.map(|(sink, certainty)| (sink.clone(), *certainty)).collect()
    }

    /// All that somebody may come to beyond what they hold, the gravest first.
    pub fn reached(&self, who: &Who) -> Vec<Sink> {
        self.reached_with(who).into_iter().map(|(sink, _)| sink).collect()
    }

    /// The surest way of somebody to something, and of those the shortest; `None` where there is none, or where they hold
    /// it already.
    pub fn proof(&self, who: &Who, sink: &Sink) -> Option<Proof> {
        self.toward(sink)?.proof(who)
    }

    /// Looks for everybody who may come to something; `None` where nobody does.
    pub fn toward(&self, sink: &Sink) -> Option<Toward<'_>> {
        let to = self.web.find(&State::of_sink(sink))?;
        let distances = search::backward(&self.web, to, Terms::of(Certainty::Environment));
        Some(Toward { web: &self.web, escalations: self, distances })
    }

    /// The grants by which somebody holds something outright, without anything to be done for it; `None` where they do not.
    /// A member of `system:masters` needs no grant.
    pub fn holds(&self, who: &Who, sink: &Sink) -> Option<Vec<Grant>> {
        let to = self.web.find(&State::of_sink(sink))?;
        let toward = search::forward(&self.web, &self.nodes_of(who), Terms::held());
        let grants = || Proof::new(&self.web, &search::ways_to(&self.web, &toward, to)).steps.into_iter();
        toward.is_reached(to).then(|| grants().flat_map(|step| step.grants).collect())
    }

    /// The least that has to go so that somebody does not come to something any more; `None` where they do not, or where
    /// nothing helps that was read.
    pub fn cut(&self, who: &Who, sink: &Sink) -> Option<Cut> {
        self.cut_all(std::slice::from_ref(who), sink, Certainty::Environment)
    }

    /// The same for everybody of these at once, and only for ways that are as sure as that or surer.
    pub fn cut_all(&self, all: &[Who], sink: &Sink, certainty: Certainty) -> Option<Cut> {
        self.cut_errands(vec![self.errand(all, sink)?], certainty, Kind::Any)
    }

    /// The same for each of these where it goes, by ways of some kind.
    fn cut_goings(&self, all: &[Going], certainty: Certainty, kind: Kind) -> Option<Cut> {
        let mut by_sink: BTreeMap<&Sink, Vec<Who>> = BTreeMap::new();
        for (who, sink) in all {
            by_sink.entry(sink).or_default().push(who.clone());
        }
        let errands = by_sink.into_iter().filter_map(|(sink, all)| self.errand(&all, sink));
        self.cut_errands(errands.collect(), certainty, kind)
    }

    fn errand(&self, all: &[Who], sink: &Sink) -> Option<Errand> {
        let from = all.iter().flat_map(|who| self.nodes_of(who)).collect();
        Some(Errand { from, to: self.web.find(&State::of_sink(sink))? })
    }

    fn cut_errands(&self, errands: Vec<Errand>, certainty: Certainty, kind: Kind) -> Option<Cut> {
        let can_go = |removal: &Removal| match removal {
            Removal::Rule(rule) => self.access.rule_places(*rule).is_some(),
            Removal::Binding(binding) => self.access.binding_object(*binding).is_some(),
        };
        let (web, looks) = (&self.web, Cell::new(0));
        cut::Question { web, errands, certainty, kind, can_go: &can_go, takes_all: false, looks }.cut()
    }

    /// The states in which somebody begins: of one who is nowhere named, those of the groups that everybody is in.
    fn nodes_of(&self, who: &Who) -> Vec<Node> {
        let own = self.web.find(&State::Subject(who.clone()));
        let groups = || who.identity().groups.into_iter().map(|group| State::Subject(Who::Group(group)));
        match own {
            Some(own) => vec![own],
            None => groups().filter_map(|group| self.web.find(&group)).collect(),
        }
    }
}

impl Toward<'_> {
    /// The surest way of somebody, and of those the shortest; `None` where there is none, or where they are there already.
    pub fn proof(&self, who: &Who) -> Option<Proof> {
        let nodes = self.escalations.nodes_of(who);
        let nearest = nodes.iter().filter(|node| self.distances.is_reached(**node));
        let nearest = *nearest.min_by_key(|node| self.distances.distance(**node))?;
        let ways = search::ways_on(self.web, &self.distances, nearest);
        let is_held = ways.iter().all(|way| search::is_held(way));
        (!is_held).then(|| Proof::new(self.web, &ways))
    }
}

fn masters() -> Who {
    Who::Group(MASTERS.to_owned())
}
