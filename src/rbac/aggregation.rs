//! Which rules a role comes to once aggregation has been worked out.
//!
//! The controller overwrites the rules of a ClusterRole that has an `aggregationRule` with those of the ClusterRoles
//! that its selectors match, itself left out, again and again until nothing changes any more. Where no matching role
//! has a rule, it leaves the rules as they are written. (kubernetes/pkg/controller/clusterroleaggregation)

use std::collections::{BTreeMap, BTreeSet};

use super::compiled::RuleNumber;
use super::definitions::Definitions;
use super::policy::RulePlace;
use super::{Key, Role};

/// A rule that a role comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EffectiveRule {
    pub(super) number: RuleNumber,
    /// Where it is written.
    pub(super) place: RulePlace,
    /// Whether it comes from a role with differing definitions, other than the one that takes it in.
    pub(super) is_conditional: bool,
}

/// The rules that each role definition comes to, given those that are written in it.
pub(super) fn settle(
    roles: &[Role],
    by_key: &BTreeMap<Key<'_>, Definitions>,
    written: Vec<Vec<EffectiveRule>>,
) -> Vec<Vec<EffectiveRule>> {
    let cluster_roles: Vec<_> = by_key.iter().filter(|((namespace, _), _)| namespace.is_none()).collect();
    let aggregating: Vec<_> = cluster_roles
        .iter()
        .flat_map(|(_, definitions)| definitions.distinct.iter().copied())
        .filter(|&id| roles.get(id).is_some_and(|role| role.aggregation.is_some()))
        .collect();
    let mut rules = written;
    // Every round carries rules one role further, so that only roles which take in each other could take more rounds:
    // those never settle on a cluster either.
    for _ in 0..=aggregating.len() {
        let mut changed = false;
        for &id in &aggregating {
            let Some(role) = roles.get(id) else { continue };
            let taken_in = taken_in(role, roles, &cluster_roles, &rules);
            if let Some(own) = rules.get_mut(id).filter(|own| !taken_in.is_empty() && **own != taken_in) {
                *own = taken_in;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    rules
}

/// The rules that a role takes in from others as they are now.
fn taken_in(
    role: &Role,
    roles: &[Role],
    cluster_roles: &[(&Key<'_>, &Definitions)],
    rules: &[Vec<EffectiveRule>],
) -> Vec<EffectiveRule> {
    let mut taken_in = TakenIn::default();
    let others = || cluster_roles.iter().filter(|((_, name), _)| *name != role.name);
    for selector in role.aggregation.iter().flatten() {
        let is_selected = |id: &usize| roles.get(*id).is_some_and(|other| selector.selects(&other.labels));
        for (_, definitions) in others() {
            let selected = definitions.distinct.iter().filter(|id| is_selected(id));
            for rule in selected.filter_map(|&id| rules.get(id)).flatten() {
                let is_conditional = rule.is_conditional || definitions.differ();
                taken_in.add(EffectiveRule { is_conditional, ..*rule });
            }
        }
    }
    taken_in.rules
}

/// Rules without those that say the same as another; but one that holds in any case is not left out for one that may not.
#[derive(Default)]
struct TakenIn {
    rules: Vec<EffectiveRule>,
    known: BTreeSet<(RuleNumber, bool)>,
}

impl TakenIn {
    fn add(&mut self, rule: EffectiveRule) {
        let is_known = self.known.contains(&(rule.number, false));
        if !is_known && self.known.insert((rule.number, rule.is_conditional)) {
            self.rules.push(rule);
        }
    }
}
