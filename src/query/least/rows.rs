//! What somebody did, thing by thing, and whether what stands allows it.

use std::collections::BTreeMap;

use super::merge::Verb;
use crate::audit::{Names, Tally, Times};
use crate::query::Access;
use crate::rbac::{ALL, Action, Identity, Policy, Request, Verdict};

/// One thing that somebody did, or was denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What, without names.
    pub action: Action,
    /// How often, and with which names.
    pub times: Times,
    /// How often it was not RBAC that allowed it.
    pub elsewhere: u64,
    /// Whether it was denied.
    pub is_denied: bool,
    /// Whether what stands allows it.
    pub held: Held,
}

/// Whether what stands allows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// Nothing that was read does.
    No,
    /// Only if one of several differing definitions holds.
    Conditional,
    /// What was read does.
    Yes,
    /// The default policy of Kubernetes does.
    ByDefault,
}

impl Held {
    fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Denied => Self::No,
            Verdict::Conditional => Self::Conditional,
            Verdict::Allowed => Self::Yes,
        }
    }
}

impl Row {
    /// Whether a rule is suggested for it.
    pub fn is_suggested(&self, with_denied: bool) -> bool {
        self.held != Held::ByDefault && (with_denied || !self.is_denied) && !self.would_be_wildcard()
    }

    /// Whether a rule with the same words would allow more than this: to a request a `*` is a letter like others.
    pub fn would_be_wildcard(&self) -> bool {
        match &self.action {
            Action::Url { verb, path } => verb == ALL || path.ends_with(ALL),
            Action::Resource(it) => {
                let resource = it.full_resource();
                [&it.verb, &it.group, &resource].into_iter().any(|word| word == ALL) || resource.starts_with("*/")
            }
        }
    }

    /// All that was asked, a name at a time.
    pub fn actions(&self) -> impl Iterator<Item = Action> {
        actions(&self.action, &self.times.names)
    }
}

fn actions(action: &Action, names: &Names) -> impl Iterator<Item = Action> {
    let with_name = |name: &str| match action.clone() {
        Action::Resource(mut action) => {
            name.clone_into(&mut action.name);
            Action::Resource(action)
        }
        url @ Action::Url { .. } => url,
    };
    // Where there are more names than are known, one without a name stands for them.
    let unnamed = (names.has_unnamed || names.has_more || names.known.is_empty()).then_some("");
    unnamed.into_iter().chain(names.known.iter().map(String::as_str)).map(with_name)
}

/// All that somebody did, in order: what is of the cluster first, then namespace by namespace.
pub(super) fn rows(actions_done: &BTreeMap<Action, Tally>, held: &mut dyn FnMut(&Action) -> Held) -> Vec<Row> {
    let mut rows = Vec::new();
    for (action, Tally { allowed, denied, elsewhere }) in actions_done {
        let both = [(allowed, *elsewhere, false), (denied, 0, true)];
        rows.extend(both.into_iter().filter(|(times, ..)| times.count > 0).map(|(times, elsewhere, is_denied)| {
            // What is allowed for some names only is not allowed.
            let held = actions(action, &times.names).map(|action| held(&action)).min().unwrap_or(Held::No);
            Row { action: action.clone(), times: times.clone(), elsewhere, is_denied, held }
        }));
    }
    rows.sort_by(|one, other| place(one).cmp(&place(other)));
    rows
}

/// What was allowed before what was denied; what is of the cluster before what is of a namespace; verbs together.
fn place(row: &Row) -> impl Ord {
    let what = match &row.action {
        Action::Url { verb, path } => (true, path.as_str(), "", "", Verb::new(verb.clone())),
        Action::Resource(it) => (false, &*it.group, &*it.resource, &*it.subresource, Verb::new(it.verb.clone())),
    };
    (row.is_denied, row.action.namespace(), what)
}

/// Whether what stands allows something, in the groups that somebody was always in, and in those that they were ever in.
pub(super) fn held(access: &Access, default: &Policy, (always, ever): (&Identity, &Identity), action: &Action) -> Held {
    let verdict = |policy: &Policy, identity: &Identity| {
        policy.first(&policy.prepare(&Request { identity: identity.clone(), action: action.clone() }))
    };
    if verdict(default, always) == Verdict::Allowed {
        return Held::ByDefault;
    }
    Held::of(verdict(access.policy(), ever))
}
