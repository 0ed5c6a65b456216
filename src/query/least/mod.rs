//! The smallest roles that allow what audit logs say somebody did, beside what stands.
//!
//! What was done and allowed is *used*, whatever came of it. What the default policy of Kubernetes lets somebody do needs
//! no rule. All else gets one: in a namespace where it was done in one, in the whole cluster where it was done in all
//! namespaces at once or with something that is in none.

mod merge;
mod notes;
mod roles;
mod rows;
mod standing;
mod web_sockets;

use std::collections::{BTreeMap, BTreeSet};

use super::access::Access;
use super::role_uses::RoleUses;
use super::subject::Who;
use crate::audit::{Actor, Actors, Usage};
use crate::catalog::DefaultPolicy;
use crate::rbac::{Identity, MASTERS, Policy};

pub use roles::SuggestedRole;
pub use rows::{Held, Row};
pub use standing::{Standing, StandingRule};

/// How roles are suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What was done with no more names than this is allowed for these names only.
    pub max_names: usize,
    /// Where the same is needed in more namespaces than this, it is a ClusterRole that is bound in each of them.
    pub max_roles: usize,
    /// Whether what was denied is to be allowed, too.
    pub with_denied: bool,
}

/// What somebody needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Least {
    /// Who.
    pub who: Who,
    /// As whom they came to the API server.
    pub identity: Identity,
    /// How many requests of theirs were allowed.
    pub allowed: u64,
    /// How many were denied.
    pub denied: u64,
    /// When they first did something, as the log has it.
    pub first: Option<String>,
    /// When they last did something.
    pub last: Option<String>,
    /// What they did, and what they were denied: of the cluster, then namespace by namespace.
    pub rows: Vec<Row>,
    /// The roles that allow it, with their bindings.
    pub suggested: Vec<SuggestedRole>,
    /// What bindings of the read set give them.
    pub standing: Vec<Standing>,
    /// What the log cannot tell.
    pub notes: Vec<String>,
}

/// What those need of whom audit logs tell something, and who is asked for.
pub fn least_privilege(access: &Access, usage: &Usage, actors: &Actors, options: Options) -> Vec<Least> {
    let assumptions = access.assumptions();
    let default =
        if assumptions.default_policy { DefaultPolicy::of(assumptions.version) } else { DefaultPolicy::default() };
    let uses = RoleUses::new(access);
    let mut draft = Draft {
        access,
        uses: &uses,
        default: Policy::new(default.roles, default.bindings),
        options,
        taken: taken(access),
    };
    let nobody = BTreeMap::from([(named(actors), Actor::default())]);
    let seen = if usage.actors.is_empty() { &nobody } else { &usage.actors };
    let named = seen.iter().filter(|(name, _)| !name.is_empty());
    named.map(|(name, actor)| draft.least(who(actors, name), actor)).collect()
}

/// The ServiceAccounts that bindings of the read set name, and of which logs tell nothing.
pub fn unseen(access: &Access, usage: &Usage) -> Vec<Who> {
    let bound = access.known().service_accounts().filter(|(_, _, account)| account.is_bound);
    let accounts = bound
        .map(|(namespace, name, _)| Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() });
    let is_of_read_set = |who: &Who| {
        let bindings = access.policy().bindings_naming(&who.identity());
        bindings.iter().any(|&id| access.binding_object(id).is_some())
    };
    let is_seen = |who: &Who| who.user_name().is_some_and(|name| usage.actors.contains_key(&name));
    accounts.filter(|who| !is_seen(who) && is_of_read_set(who)).collect()
}

/// The one name that is asked for; empty where several may be.
fn named(actors: &Actors) -> String {
    match actors {
        Actors::User(name) | Actors::Group(name) => name.clone(),
        Actors::ServiceAccounts | Actors::Users => String::new(),
    }
}

fn who(actors: &Actors, name: &str) -> Who {
    if matches!(actors, Actors::Group(_)) { Who::Group(name.to_owned()) } else { Who::user(name) }
}

/// The names of roles and bindings that are there.
fn taken(access: &Access) -> BTreeSet<(Option<String>, String)> {
    let policy = access.policy();
    let roles = policy.roles().map(|(_, role)| role.key());
    let bindings = policy.all_bindings().map(|(_, binding)| binding.key());
    roles.chain(bindings).map(|(namespace, name)| (namespace.map(str::to_owned), name.to_owned())).collect()
}

/// What is drafted for one after the other.
struct Draft<'a> {
    access: &'a Access,
    uses: &'a RoleUses<'a>,
    /// What every cluster allows.
    default: Policy,
    options: Options,
    taken: BTreeSet<(Option<String>, String)>,
}

impl Draft<'_> {
    fn least(&mut self, who: Who, actor: &Actor) -> Least {
        let (always, ever) = identities(&who, actor);
        let has_web_sockets = self.access.assumptions().version.at_least(web_sockets::SINCE);
        let with_more = has_web_sockets.then(|| web_sockets::with_create(actor, self.options.with_denied)).flatten();
        let tallies = with_more.as_ref().unwrap_or(&actor.actions);
        let rows =
            rows::rows(tallies, &mut |request| rows::held(self.access, &self.default, (&always, &ever), request));
        let with_denied = self.options.with_denied;
        let needs = roles::needs(rows.iter().filter(|row| row.is_suggested(with_denied)), self.options.max_names);
        let mut notes = notes::notes(&rows, with_denied);
        notes.extend(with_more.is_some().then(|| web_sockets::NOTE.to_owned()));
        Least {
            suggested: roles::roles(&who, needs, self.options, &mut self.taken),
            standing: standing::standing((self.access, self.uses), &ever, &rows),
            notes,
            allowed: actor.allowed,
            denied: actor.denied,
            first: actor.first.clone(),
            last: actor.last.clone(),
            identity: ever,
            rows,
            who,
        }
    }
}

/// Somebody in the groups that they were always in, and in those that they were ever in. Who is in `system:masters` needs
/// no role, which is no reason to suggest none.
fn identities(who: &Who, actor: &Actor) -> (Identity, Identity) {
    let implied = who.identity();
    let identity = |groups: &BTreeSet<String>| match who {
        Who::Group(_) => implied.clone(),
        _ if groups.is_empty() => implied.clone(),
        _ => Identity {
            user: implied.user.clone(),
            groups: groups.iter().filter(|group| *group != MASTERS).cloned().collect(),
        },
    };
    (identity(&actor.groups), identity(&actor.groups_ever))
}
