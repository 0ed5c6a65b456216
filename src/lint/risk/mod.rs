//! Powers that roles hand out: what their holders can do beyond what a reader of the role would think of.
//!
//! A [`Risk`] is a rule of the linter about one [`Power`]. All of them are applied to a role together, so that a cause is
//! told once: each power at the gravest place of the role that carries it, and of several powers at one place the gravest,
//! which names the others. Where the power reaches is worked out from the bindings: what holds in the whole cluster, or in
//! `kube-system`, is as bad as the rule says; what holds in other namespaces or is restricted by names is told from the
//! profile `pedantic` on, what is handed out to nobody yet or depends on more than the permission in an audit.

mod carrier;
mod companions;
mod holder;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::sink::Quiet;
use super::{Check, Chosen, InSet, Profile, Sink, passes};
use crate::diagnostic::Severity;
use crate::manifest::RoleFacts;
use crate::query::power::{Certainty, Power};
use crate::source::Span;
use carrier::{Carrier, carriers, place_in};
pub(super) use holder::power_in_cluster;
use holder::{Extent, holders};

/// A power that roles had better not hand out without need.
#[derive(Debug)]
pub struct Risk {
    /// The power.
    pub power: &'static Power,
    /// From which profile on a role with it is told that no binding hands out.
    pub unbound: Profile,
    /// Whether the help is to bind the role in namespaces: where that is done already, it is no help.
    pub binding_narrows: bool,
    /// What to do about it.
    pub help: &'static str,
}

/// A power of a role that is to be told.
struct Told<'a> {
    chosen: Chosen,
    risk: &'static Risk,
    /// All that carries it, the gravest first; not nothing.
    carriers: Vec<Carrier<'a>>,
}

/// The rules about powers, the gravest first.
pub(super) fn by_gravity(chosen: &[Chosen]) -> Vec<(Chosen, &'static Risk)> {
    let risks = chosen.iter().filter_map(|&chosen| match chosen.rule.check {
        Check::Risk(risk) => Some((chosen, risk)),
        _ => None,
    });
    let mut risks: Vec<_> = risks.collect();
    risks.sort_by_key(|(_, risk)| risk.power.rank());
    risks
}

/// Applies rules about powers to a role, the gravest power first.
pub(super) fn apply(role: &InSet<'_, RoleFacts>, risks: &[(Chosen, &'static Risk)]) -> Vec<passes::Told> {
    let holders = holders(role);
    let (mut told, mut quiet) = (Vec::new(), Vec::new());
    for &(chosen, risk) in risks {
        let all = carriers(role, risk.power, &holders).into_iter();
        let (mut carriers, rest): (Vec<_>, Vec<_>) =
            all.partition(|carrier| rating(chosen, risk, carrier).0 <= chosen.profile);
        quiet.extend(rest.into_iter().map(|carrier| Quiet { rule: chosen.rule, span: carrier.place }));
        let gravity = |it: &Carrier<'_>| (rating(chosen, risk, it), place_in(risk.power, it.step), it.place);
        carriers.sort_by_key(gravity);
        if !carriers.is_empty() {
            told.push(Told { chosen, risk, carriers });
        }
    }
    let (first, others) = by_place(told);
    for (&span, gains) in &others {
        quiet.extend(gains.iter().map(|(chosen, _)| Quiet { rule: chosen.rule, span }));
    }
    let findings = first.iter().flat_map(|told| {
        let mut sink = role.sink(told.chosen);
        report(role, told, &others, &mut sink);
        sink.into_told()
    });
    findings.chain(quiet.into_iter().map(passes::Told::Quiet)).collect()
}

/// What is gained by powers that have no place of their own, by the place at which a graver one is told.
type Others = BTreeMap<Span, Vec<(Chosen, &'static str)>>;

/// The powers that have a place of their own, and by place what those give that have none.
fn by_place(told: Vec<Told<'_>>) -> (Vec<Told<'_>>, Others) {
    let (mut first, mut others): (Vec<Told<'_>>, Others) = (Vec::new(), BTreeMap::new());
    let mut places = BTreeSet::new();
    for mut one in told {
        let is_free = |carrier: &Carrier<'_>| !places.contains(&carrier.place);
        let (free, taken): (Vec<_>, Vec<_>) = one.carriers.into_iter().partition(is_free);
        if free.is_empty() {
            let gain = |it: &Carrier<'_>| (one.chosen, it.step.gain(one.risk.power));
            taken.first().into_iter().for_each(|it| others.entry(it.place).or_default().push(gain(it)));
        } else {
            one.carriers = free;
            places.extend(one.places());
            first.push(one);
        }
    }
    (first, others)
}

impl Told<'_> {
    fn places(&self) -> impl Iterator<Item = Span> {
        self.carriers.iter().map(|carrier| carrier.place)
    }
}

/// From which profile on it is told, and how bad it is.
fn rating(chosen: Chosen, risk: &Risk, carrier: &Carrier<'_>) -> (Profile, Severity) {
    let rule = chosen.rule;
    if carrier.step.certainty == Certainty::Depends {
        return (Profile::Audit, Severity::Info);
    }
    match (carrier.extent(), carrier.names) {
        (Extent::Cluster, []) => (rule.profile, rule.severity),
        (Extent::Cluster, _) => (rule.profile.max(Profile::Pedantic), Severity::Info),
        (Extent::Namespace, []) => (rule.profile.max(Profile::Pedantic), rule.severity),
        (Extent::Nobody, []) => (rule.profile.max(risk.unbound), Severity::Info),
        (Extent::Namespace | Extent::Nobody, _) => (Profile::Audit, Severity::Info),
    }
}

/// How many other places of a role are pointed at.
const PLACES: usize = 3;

fn report(role: &InSet<'_, RoleFacts>, told: &Told<'_>, others: &Others, sink: &mut Sink<'_>) {
    let Some((carrier, more)) = told.carriers.split_first() else { return };
    let (profile, severity) = rating(told.chosen, told.risk, carrier);
    let also: Vec<_> = told.places().filter_map(|place| others.get(&place)).flatten().map(|(_, gain)| *gain).collect();
    let mut draft = sink
        .report(carrier.place, words::message(told.risk.power, carrier))
        .help(words::help(told.risk, carrier, &also))
        .rated(profile, severity);
    for other in more.iter().take(PLACES) {
        draft = draft.related(other.place, "and here");
    }
    for (place, message) in words::holders(role.access, carrier) {
        draft = draft.related(place, message);
    }
}
