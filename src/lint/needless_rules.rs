//! Which rules of a role allow nothing that its other rules do not allow already.
//!
//! What a few rules allow only together is worked out piece by piece, which takes long where lists are long: beyond
//! [`MOST_PIECES`] of them a rule is not taken apart, and in roles of more than [`MOST_ENTRIES`] entries only rules that
//! say the same are looked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::rbac::Rule;

/// How many pieces of a rule are looked at.
const MOST_PIECES: usize = 256;

/// How many entries all lists of a role may have so that its rules are compared with each other.
const MOST_ENTRIES: usize = 4_000;

/// A rule that its role can do without.
pub(super) struct Needless {
    /// Which of the rules it is, from 0.
    pub(super) index: usize,
    /// The rules that allow the same, from 0.
    pub(super) by: BTreeSet<usize>,
    /// Whether the other rule says the very same.
    pub(super) is_repeated: bool,
}

/// The rules that a role can do without, all at once, in order. Of two that allow the same it is the later one.
pub(super) fn needless_rules(rules: &[Arc<Rule>]) -> Vec<Needless> {
    let mut needless = repeated(rules);
    if rules.iter().map(|rule| entries(rule)).sum::<usize>() <= MOST_ENTRIES {
        let mut left: BTreeMap<_, _> = rules.iter().map(Arc::as_ref).enumerate().collect();
        for repeated in &needless {
            left.remove(&repeated.index);
        }
        for (index, rule) in rules.iter().enumerate().rev().filter(|_| rules.len() > 1) {
            if left.remove(&index).is_none() {
                continue;
            }
            match allowed_by(&left, rule) {
                Some(by) => needless.push(Needless { index, by, is_repeated: false }),
                None => {
                    left.insert(index, rule);
                }
            }
        }
    }
    needless.sort_by_key(|needless| needless.index);
    needless
}

/// Whether some rules together allow all that others allow. Where it takes too long to say, it says no.
pub(super) fn allow_all(rules: &[&Rule], others: &[&Rule]) -> bool {
    let is_small = |rules: &[&Rule]| rules.iter().map(|rule| entries(rule)).sum::<usize>() <= MOST_ENTRIES;
    let rules: BTreeMap<_, _> = rules.iter().copied().enumerate().collect();
    let rules_are_small = || is_small(&rules.values().copied().collect::<Vec<_>>());
    is_small(others) && rules_are_small() && others.iter().all(|other| allowed_by(&rules, other).is_some())
}

/// The rules that say the same as one before them.
fn repeated(rules: &[Arc<Rule>]) -> Vec<Needless> {
    if rules.len() < 2 {
        return Vec::new();
    }
    let mut first = BTreeMap::new();
    let mut repeated = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let earlier = *first.entry(rule.in_order()).or_insert(index);
        if earlier != index {
            repeated.push(Needless { index, by: BTreeSet::from([earlier]), is_repeated: true });
        }
    }
    repeated
}

/// Which rules allow all that one allows: a single one where there is one, or several together.
fn allowed_by(rules: &BTreeMap<usize, &Rule>, wanted: &Rule) -> Option<BTreeSet<usize>> {
    let containing = |wanted: &Rule| rules.iter().find(|(_, rule)| rule.contains(wanted)).map(|(index, _)| *index);
    if let Some(index) = containing(wanted) {
        return Some(BTreeSet::from([index]));
    }
    if pieces(wanted) > MOST_PIECES {
        return None;
    }
    let by: Option<BTreeSet<_>> = wanted.pieces().iter().map(containing).collect();
    by.filter(|by| !by.is_empty())
}

fn entries(rule: &Rule) -> usize {
    let Rule { verbs, api_groups, resources, resource_names, non_resource_urls } = rule;
    [verbs, api_groups, resources, resource_names, non_resource_urls].map(Vec::len).iter().sum()
}

fn pieces(rule: &Rule) -> usize {
    let objects = [rule.api_groups.len(), rule.resources.len(), rule.resource_names.len().max(1)];
    let objects = objects.into_iter().fold(rule.verbs.len(), usize::saturating_mul);
    objects.saturating_add(rule.verbs.len().saturating_mul(rule.non_resource_urls.len()))
}
