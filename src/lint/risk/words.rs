//! How a power and its holders are put into words.

use std::collections::BTreeSet;

use super::Risk;
use super::carrier::Carrier;
use super::holder::{Extent, Holder};
use crate::lint::handed_out::who_shown;
use crate::query::Access;
use crate::query::power::{Power, Scope};
use crate::source::Span;
use crate::yaml::excerpt;

/// How many names are written out.
const NAMES: usize = 3;

/// How many holders are pointed at, and how many of their workloads.
const HOLDERS: usize = 3;

/// Who can do what, and where.
pub(super) fn message(power: &Power, carrier: &Carrier<'_>) -> String {
    let gain = match carrier.names {
        [] => carrier.step.gain(power).to_owned(),
        names => format!("{} {}", carrier.step.gain_over(power), listed(names.iter().map(String::as_str))),
    };
    format!("{} can {gain}{}", who(&carrier.holders), place(carrier))
}

fn who(holders: &[&Holder<'_>]) -> String {
    let people: BTreeSet<_> = holders.iter().map(|holder| &holder.who).collect();
    let Some(first) = holders.first() else { return "whoever is bound to this role".to_owned() };
    match people.len() {
        1 => who_shown(&first.who),
        2 => format!("{} and 1 other", who_shown(&first.who)),
        count => format!("{} and {} others", who_shown(&first.who), count - 1),
    }
}

/// Where the power is held; nothing where it is over things of the cluster.
fn place(carrier: &Carrier<'_>) -> String {
    let namespaces: BTreeSet<_> = carrier.holders.iter().map(|holder| holder.namespace).collect();
    match namespaces.first() {
        _ if carrier.step.scope == Scope::Cluster || carrier.step.namespace.is_some() => String::new(),
        None => String::new(),
        Some(None) => ", in the whole cluster".to_owned(),
        Some(_) if !carrier.holders.iter().all(|holder| holder.is_placed) => {
            ", in the namespace of the binding".to_owned()
        }
        Some(Some(namespace)) if namespaces.len() == 1 => format!(", in namespace `{}`", excerpt(namespace)),
        Some(_) => format!(", in namespaces {}", listed(namespaces.iter().flatten().copied())),
    }
}

/// What to do, and what else the place lets its holders do.
pub(super) fn help(risk: &Risk, carrier: &Carrier<'_>, also: &[&str]) -> String {
    let help = match (carrier.names, carrier.extent()) {
        ([], Extent::Namespace) if risk.binding_narrows => "keep what has more rights out of the namespace",
        ([], _) => risk.help,
        (_, _) => "check that each of these names is needed",
    };
    let gains: Vec<_> = also.iter().take(NAMES).copied().collect();
    if gains.is_empty() { help.to_owned() } else { format!("{help}; its holder can also {}", gains.join("; ")) }
}

/// Where holders are bound, and what runs as them.
pub(super) fn holders(access: &Access, carrier: &Carrier<'_>) -> Vec<(Span, String)> {
    let mut places = Vec::new();
    for holder in carrier.holders.iter().take(HOLDERS) {
        let bound = access.binding_facts(holder.binding).and_then(|facts| facts.subjects.get(holder.subject));
        places.extend(bound.map(|&place| (place, "handed out here".to_owned())));
        let workloads = access.workloads_of(&holder.who).take(HOLDERS);
        places.extend(workloads.map(|workload| {
            let message = format!("{} `{}` runs as it", workload.name.kind, excerpt(&workload.name.name));
            (workload.span, message)
        }));
    }
    places.sort();
    places.dedup();
    places
}

/// Some names, of which there may be more.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{}`", excerpt(name))).collect();
    let shown = names.get(..NAMES.min(names.len())).unwrap_or_default().join(", ");
    match names.len().saturating_sub(NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
