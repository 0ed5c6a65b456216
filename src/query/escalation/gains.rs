//! What comes of a technique: the states to which it leads.

use std::collections::BTreeMap;

use super::combos::{Combo, Selected};
use super::holdings::Holding;
use super::people::People;
use super::sink::SYSTEM;
use super::state::{Place, State, Writing, Written};
use super::technique::{Certainty, Gives};
use crate::query::{Access, Who};
use crate::rbac::{Binding, BindingId, MASTERS, Role, RoleId, RoleKind, service_account};

/// What has to be known of the read set to tell what comes of a technique.
#[derive(Debug)]
pub(super) struct Gains<'a> {
    access: &'a Access,
    pub(super) people: People<'a>,
    /// The definitions of each role by what it is known by.
    roles: BTreeMap<(Option<&'a str>, &'a str), Vec<RoleId>>,
}

impl<'a> Gains<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        let mut roles: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, role) in access.policy().roles() {
            roles.entry(role.key()).or_default().push(id);
        }
        Self { access, people: People::new(access), roles }
    }

    /// The states to which a technique leads, used by somebody who is all of these.
    pub(super) fn states(&self, combo: &Combo<'a>, over: &Selected<'a>, own: &[Who]) -> Vec<State> {
        let place = combo.place;
        let owned = place.map(str::to_owned);
        match (combo.technique.gives, over.name) {
            (Gives::Accounts, None) => vec![State::Accounts(owned)],
            (Gives::Impersonated, None) => vec![State::Accounts(owned.clone()), State::AbsentAccounts(owned)],
            (Gives::Tokens, None) => self.tokens(place),
            (Gives::Tokens, name) => self.people.accounts_of_tokens(name, place),
            (Gives::Accounts | Gives::Impersonated, Some(name)) => self.people.accounts_named(name, place),
            (Gives::AbsentAccounts, _) => vec![State::AbsentAccounts(owned)],
            (Gives::Pods, None) => vec![State::Pods(owned)],
            (Gives::Pods, Some(name)) => self.people.pods_named(name, place),
            (Gives::AllPods, _) => vec![State::Pods(None)],
            (Gives::Nodes, _) => vec![State::Nodes],
            (Gives::NodesByPod, _) => self.people.takes_privileged(place).then_some(State::Nodes).into_iter().collect(),
            (Gives::SystemSecrets, _) => is_of_system(place).then_some(State::Secrets).into_iter().collect(),
            (Gives::Users, None) => vec![State::AnyUser],
            // One who is named like a ServiceAccount is looked up as one, for which this counts nothing.
            (Gives::Users, Some(name)) if service_account(name).is_some() => Vec::new(),
            (Gives::Users, Some(name)) => vec![State::Subject(Who::User(name.to_owned()))],
            (Gives::ClusterAdmin, _) => vec![State::ClusterAdmin],
            (Gives::Groups, name) => vec![State::Subject(Who::Group(name.unwrap_or(MASTERS).to_owned()))],
            (Gives::Certificates, _) => vec![State::AnyUser, State::AnyGroup, State::Nodes],
            // Every cluster has it, whether its default policy is looked at or not.
            (Gives::ClusterRoles, None | Some("cluster-admin")) if combo.technique.is_of_cluster() => {
                vec![State::ClusterAdmin]
            }
            (Gives::ClusterRoles, None | Some("cluster-admin")) | (Gives::NamespaceAdmin, _) => {
                vec![State::Everything(owned)]
            }
            (Gives::ClusterRoles, Some(name)) => self.roles((None, name), &rights_in(combo)),
            (Gives::Roles, None) => vec![State::AnyRole(owned)],
            (Gives::Roles, Some(name)) => self.own_roles(name, place),
            (Gives::BoundClusterRoles | Gives::BoundRoles, _) => self.bindings(combo),
            (
                Gives::OwnRole
                | Gives::OwnClusterRole
                | Gives::OwnAggregate
                | Gives::AbsentRole
                | Gives::AbsentClusterRole,
                _,
            ) => {
                let holders = written(combo, over).map(|written| self.holders(&written)).unwrap_or_default();
                holders.into_iter().filter(|(who, _)| own.contains(who)).map(|(_, state)| state).collect()
            }
            (Gives::Deputies(names), _) => {
                names.iter().flat_map(|name| self.people.accounts_named(name, None)).collect()
            }
        }
    }

    /// How sure it is that what a technique leads to is there, as far as it has to be.
    pub(super) fn certainty(&self, gives: Gives, state: &State) -> Certainty {
        match gives {
            Gives::Accounts | Gives::Tokens | Gives::Deputies(_) => self.people.certainty_of(state),
            _ => Certainty::Certain,
        }
    }

    fn tokens(&self, place: Option<&str>) -> Vec<State> {
        let has_any = !self.people.accounts_of_tokens(None, place).is_empty();
        has_any.then(|| State::Tokens(place.map(str::to_owned))).into_iter().collect()
    }

    fn role(&self, id: RoleId) -> Option<&'a Role> {
        self.access.policy().role(id)
    }

    fn roles(&self, key: (Option<&str>, &str), place: &Place) -> Vec<State> {
        let definitions = self.roles.get(&key).into_iter().flatten();
        definitions.map(|&role| State::Role(role, place.clone())).collect()
    }

    /// The Roles of a name, of a namespace or of all.
    fn own_roles(&self, name: &str, place: Option<&str>) -> Vec<State> {
        let namespaces: Vec<_> = match place {
            Some(namespace) => vec![namespace],
            None => self.access.known().namespaces_of_role(name).flatten().collect(),
        };
        let roles = namespaces.into_iter().map(|it| self.roles((Some(it), name), &Place::Namespace(it.to_owned())));
        roles.flatten().collect()
    }

    /// The bindings of a place, as far as they and their roles may be named.
    fn bindings(&self, combo: &Combo<'a>) -> Vec<State> {
        let kind = if combo.technique.gives == Gives::BoundRoles { RoleKind::Role } else { RoleKind::ClusterRole };
        let is_named = |any: Option<&Vec<Holding<'a>>>, name: &str| {
            any.into_iter().flatten().any(|it| it.names.is_empty() || it.names.iter().any(|other| other == name))
        };
        let is_meant = |binding: &Binding| {
            binding.namespace.is_none() == combo.technique.is_of_cluster()
                && combo.place.is_none_or(|place| binding.namespace.as_deref() == Some(place))
                && binding.role.kind == kind
                && is_named(combo.takes.first(), &binding.name)
                && is_named(combo.takes.get(1), &binding.role.name)
        };
        let bindings = self.access.policy().bindings().filter(|(_, binding)| is_meant(binding));
        bindings.map(|(id, _)| State::Bound(id)).collect()
    }

    /// Who is bound to roles into which all rights are written, and what they come to.
    pub(super) fn holders(&self, written: &Written) -> Vec<(Who, State)> {
        let policy = self.access.policy();
        let bindings = policy.bindings().filter(|(id, binding)| self.hands_out(written, *id, binding));
        let holders = bindings.flat_map(|(_, binding)| {
            let namespace = binding.namespace.as_deref();
            let all = binding.subjects.iter().filter_map(move |subject| Who::of_binding(subject, namespace));
            all.map(move |who| (who, everything_in(namespace)))
        });
        let mut holders: Vec<_> = holders.collect();
        holders.sort();
        holders.dedup();
        holders
    }

    /// Whether a binding hands out a role into which all rights are written.
    fn hands_out(&self, written: &Written, id: BindingId, binding: &Binding) -> bool {
        let roles = self.access.policy().roles_of(id);
        let name = written.name.as_deref();
        let is_there = written.namespace.is_none() || binding.namespace.as_deref() == written.namespace.as_deref();
        let is_named = name.is_none_or(|name| name == binding.role.name);
        // What is missing of the default policy is there all the same.
        let may_be_absent = || !written.is_of_cluster || self.access.assumptions().default_policy;
        let mut all = roles.iter().filter_map(|&role| Some((role, self.role(role)?)));
        match (written.how, written.is_of_cluster) {
            (Writing::Changed, true) => all.any(|(id, _)| self.comes_from(id, name)),
            (Writing::Changed, false) => is_there && is_named && all.any(|(_, role)| role.namespace.is_some()),
            (Writing::TakesIn, _) => all.any(|(_, role)| role.aggregation.is_some()),
            (Writing::Made, is_of_cluster) => {
                let is_absent = binding.role_key().is_some_and(|(namespace, name)| {
                    namespace.is_none() == is_of_cluster && !name.is_empty() && !self.is_known(namespace, name)
                });
                is_there && is_named && is_absent && may_be_absent()
            }
        }
    }

    /// Whether there is a role, for all that is known.
    fn is_known(&self, namespace: Option<&str>, name: &str) -> bool {
        self.access.known().has_role((namespace, name))
    }

    /// Whether a role is a ClusterRole that comes to more once the one of a name does: what controllers write is left out.
    fn comes_from(&self, id: RoleId, name: Option<&str>) -> bool {
        let Some(role) = self.role(id).filter(|role| role.namespace.is_none()) else { return false };
        let Some(name) = name else { return true };
        let is_meant = |role: &Role| role.name == name && role.aggregation.is_none();
        let takes_in = || self.roles.get(&(None, name)).into_iter().flatten().filter_map(|&other| self.role(other));
        is_meant(role) || takes_in().any(|other| is_meant(other) && role.takes_in(other))
    }
}

fn is_of_system(place: Option<&str>) -> bool {
    place.is_none_or(|namespace| namespace == SYSTEM)
}

/// Where the rights of a role hold that one binds oneself to.
fn rights_in(combo: &Combo<'_>) -> Place {
    match combo.place {
        Some(namespace) => Place::Namespace(namespace.to_owned()),
        None if combo.technique.is_of_cluster() => Place::Cluster,
        None => Place::Namespaces,
    }
}

/// The roles into which all rights are written by a technique; `None` where it writes none.
pub(super) fn written(combo: &Combo<'_>, over: &Selected<'_>) -> Option<Written> {
    let (how, is_of_cluster) = match combo.technique.gives {
        Gives::OwnRole => (Writing::Changed, false),
        Gives::OwnClusterRole => (Writing::Changed, true),
        Gives::OwnAggregate => (Writing::TakesIn, true),
        Gives::AbsentRole => (Writing::Made, false),
        Gives::AbsentClusterRole => (Writing::Made, true),
        _ => return None,
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Some(Written { how, is_of_cluster, namespace: owned(combo.place), name: owned(over.name) })
}

/// Every right in a namespace, or all that there are.
pub(super) fn everything_in(namespace: Option<&str>) -> State {
    namespace.map_or(State::ClusterAdmin, |namespace| State::Everything(Some(namespace.to_owned())))
}
