//! Chains: how subjects come to more than they were given by way of what others hold.
//!
//! What one permission leads to by itself, or by way of what every cluster has, is told of roles, in [`super::risk`]. A
//! chain is more than that: it uses the rights of somebody else to whom a binding of the read set gives them. Each is told
//! once for all that a binding gives it to, at the first of them: at its workload where something runs as it, and at the
//! subject of the binding otherwise.

mod rating;
mod words;

use std::collections::BTreeMap;

use super::{InSet, Profile, Sink};
use crate::query::escalation::{self, EscalationWay, Escalations, ProofStep};
use crate::query::{Access, Who};
use crate::rbac::BindingId;
use crate::source::Span;
use rating::{rating, severity, uses_others};

/// What a chain leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// Everything.
    ClusterAdmin,
    /// The nodes.
    Nodes,
    /// Everything in a namespace.
    NamespaceAdmin,
}

/// At what a chain is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Start {
    /// At what runs as the ServiceAccount with which it begins.
    Workload,
    /// At the subject of a binding.
    Subject,
}

/// A chain, with all who come there by the same binding.
#[derive(Debug)]
struct Chain {
    /// The binding with which it begins.
    binding: BindingId,
    start: Start,
    end: End,
    place: Span,
    profile: Profile,
    /// Not nothing; the one that is told is the first.
    ways: Vec<EscalationWay>,
}

/// All chains, by the object at which they are told.
#[derive(Debug)]
pub(super) struct Chains<'a> {
    escalations: Escalations<'a>,
    by_object: BTreeMap<Span, Vec<Chain>>,
}

impl End {
    fn of(sink: &escalation::Sink) -> Option<Self> {
        match sink {
            escalation::Sink::ClusterAdmin => Some(Self::ClusterAdmin),
            escalation::Sink::Nodes => Some(Self::Nodes),
            escalation::Sink::NamespaceAdmin(_) => Some(Self::NamespaceAdmin),
            _ => None,
        }
    }
}

impl<'a> Chains<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        let escalations = Escalations::of(access);
        let mut together: BTreeMap<(BindingId, End, Start), Vec<EscalationWay>> = BTreeMap::new();
        for way in escalation::ways(&escalations).into_iter().filter(|way| uses_others(access, way)) {
            let begins_with = first_step(&way).and_then(|step| step.grants.first());
            let own = begins_with.filter(|grant| access.binding_object(grant.binding).is_some());
            if let Some((grant, end)) = own.zip(End::of(&way.sink)) {
                together.entry((grant.binding, end, start(access, &way.who, end))).or_default().push(way);
            }
        }
        let mut by_object: BTreeMap<Span, Vec<Chain>> = BTreeMap::new();
        for ((binding, end, start), mut ways) in together {
            // The one that is told first decides how it is told.
            ways.sort_by_cached_key(|way| {
                let subject = first_step(way).and_then(|step| step.grants.first()).map(|grant| grant.subject);
                let gravity = (rating(access, way), way.proof.certainty(), way.proof.length());
                (gravity, subject, way.who.clone(), way.sink.clone())
            });
            let Some((profile, (object, place))) =
                ways.first().and_then(|way| Some((rating(access, way), places(access, way, start)?)))
            else {
                continue;
            };
            by_object.entry(object).or_default().push(Chain { binding, start, end, place, profile, ways });
        }
        Self { escalations, by_object }
    }
}

/// Where something runs as somebody who comes to everything, that is what a reader looks at.
fn start(access: &Access, who: &Who, end: End) -> Start {
    let is_run = end == End::ClusterAdmin && access.workloads_of(who).next().is_some();
    if is_run { Start::Workload } else { Start::Subject }
}

/// The first step in which something is done.
fn first_step(way: &EscalationWay) -> Option<&ProofStep> {
    way.proof.deeds().into_iter().map(|deed| deed.step).find(|step| matches!(step.how, escalation::How::Technique(_)))
}

/// The object at which a chain is told, and the place in it.
fn places(access: &Access, way: &EscalationWay, start: Start) -> Option<(Span, Span)> {
    if start == Start::Workload {
        let workload = access.workloads_of(&way.who).next()?;
        return Some((workload.span, words::place_in(workload)));
    }
    let grant = first_step(way)?.grants.first()?;
    let facts = access.binding_facts(grant.binding)?;
    Some((access.binding_object(grant.binding)?.span, facts.subjects.get(grant.subject).copied().unwrap_or(facts.role)))
}

/// Reports the chains to something that are told at an object.
pub(super) fn report<F>(it: &InSet<'_, F>, start: Start, end: End, sink: &mut Sink<'_>) {
    let (access, chains) = (it.access, it.index.chains());
    let told = chains.by_object.get(&it.object.span).into_iter().flatten();
    let is_default = |chain: &&Chain| {
        let binding = access.policy().binding(chain.binding);
        binding.is_some_and(|own| it.index.default_binding(own.key()).is_some_and(|known| known.role == own.role))
    };
    // Kubernetes' own bindings are as it makes them, even where the manifests are those of a whole cluster.
    let told = told.filter(|chain| chain.start == start && chain.end == end && !is_default(chain));
    for chain in told {
        let Some(way) = chain.ways.first() else { continue };
        let severity = severity(chain.profile);
        if !sink.tells(chain.profile) {
            sink.report(chain.place, "").rated(chain.profile, severity);
            continue;
        }
        let mut draft = sink.report(chain.place, words::message(access, chain)).rated(chain.profile, severity);
        if let Some(help) = words::help(&chains.escalations, way) {
            draft = draft.help(help);
        }
        for (place, message) in words::related(access, chain) {
            draft = draft.related(place, message);
        }
    }
}
