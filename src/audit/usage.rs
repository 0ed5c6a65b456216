//! What is distinct in audit logs: who did what, how often, with which names.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::request::Outcome;
use crate::rbac::{Action, service_account};

/// No more different names than these are kept of one thing that somebody did.
pub const MOST_NAMES: usize = 64;

type Hasher = foldhash::fast::RandomState;

/// Of whom something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actors {
    /// Of every ServiceAccount.
    ServiceAccounts,
    /// Of every ServiceAccount, and of all users but those whose names begin with `system:`.
    Users,
    /// Of the user of this name, who may be a ServiceAccount.
    User(String),
    /// Of all who were in this group, as if they were one.
    Group(String),
}

impl Actors {
    /// Under which name something is kept that a user of some groups did; `None` where nothing is.
    pub(super) fn name<'n>(&'n self, user: &'n str, mut groups: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        let is_account = || service_account(user).is_some();
        match self {
            Self::ServiceAccounts => is_account().then_some(user),
            Self::Users => (is_account() || !(user.is_empty() || user.starts_with("system:"))).then_some(user),
            Self::User(name) => (name == user).then_some(user),
            Self::Group(name) => groups.any(|group| group == name).then_some(name),
        }
    }
}

/// What logs come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Who did something, by name: of the user, or of the group that was asked for.
    pub actors: BTreeMap<String, Actor>,
    /// What was read.
    pub reading: Reading,
}

/// What was read of logs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The lines that are not blank.
    pub lines: u64,
    /// The events of requests that were decided, each request once, whoever made it.
    pub requests: u64,
    /// Those of them that are kept: of whoever was asked for.
    pub kept: u64,
    /// The events of requests that came to an end before anything was decided.
    pub undecided: u64,
    /// The lines that cannot be read.
    pub broken: u64,
    /// The lines that are something else than events of an audit log.
    pub foreign: u64,
    /// Where the first of these stands, and what is wrong with it.
    pub first_unread: Option<String>,
    /// When the first request came in that was decided, as it is written.
    pub first: Option<String>,
    /// When the last one did.
    pub last: Option<String>,
}

/// What somebody did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The groups that they were in each time.
    pub groups: BTreeSet<String>,
    /// The groups that they were ever in.
    pub groups_ever: BTreeSet<String>,
    /// How many requests of theirs were allowed: for one, several things may have been asked of the authorizer.
    pub allowed: u64,
    /// How many were denied.
    pub denied: u64,
    /// What they did, without names.
    pub actions: BTreeMap<Action, Tally>,
    /// When they first did something, as it is written.
    pub first: Option<String>,
    /// When they last did something.
    pub last: Option<String>,
}

/// How often something was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// When it was allowed.
    pub allowed: Times,
    /// When it was denied.
    pub denied: Times,
    /// How many of the times that it was allowed it was not by RBAC.
    pub elsewhere: u64,
}

/// How often, and with which names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// How often.
    pub count: u64,
    /// With which names.
    pub names: Names,
}

/// The names of objects with which something was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The first of them, no more than [`MOST_NAMES`].
    pub known: BTreeSet<String>,
    /// Whether there are more.
    pub has_more: bool,
    /// Whether it was done without a name, too.
    pub has_unnamed: bool,
}

impl Names {
    /// Takes in those of something else.
    pub fn merge(&mut self, other: &Self) {
        for name in &other.known {
            self.add(name);
        }
        self.has_more |= other.has_more;
        self.has_unnamed |= other.has_unnamed;
    }

    /// Takes in one more; an empty one is none.
    pub fn add(&mut self, name: &str) {
        if name.is_empty() {
            self.has_unnamed = true;
        } else if !self.known.contains(name) {
            if self.known.len() < MOST_NAMES {
                self.known.insert(name.to_owned());
            } else {
                self.has_more = true;
            }
        }
    }
}

/// Something that was done, once.
#[derive(Clone, Debug)]
pub(super) struct Done<'a> {
    pub(super) groups: Vec<&'a str>,
    /// Without a name.
    pub(super) action: Action,
    pub(super) name: String,
    pub(super) outcome: Outcome,
}

/// Adds up what was done.
#[derive(Debug, Default)]
pub(super) struct Sum {
    actors: HashMap<String, (Actor, HashMap<Action, Tally, Hasher>), Hasher>,
    /// The requests that have been counted: of each no more than a number is kept.
    counted: HashSet<u64, Hasher>,
    pub(super) reading: Reading,
}

impl Sum {
    /// Whether a request is told for the first time.
    pub(super) fn is_new(&mut self, request: u64) -> bool {
        self.counted.insert(request)
    }

    /// Takes in what somebody did, under a name.
    pub(super) fn add(&mut self, name: &str, done: Done<'_>, time: &str) {
        if !self.actors.contains_key(name) {
            let groups: BTreeSet<_> = done.groups.iter().map(|&group| group.to_owned()).collect();
            let actor = Actor { groups, ..Actor::default() };
            self.actors.insert(name.to_owned(), (actor, HashMap::default()));
        }
        let Some((actor, actions)) = self.actors.get_mut(name) else { return };
        actor.groups.retain(|known| done.groups.contains(&known.as_str()));
        for group in done.groups {
            if !actor.groups_ever.contains(group) {
                actor.groups_ever.insert(group.to_owned());
            }
        }
        widen((&mut actor.first, &mut actor.last), time);
        let tally = actions.entry(done.action).or_default();
        let times = match done.outcome {
            Outcome::Denied => &mut tally.denied,
            Outcome::Allowed | Outcome::AllowedElsewhere => &mut tally.allowed,
        };
        times.count += 1;
        times.names.add(&done.name);
        tally.elsewhere += u64::from(done.outcome == Outcome::AllowedElsewhere);
    }

    /// Counts a request of somebody of whom something has been taken in.
    pub(super) fn count(&mut self, name: &str, outcome: Outcome) {
        let Some((actor, _)) = self.actors.get_mut(name) else { return };
        let requests = if outcome == Outcome::Denied { &mut actor.denied } else { &mut actor.allowed };
        *requests += 1;
    }

    /// All that was done, in order.
    pub(super) fn into_usage(self) -> Usage {
        let in_order =
            |(actor, actions): (Actor, HashMap<_, _, _>)| Actor { actions: actions.into_iter().collect(), ..actor };
        Usage {
            actors: self.actors.into_iter().map(|(name, it)| (name, in_order(it))).collect(),
            reading: self.reading,
        }
    }
}

/// Widens a span of time so that it has a point in time in it: written in UTC, they are in the order of their texts.
pub(super) fn widen((first, last): (&mut Option<String>, &mut Option<String>), time: &str) {
    let is_time = time.ends_with('Z') && time.len() >= 20 && time.starts_with(|c: char| c.is_ascii_digit());
    if !is_time {
        return;
    }
    if first.as_deref().is_none_or(|first| time < first) {
        *first = Some(time.to_owned());
    }
    if last.as_deref().is_none_or(|last| time > last) {
        *last = Some(time.to_owned());
    }
}
