//! How chains are put into words.

use std::collections::BTreeSet;

use super::super::handed_out::who_shown;
use super::{Chain, Start};
use crate::manifest::{Facts, KnownObject};
use crate::query::Access;
use crate::query::escalation::{Cut, Deed, EscalationWay, Escalations, How, ProofStep, Removal, Sink, State, Words};
use crate::rbac::Key;
use crate::source::Span;
use crate::yaml::excerpt;

/// How many workloads are pointed at.
const WORKLOADS: usize = 3;

/// How much of what has to go is named.
const REMOVALS: usize = 3;

/// Where an object says as whom it runs.
pub(super) fn place_in(workload: &KnownObject) -> Span {
    match &workload.facts {
        Facts::Workload(facts) => facts.place,
        _ => workload.span,
    }
}

/// Who comes to what, and how: the whole chain in one sentence.
pub(super) fn message(access: &Access, chain: &Chain) -> String {
    let Some(way) = chain.ways.first() else { return String::new() };
    let people: BTreeSet<_> = chain.ways.iter().map(|way| &way.who).collect();
    let others = match people.len() {
        0 | 1 => String::new(),
        2 => " (as 1 other can)".to_owned(),
        count => format!(" (as {} others can)", count - 1),
    };
    let whose = if chain.start == Start::Workload { "runs as " } else { "" };
    let which = if chain.start == Start::Workload { ", which" } else { "" };
    let (who, sink) = (who_shown(&way.who), sink_shown(&way.sink));
    format!("{whose}{who}{which} can get to {sink}{others} in {}: it {}", steps(way), deeds(access, way))
}

fn steps(way: &EscalationWay) -> String {
    match way.proof.length() {
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    }
}

/// What is done, one after the other.
fn deeds(access: &Access, way: &EscalationWay) -> String {
    let words = words(access);
    let mut text = String::new();
    for deed in way.proof.deeds() {
        if !text.is_empty() {
            text.push_str(link(&deed));
        }
        text.push_str(&words.deed(&deed));
    }
    text
}

/// What stands between what is done and what came of the thing before it.
fn link(deed: &Deed<'_>) -> &'static str {
    match deed.step.from.plain() {
        State::Role(..) => ", whose holder ",
        State::Everything(_) | State::AnyUser => ", who ",
        _ => ", which ",
    }
}

fn words(access: &Access) -> Words<'_> {
    Words { access, name: |name| format!("`{}`", excerpt(name)) }
}

fn sink_shown(sink: &Sink) -> String {
    match sink {
        Sink::ClusterAdmin => "`cluster-admin`".to_owned(),
        Sink::Nodes => "the nodes".to_owned(),
        Sink::NamespaceAdmin(namespace) => format!("admin of namespace `{}`", excerpt(namespace)),
        other => format!("`{other}`"),
    }
}

/// The least that has to go.
pub(super) fn help(escalations: &Escalations<'_>, way: &EscalationWay) -> Option<String> {
    let Cut { removals, .. } = escalations.cut_all(std::slice::from_ref(&way.who), &way.sink, way.proof.certainty())?;
    let access = escalations.access();
    let shown: Vec<_> = removals.iter().take(REMOVALS).map(|one| removal(access, one)).collect();
    let more = removals.len().saturating_sub(REMOVALS);
    let more = if more == 0 { String::new() } else { format!(" and {more} more (`rolecall escalate` has all)") };
    Some(format!("without {}{more}, it cannot", shown.join(" and ")))
}

fn removal(access: &Access, removal: &Removal) -> String {
    match *removal {
        Removal::Rule(rule) => {
            let role = access.policy().role(rule.role).map(|role| named(role.kind(), role.key()));
            format!("rule {} of {}", rule.index + 1, role.unwrap_or_default())
        }
        Removal::Binding(binding) => {
            let binding = access.policy().binding(binding);
            binding.map(|binding| named(binding.kind(), binding.key())).unwrap_or_default()
        }
    }
}

fn named(kind: &str, (namespace, name): Key<'_>) -> String {
    match namespace {
        Some(namespace) => format!("{kind} `{}/{}`", excerpt(namespace), excerpt(name)),
        None => format!("{kind} `{}`", excerpt(name)),
    }
}

/// The rules and bindings that each step takes, in order, and what runs as whom it begins with.
pub(super) fn related(access: &Access, chain: &Chain) -> Vec<(Span, String)> {
    let Some(way) = chain.ways.first() else { return Vec::new() };
    let mut places: Vec<(Span, String)> = Vec::new();
    let mut seen = BTreeSet::from([chain.place]);
    let mut number = 0;
    for deed in way.proof.deeds() {
        number += usize::from(matches!(deed.step.how, How::Technique(_)));
        for (place, what) in deed.steps().flat_map(|step| of_step(access, step)) {
            if seen.insert(place) {
                places.push((place, format!("step {}: {what}", number.max(1))));
            }
        }
    }
    for workload in access.workloads_of(&way.who).take(WORKLOADS) {
        if seen.insert(place_in(workload)) {
            let name = &workload.name;
            places.push((place_in(workload), format!("{} `{}` runs as it", name.kind, excerpt(&name.name))));
        }
    }
    places
}

/// Where the rights that a step takes are written and handed out.
fn of_step(access: &Access, step: &ProofStep) -> Vec<(Span, String)> {
    let mut places = Vec::new();
    for grant in &step.grants {
        let who = access.subject_of(grant).as_ref().map(who_shown);
        let rule = access.rule_places(grant.rule).map(|places| places.whole);
        places.extend(rule.map(|place| (place, "this rule allows it".to_owned())));
        let bound = access.binding_facts(grant.binding).and_then(|facts| facts.subjects.get(grant.subject));
        places.extend(bound.zip(who).map(|(&place, who)| (place, format!("handed out to {who} here"))));
    }
    for (_, rule) in &step.rules {
        let rule = access.rule_places(*rule).map(|places| places.whole);
        places.extend(rule.map(|place| (place, "this rule, once it is bound".to_owned())));
    }
    places
}
