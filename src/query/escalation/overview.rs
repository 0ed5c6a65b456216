//! Everybody who comes to more than they were given, what is alike told once.

use std::collections::{BTreeMap, BTreeSet};

use super::proof::{How, Proof};
use super::search::{self, Distances, Kind, Terms, is_held};
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

pub(super) const OF_CLUSTER: [Sink; 4] =
    [Sink::ClusterAdmin, Sink::Nodes, Sink::KubeSystemAccounts, Sink::KubeSystemSecrets];

/// What has to go so that none of some people come to where they go.
type Cutter<'c> = &'c dyn Fn(&[Going], Kind) -> Option<Cut>;

/// Tells everybody who comes to more than they were given.
pub fn overview(escalations: &Escalations<'_>, wanted: &Wanted) -> Overview {
    with_cuts(escalations, wanted, &|going, kind| escalations.cut_goings(going, wanted.certainty, kind))
}

/// Everybody who comes to more than they were given, with what they come to: without a look at what could be done about it.
pub fn goings(escalations: &Escalations<'_>, wanted: &Wanted) -> BTreeSet<Going> {
    let sections = with_cuts(escalations, wanted, &|_, _| None).sections;
    sections.into_iter().flat_map(|section| section.alike).flat_map(|alike| alike.going).collect()
}

fn with_cuts(escalations: &Escalations<'_>, wanted: &Wanted, cut: Cutter<'_>) -> Overview {
    let mut round = Round::new(escalations, wanted);
    let mut overview = Overview { sections: Vec::new(), already: Vec::new() };
    let sinks = wanted.sink.as_ref().map_or_else(|| OF_CLUSTER.to_vec(), Sink::with_wider);
    for sink in &sinks {
        let mut found = Found::default();
        let going = round.to(sink, &mut |proof, going| found.add(escalations.access(), proof, going));
        let going: Vec<_> = going.into_iter().map(|who| (who, sink.clone())).collect();
        let cut = cut(&going, Kind::Any);
        overview.sections.push(Section { reach: Reach::One(sink.clone()), alike: found.settle(), cut });
    }
    overview.already = std::mem::take(&mut round.already);
    if wanted.sink.is_none() {
        overview.sections.extend(in_namespaces(&round, cut));
    }
    overview.sections.retain(|section| !section.alike.is_empty());
    overview
}

/// In search of all ways, thing by thing, the gravest first.
pub(super) struct Round<'r> {
    escalations: &'r Escalations<'r>,
    wanted: &'r Wanted,
    starts: Vec<Who>,
    already: Vec<Already>,
    /// Who comes to be cluster-admin comes to everything, as surely.
    told: BTreeMap<Who, Certainty>,
}

/// Takes a way that was found.
pub(super) type Tell<'t> = &'t mut dyn FnMut(Proof, Going);

/// Whether it is worth telling that somebody comes to something.
pub(super) type IsWanted<'t> = &'t dyn Fn(&Who, &Sink) -> bool;

impl<'r> Round<'r> {
    pub(super) fn new(escalations: &'r Escalations<'r>, wanted: &'r Wanted) -> Self {
        let starts = escalations.subjects(wanted.with_system);
        Self { escalations, wanted, starts, already: Vec::new(), told: BTreeMap::new() }
    }

    /// Tells the ways of everybody to one thing, and returns who they are. Who comes to be cluster-admin as surely is not
    /// told of again, and who does so by being in a group only with the group.
    pub(super) fn to(&mut self, sink: &Sink, tell: Tell<'_>) -> Vec<Who> {
        let mut going = Vec::new();
        let Some(toward) = self.escalations.toward(sink) else { return going };
        for who in &self.starts {
            let as_admin = self.told.get(who).copied();
            if as_admin.is_none()
                && let Some(grants) = self.escalations.holds(who, sink)
            {
                self.already.push(Already { who: who.clone(), sink: sink.clone(), grants });
                self.told.insert(who.clone(), Certainty::Certain);
                continue;
            }
            let is_wanted =
                |certainty| certainty <= self.wanted.certainty && as_admin.is_none_or(|known| certainty < known);
            let Some(proof) = toward.proof(who).filter(|proof| is_wanted(proof.certainty())) else { continue };
            if *sink == Sink::ClusterAdmin {
                self.told.insert(who.clone(), proof.certainty());
            }
            if !is_told_of_its_group(self.escalations.access(), who, &proof, &self.starts) {
                tell(proof, (who.clone(), sink.clone()));
            }
            going.push(who.clone());
        }
        going
    }

    /// Tells the ways to something in a namespace, of those who do not come to everything as surely.
    pub(super) fn in_namespaces(&self, sinks: fn(&Sink) -> bool, is_wanted: IsWanted<'_>, tell: Tell<'_>) {
        let (web, certainty) = (&self.escalations.web, self.wanted.certainty);
        let is_left = |who: &&Who| self.told.get(who) != Some(&Certainty::Certain);
        let rest: BTreeSet<_> = self.starts.iter().filter(is_left).collect();
        for (state, node) in web.states() {
            let Some(sink) = state.sink().filter(sinks) else { continue };
            let distances = search::backward(web, node, Terms::local(certainty));
            let going = subjects_in(self.escalations, &distances);
            let wanted = going.filter(|(who, _)| rest.contains(who) && is_wanted(who, &sink));
            let found = wanted.map(|(who, from)| (who, search::ways_on(web, &distances, from)));
            for (who, ways) in found.filter(|(_, ways)| !ways.iter().all(|way| is_held(way))) {
                tell(Proof::new(web, &ways), (who.clone(), sink.clone()));
            }
        }
    }
}

/// Whether it is so because of a group that is told of itself.
fn is_told_of_its_group(access: &Access, who: &Who, proof: &Proof, starts: &[Who]) -> bool {
    let Some(first) = proof.steps.first() else { return false };
    let is_told = |group: &Who| matches!(group, Who::Group(_)) && group != who && starts.binary_search(group).is_ok();
    if first.how == How::Member {
        return matches!(&first.to, State::Subject(group) if is_told(group));
    }
    let mut holders = first.grants.iter().map(|grant| access.subject_of(grant));
    let first = holders.next().flatten();
    first.is_some_and(|group| is_told(&group) && holders.all(|other| other.as_ref() == Some(&group)))
}

/// Those who come to something in a namespace or another without coming to it in all of them.
fn in_namespaces(round: &Round<'_>, cut: Cutter<'_>) -> [Section; 2] {
    let (mut admins, mut accounts) = (Found::default(), Found::default());
    let (escalations, bound) = (round.escalations, namespaces_with_rights(round.escalations));
    let is_worth = |who: &Who, sink: &Sink| match sink {
        Sink::NamespaceAccounts(namespace) => {
            bound.get(namespace.as_str()).is_some_and(|there| there.iter().any(|other| other != who))
        }
        _ => true,
    };
    let sinks = |sink: &Sink| matches!(sink, Sink::NamespaceAdmin(_) | Sink::NamespaceAccounts(_));
    round.in_namespaces(sinks, &is_worth, &mut |proof, going| {
        let found = if matches!(going.1, Sink::NamespaceAdmin(_)) { &mut admins } else { &mut accounts };
        found.add(escalations.access(), proof, going);
    });
    [(Reach::NamespaceAdmins, admins), (Reach::NamespaceAccounts, accounts)].map(|(reach, found)| {
        let alike = found.settle();
        let going: Vec<_> = alike.iter().flat_map(|alike| &alike.going).cloned().collect();
        Section { reach, cut: cut(&going, Kind::Local), alike }
    })
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
type Likeness = (Certainty, usize, Vec<&'static str>, Option<(&'static str, String)>);

#[derive(Default)]
struct Found(BTreeMap<Likeness, Alike>);

impl Found {
    fn add(&mut self, access: &Access, proof: Proof, going: Going) {
        let grant = proof.steps.iter().flat_map(|step| &step.grants).next();
        // What depends on the environment is told in short, so that the role does not matter.
        let grant = grant.filter(|_| proof.certainty() != Certainty::Environment);
        let role = grant.and_then(|grant| access.policy().role(grant.role));
        let role = role.map(|role| (role.kind(), role.name.to_string()));
        let deeds = proof.techniques().map(|technique| technique.deed).collect();
        let likeness = (proof.certainty(), proof.length(), deeds, role);
        self.0.entry(likeness).or_insert_with(|| Alike { proof, going: Vec::new() }).going.push(going);
    }

    fn settle(self) -> Vec<Alike> {
        self.0.into_values().collect()
    }
}
