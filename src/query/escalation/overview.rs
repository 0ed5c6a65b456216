//! Everybody who comes to more than they were given, what is alike told once.

use std::collections::{BTreeMap, BTreeSet};

use super::proof::{How, Proof};
use super::search::{self, Distances, Terms, is_held};
use super::sink::{SYSTEM, Sink};
use super::state::State;
use super::web::Node;
use super::{Certainty, Cut, Escalations};
use crate::query::{Access, Who};
use crate::rbac::Grant;

/// Everybody who comes to more than they were given.
#[derive(Debug)]
pub struct Overview {
    /// By what they come to, the gravest first.
    pub sections: Vec<Section>,
    /// Who is there already.
    pub already: Vec<Already>,
}

/// Everybody who comes to one thing, or to the same thing in one namespace or another.
#[derive(Debug)]
pub struct Section {
    /// What they come to.
    pub reach: Reach,
    /// Those who do so in the same way together, the surest first.
    pub alike: Vec<Alike>,
    /// The least that has to go so that nobody does; `None` where nothing helps, or where it is not looked for.
    pub cut: Option<Cut>,
}

/// What one comes to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// This.
    One(Sink),
    /// To be the admin of a namespace.
    NamespaceAdmins,
    /// To act as any ServiceAccount of a namespace in which one has rights.
    NamespaceAccounts,
}

/// Somebody, with what they come to.
pub type Going = (Who, Sink);

/// Those who come to the same in the same way, by the same role.
#[derive(Debug)]
pub struct Alike {
    /// How the first of them does.
    pub proof: Proof,
    /// Who.
    pub going: Vec<Going>,
}

/// Somebody who is there already.
#[derive(Debug, PartialEq, Eq)]
pub struct Already {
    /// Who.
    pub who: Who,
    /// Where.
    pub sink: Sink,
    /// The grants by which they are; none for `system:masters`.
    pub grants: Vec<Grant>,
}

/// What is told.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The only thing that is asked about; `None` for all.
    pub sink: Option<Sink>,
    /// Nothing less sure than this.
    pub certainty: Certainty,
    /// Whether those are told of whom only the default policy of Kubernetes names.
    pub with_system: bool,
}

const OF_CLUSTER: [Sink; 4] = [Sink::ClusterAdmin, Sink::Nodes, Sink::KubeSystemAccounts, Sink::KubeSystemSecrets];

/// What has to go so that none of some people come to something.
type Cutter<'c> = &'c dyn Fn(&[Who], &Sink) -> Option<Cut>;

/// Tells everybody who comes to more than they were given.
pub fn overview(escalations: &Escalations<'_>, wanted: &Wanted) -> Overview {
    with_cuts(escalations, wanted, &|going, sink| escalations.cut_all(going, sink, wanted.certainty))
}

/// Everybody who comes to more than they were given, with what they come to: without a look at what could be done about it.
pub fn goings(escalations: &Escalations<'_>, wanted: &Wanted) -> BTreeSet<Going> {
    let sections = with_cuts(escalations, wanted, &|_, _| None).sections;
    sections.into_iter().flat_map(|section| section.alike).flat_map(|alike| alike.going).collect()
}

fn with_cuts(escalations: &Escalations<'_>, wanted: &Wanted, cut: Cutter<'_>) -> Overview {
    let starts = escalations.subjects(wanted.with_system);
    let mut overview = Overview { sections: Vec::new(), already: Vec::new() };
    let sinks = wanted.sink.as_ref().map_or(OF_CLUSTER.as_slice(), std::slice::from_ref);
    // Who comes to be cluster-admin comes to everything, as surely.
    let mut told: BTreeMap<Who, Certainty> = BTreeMap::new();
    for sink in sinks {
        let Some(section) = section(escalations, (sink, wanted, cut), &starts, &mut overview.already, &mut told) else {
            continue;
        };
        overview.sections.push(section);
    }
    if wanted.sink.is_none() {
        let rest: BTreeSet<_> = starts.iter().filter(|who| told.get(who) != Some(&Certainty::Certain)).collect();
        overview.sections.extend(in_namespaces(escalations, wanted, &rest));
    }
    overview.sections.retain(|section| !section.alike.is_empty());
    overview
}

/// Everybody who comes to one thing. Who comes to be cluster-admin as surely is not told of again.
fn section(
    escalations: &Escalations<'_>,
    (sink, wanted, cut): (&Sink, &Wanted, Cutter<'_>),
    starts: &[Who],
    already: &mut Vec<Already>,
    told: &mut BTreeMap<Who, Certainty>,
) -> Option<Section> {
    let toward = escalations.toward(sink)?;
    let mut found = Found::default();
    let mut going = Vec::new();
    for who in starts {
        let as_admin = told.get(who).copied();
        if as_admin.is_none()
            && let Some(grants) = escalations.holds(who, sink)
        {
            already.push(Already { who: who.clone(), sink: sink.clone(), grants });
            told.insert(who.clone(), Certainty::Certain);
            continue;
        }
        let is_wanted = |certainty| certainty <= wanted.certainty && as_admin.is_none_or(|known| certainty < known);
        let Some(proof) = toward.proof(who).filter(|proof| is_wanted(proof.certainty())) else { continue };
        if *sink == Sink::ClusterAdmin {
            told.insert(who.clone(), proof.certainty());
        }
        if !is_told_of_its_group(&proof, starts) {
            found.add(escalations.access(), proof, (who.clone(), sink.clone()));
        }
        going.push(who.clone());
    }
    let cut = cut(&going, sink);
    Some(Section { reach: Reach::One(sink.clone()), alike: found.settle(), cut })
}

/// Whether it is so because of a group that is told of itself.
fn is_told_of_its_group(proof: &Proof, starts: &[Who]) -> bool {
    let first = proof.steps.first().filter(|step| step.how == How::Member);
    first.is_some_and(|step| matches!(&step.to, State::Subject(group) if starts.binary_search(group).is_ok()))
}

/// Those who come to something in a namespace or another without coming to it in all of them.
fn in_namespaces(escalations: &Escalations<'_>, wanted: &Wanted, rest: &BTreeSet<&Who>) -> Vec<Section> {
    let (mut admins, mut accounts) = (Found::default(), Found::default());
    let bound = namespaces_with_rights(escalations);
    for (state, node) in escalations.web.states() {
        let (found, sink) = match state.sink() {
            Some(sink @ Sink::NamespaceAdmin(_)) => (&mut admins, sink),
            Some(sink @ Sink::NamespaceAccounts(_)) => (&mut accounts, sink),
            _ => continue,
        };
        let is_worth = |who: &Who| match &sink {
            Sink::NamespaceAccounts(namespace) => {
                bound.get(namespace.as_str()).is_some_and(|there| there.iter().any(|other| other != who))
            }
            _ => true,
        };
        let distances = search::backward(&escalations.web, node, Terms::local(wanted.certainty));
        let going = subjects_in(escalations, &distances).filter(|(who, _)| rest.contains(who) && is_worth(who));
        for (who, from) in going {
            let ways = search::ways_on(&escalations.web, &distances, from);
            if !ways.iter().all(|way| is_held(way)) {
                found.add(escalations.access(), Proof::new(&escalations.web, &ways), (who.clone(), sink.clone()));
            }
        }
    }
    [(Reach::NamespaceAdmins, admins), (Reach::NamespaceAccounts, accounts)]
        .map(|(reach, found)| Section { reach, alike: found.settle(), cut: None })
        .into()
}

/// Those from where a search began.
fn subjects_in<'e, 'd, 'a>(
    escalations: &'e Escalations<'a>,
    distances: &'d Distances,
) -> impl Iterator<Item = (&'e Who, Node)> + use<'e, 'd, 'a> {
    let states = distances.nodes().filter_map(|node| Some((escalations.web.state(node)?, node)));
    states.filter_map(|(state, node)| match state {
        State::Subject(who) => Some((who, node)),
        _ => None,
    })
}

/// The ServiceAccounts of each namespace that hold anything.
fn namespaces_with_rights<'a>(escalations: &Escalations<'a>) -> BTreeMap<&'a str, Vec<Who>> {
    let mut bound: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (namespace, name, account) in escalations.access().known().service_accounts() {
        if account.is_bound && namespace != SYSTEM {
            let who = Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() };
            bound.entry(namespace).or_default().push(who);
        }
    }
    bound
}

/// What makes two ways alike, from the surest and shortest on: what is done, and by which role, whatever its namespace.
type Kind = (Certainty, usize, Vec<&'static str>, Option<(&'static str, String)>);

#[derive(Default)]
struct Found(BTreeMap<Kind, Alike>);

impl Found {
    fn add(&mut self, access: &Access, proof: Proof, going: Going) {
        let grant = proof.steps.iter().flat_map(|step| &step.grants).next();
        // What depends on the environment is told in short, so that the role does not matter.
        let grant = grant.filter(|_| proof.certainty() != Certainty::Environment);
        let role = grant.and_then(|grant| access.policy().role(grant.role));
        let role = role.map(|role| (role.kind(), role.name.clone()));
        let deeds = proof.techniques().map(|technique| technique.deed).collect();
        let kind = (proof.certainty(), proof.length(), deeds, role);
        self.0.entry(kind).or_insert_with(|| Alike { proof, going: Vec::new() }).going.push(going);
    }

    fn settle(self) -> Vec<Alike> {
        self.0.into_values().collect()
    }
}
