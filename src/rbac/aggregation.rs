//! Which rules a role comes to once aggregation has been worked out.
//!
//! The controller overwrites the rules of a ClusterRole that has an `aggregationRule` with those of the ClusterRoles
//! that its selectors match, itself left out, again and again until nothing changes any more. Where no matching role
//! has a rule, it leaves the rules as they are written. (kubernetes/pkg/controller/clusterroleaggregation)

use std::collections::BTreeMap;
use std::sync::Arc;

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
    roles: &[Arc<Role>],
    by_key: &BTreeMap<Key<'_>, Definitions>,
    written: Vec<Vec<EffectiveRule>>,
) -> Vec<Vec<EffectiveRule>> {
    let cluster_roles: Vec<_> = by_key.iter().filter(|((namespace, _), _)| namespace.is_none()).collect();
    let definitions = cluster_roles.iter().flat_map(|(_, definitions)| &definitions.distinct);
    let aggregating: Vec<_> = definitions
        .filter_map(|&id| Some((id, roles.get(id).filter(|role| role.aggregation.is_some())?)))
        .map(|(id, role)| (id, selected(role, roles, &cluster_roles)))
        .collect();
    let (mut rules, mut seen) = (written, Seen::default());
    // At first, everything is as if it had just changed.
    let mut changed_at = vec![0; roles.len()];
    // Every round carries rules one role further, so that only roles which take in each other could take more rounds:
    // those never settle on a cluster either.
    for round in 0..=aggregating.len() {
        let mut changed = false;
        for (id, selected) in &aggregating {
            let is_changed = |it: &Selected| changed_at.get(it.id).is_some_and(|&at| at + 1 >= round);
            if !selected.iter().any(is_changed) {
                continue;
            }
            let taken_in = taken_in(selected, &rules, &mut seen);
            if let Some(own) = rules.get_mut(*id).filter(|own| !taken_in.is_empty() && **own != taken_in) {
                *own = taken_in;
                changed = true;
                changed_at.get_mut(*id).into_iter().for_each(|at| *at = round);
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
fn selected(role: &Role, roles: &[Arc<Role>], cluster_roles: &[(&Key<'_>, &Definitions)]) -> Vec<Selected> {
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

/// The rules of some role definitions as they are now, without those that say the same as another.
fn taken_in(selected: &[Selected], rules: &[Vec<EffectiveRule>], seen: &mut Seen) -> Vec<EffectiveRule> {
    let mut taken_in = Vec::new();
    for Selected { id, differs } in selected {
        for rule in rules.get(*id).into_iter().flatten() {
            let is_conditional = rule.is_conditional || *differs;
            if seen.is_new(rule.number, is_conditional) {
                taken_in.push(EffectiveRule { is_conditional, ..*rule });
            }
        }
    }
    for rule in &taken_in {
        seen.forget(rule.number);
    }
    taken_in
}

/// Which rules have been taken in already. One that holds in any case is not left out for one that may not.
#[derive(Default)]
struct Seen {
    /// By number: whether the rule holds in any case; `None` where it has not been seen.
    rules: Vec<Option<bool>>,
}

impl Seen {
    fn is_new(&mut self, number: RuleNumber, is_conditional: bool) -> bool {
        if self.rules.len() <= number.position() {
            self.rules.resize(number.position() + 1, None);
        }
        let Some(seen) = self.rules.get_mut(number.position()) else { return false };
        let is_new = match *seen {
            None => true,
            Some(holds) => !holds && !is_conditional,
        };
        if is_new {
            *seen = Some(!is_conditional);
        }
        is_new
    }

    fn forget(&mut self, number: RuleNumber) {
        if let Some(seen) = self.rules.get_mut(number.position()) {
            *seen = None;
        }
    }
}
