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
    let definitions = cluster_roles.iter().flat_map(|(_, definitions)| &definitions.distinct);
    let aggregating: Vec<_> = definitions
        .filter_map(|&id| Some((id, roles.get(id).filter(|role| role.aggregation.is_some())?)))
        .map(|(id, role)| (id, selected(role, roles, &cluster_roles)))
        .collect();
    let mut rules = written;
    // Every round carries rules one role further, so that only roles which take in each other could take more rounds:
    // those never settle on a cluster either.
    for _ in 0..=aggregating.len() {
        let mut changed = false;
        for (id, selected) in &aggregating {
            let taken_in = taken_in(selected, &rules);
            if let Some(own) = rules.get_mut(*id).filter(|own| !taken_in.is_empty() && **own != taken_in) {
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

/// A role definition that another role takes in.
struct Selected {
    id: usize,
    /// Whether the role has other definitions that do not mean the same.
    differs: bool,
}

/// The role definitions that a role takes in, selector by selector, each by name; itself left out.
fn selected(role: &Role, roles: &[Role], cluster_roles: &[(&Key<'_>, &Definitions)]) -> Vec<Selected> {
    let mut selected = Vec::new();
    for selector in role.aggregation.iter().flatten() {
        let is_selected = |id: &usize| roles.get(*id).is_some_and(|other| selector.selects(&other.labels));
        for (_, definitions) in cluster_roles.iter().filter(|((_, name), _)| *name != role.name) {
            let ids = definitions.distinct.iter().copied().filter(is_selected);
            selected.extend(ids.map(|id| Selected { id, differs: definitions.differ() }));
        }
    }
    selected
}

/// The rules of some role definitions as they are now.
fn taken_in(selected: &[Selected], rules: &[Vec<EffectiveRule>]) -> Vec<EffectiveRule> {
    let mut taken_in = TakenIn::default();
    for Selected { id, differs } in selected {
        for rule in rules.get(*id).into_iter().flatten() {
            taken_in.add(EffectiveRule { is_conditional: rule.is_conditional || *differs, ..*rule });
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
