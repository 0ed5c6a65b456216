//! What has to be held with a permission for a power to come of it.

use crate::manifest::RoleFacts;
use crate::query::power::{Right, Step};
use crate::query::{Access, Who};
use crate::rbac::{Action, Request, Rule, Verdict};

/// What has to be held with a permission: one of each list, on one of the objects whose names stand beside it.
pub(super) struct Companions<'r>(Vec<Vec<(Right, Vec<&'r str>)>>);

impl<'r> Companions<'r> {
    /// Those of a step, where a role grants its permission: the names are the same for everybody who holds the role.
    pub(super) fn of(role: &'r RoleFacts, step: &Step) -> Self {
        let named = |right: &Right| (*right, names_of(role, step, *right));
        Self(step.with.iter().map(|rights| rights.iter().map(named).collect()).collect())
    }

    /// A step's permission and what has to be held with it, each on whatever objects there are.
    pub(super) fn and_step(step: &Step) -> Self {
        let unnamed = |right: &Right| (*right, vec![""]);
        let with = step.with.iter().map(|rights| rights.iter().map(unnamed).collect());
        Self([vec![unnamed(&step.right)]].into_iter().chain(with).collect())
    }

    /// Whether somebody holds them, in a namespace or in none.
    pub(super) fn are_held_by(&self, access: &Access, who: &Who, namespace: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let (policy, identity) = (access.policy(), who.identity());
        self.are_held(namespace, |action| {
            let request = Request { identity: identity.clone(), action };
            policy.first(&policy.prepare(&request)) != Verdict::Denied
        })
    }

    /// Whether a role grants them.
    pub(super) fn are_granted_by(&self, role: &RoleFacts) -> bool {
        self.are_held("", |action| role.role.rules().any(|rule| rule.allows(&action)))
    }

    fn are_held(&self, namespace: &str, is_allowed: impl Fn(Action) -> bool) -> bool {
        self.0.iter().all(|rights| {
            let named = rights.iter().flat_map(|(right, names)| names.iter().map(move |name| (right, *name)));
            let mut actions = named.flat_map(|(right, name)| right.actions(namespace, name));
            actions.any(&is_allowed)
        })
    }
}

/// How many names of objects are asked about.
const MOST_NAMES: usize = 16;

/// The names for which a right counts beside a step: none before others, and where any is enough those that a role names.
/// Rights to the same kind of object have to be about the same one.
fn names_of<'r>(role: &'r RoleFacts, step: &Step, right: Right) -> Vec<&'r str> {
    let is_about = |rule: &&Rule| rule.has_group(right.group) && rule.has_resource(right.resource, right.subresource);
    let is_of_same_kind = (step.right.group, step.right.resource) == (right.group, right.resource);
    let granting: Vec<_> = role.role.rules().filter(|rule| step.is_granted_by(rule)).collect();
    let is_in_step = |name: &&String| !is_of_same_kind || granting.iter().any(|rule| rule.has_name(name));
    let rules = role.role.rules().filter(|_| right.has_any_name).filter(is_about);
    let written = rules.flat_map(|rule| &rule.resource_names).filter(is_in_step).map(String::as_str);
    [""].into_iter().chain(written.take(MOST_NAMES)).collect()
}
