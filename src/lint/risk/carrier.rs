//! The places in a role that carry a power.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::companions::Companions;
use super::holder::{Extent, Holder, gives_power, has_power};
use crate::lint::InSet;
use crate::lint::role_rules::{WrittenRule, rules};
use crate::manifest::RoleFacts;
use crate::query::power::{Power, Step};
use crate::rbac::resource_covers;
use crate::source::Span;

/// An entry of a role's rule by which its holders have a power.
#[derive(Debug)]
pub(super) struct Carrier<'a> {
    /// Where the entry stands.
    pub(super) place: Span,
    /// How it carries the power.
    pub(super) step: &'static Step,
    /// The only objects that the power is over; all where there are none.
    pub(super) names: &'a [String],
    /// Who has it, from those who have it in the whole cluster on; nobody where the role is not handed out.
    pub(super) holders: Rc<[&'a Holder<'a>]>,
}

impl Carrier<'_> {
    /// How far the power reaches.
    pub(super) fn extent(&self) -> Extent {
        self.holders.first().map_or(Extent::Nobody, |holder| holder.extent())
    }
}

/// The entries of a role that carry a power: for each the first step that does so with most effect.
pub(super) fn carriers<'a: 'h, 'h>(
    role: &InSet<'a, RoleFacts>,
    power: &'static Power,
    holders: &'h [Holder<'h>],
) -> Vec<Carrier<'h>> {
    let version = role.access.catalog().version();
    let mut carriers: BTreeMap<Span, Carrier<'h>> = BTreeMap::new();
    for step in power.steps.iter().filter(|step| step.is_of(version)) {
        let granting: Vec<_> =
            rules(role).filter(|rule| step.is_granted_by(rule.rule) && step.is_of_role(rule.rule, rule.role)).collect();
        if granting.is_empty() {
            continue;
        }
        let Some(having) = having(role, step, holders) else { continue };
        for (rule, place) in granting.iter().filter_map(|rule| Some((rule, place_of(rule, step)?))) {
            let carrier = Carrier { place, step, names: step.restricted_to(rule.rule), holders: Rc::clone(&having) };
            if carriers.get(&place).is_none_or(|known| is_graver(&carrier, known)) {
                carriers.insert(place, carrier);
            }
        }
    }
    carriers.into_values().collect()
}

/// How grave what a step gives is beside what the others of its power give: the lower, the graver.
pub(super) fn place_in(power: &Power, step: &Step) -> usize {
    let says_the_same = |other: &Step| other.gain(power) == step.gain(power);
    power.steps.iter().position(says_the_same).unwrap_or(power.steps.len())
}

fn is_graver(one: &Carrier<'_>, other: &Carrier<'_>) -> bool {
    let gravity = |it: &Carrier<'_>| (it.step.certainty, it.names.is_empty(), it.extent());
    gravity(one) > gravity(other)
}

/// Those who have the power by a step, from the widest reach on; `None` where the role is handed out to others only.
fn having<'h>(role: &InSet<'_, RoleFacts>, step: &Step, holders: &'h [Holder<'h>]) -> Option<Rc<[&'h Holder<'h>]>> {
    let with = Companions::of(role.facts, step);
    if holders.is_empty() {
        return gives_power(role.facts, step, &with).then(|| Rc::from([]));
    }
    let mut having: Vec<_> = holders.iter().filter(|holder| has_power(role.access, step, &with, holder)).collect();
    having.sort_by_key(|holder| std::cmp::Reverse(holder.extent()));
    (!having.is_empty()).then(|| Rc::from(having))
}

/// The first entry of a rule that names the resource of a step.
fn place_of(rule: &WrittenRule<'_>, step: &Step) -> Option<Span> {
    let names_it = |entry: &str| resource_covers(entry, step.right.resource, step.right.subresource);
    rule.resources().find(|entry| names_it(entry.text)).map(|entry| entry.place)
}
