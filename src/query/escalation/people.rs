//! Who is there: the ServiceAccounts of each namespace, those that pods run as, and which namespaces take which pods.

use std::collections::{BTreeMap, BTreeSet};

use super::state::State;
use super::technique::Certainty;
use crate::manifest::{Facts, Kind, KnownObject, WorkloadFacts};
use crate::query::{Access, Who};

/// What is known of a ServiceAccount.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is known by itself")]
pub(super) struct Person<'a> {
    pub(super) namespace: &'a str,
    pub(super) name: &'a str,
    /// Whether it is there for all that is known.
    pub(super) exists: bool,
    /// Whether a binding names it.
    pub(super) is_bound: bool,
    /// Whether a pod that has its token runs as it.
    pub(super) runs: bool,
    /// Whether such a pod runs on every node.
    pub(super) runs_everywhere: bool,
}

impl Person<'_> {
    /// One that only a binding names may be there or not.
    pub(super) fn certainty(&self) -> Certainty {
        if self.exists { Certainty::Certain } else { Certainty::Environment }
    }
}

/// Who is there.
#[derive(Debug)]
pub(super) struct People<'a> {
    pub(super) all: Vec<Person<'a>>,
    /// The namespaces of the ServiceAccounts of each name.
    namespaces: BTreeMap<&'a str, Vec<&'a str>>,
    /// The ServiceAccounts of pods whose names are known, by namespace and name; of a StatefulSet, its own name.
    pods: BTreeMap<(&'a str, &'a str), &'a str>,
    /// The ServiceAccounts whose tokens are in Secrets, by namespace and name of those.
    tokens: BTreeMap<(&'a str, &'a str), &'a str>,
    /// The namespaces that take no privileged pods, whatever definition of them holds.
    restricted: BTreeSet<&'a str>,
}

impl<'a> People<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        let objects = &access.read_set().objects;
        let by_default = accounts_of_default_policy(access);
        let silent = silent_accounts(objects);
        let mut people = Self {
            all: Vec::new(),
            namespaces: BTreeMap::new(),
            pods: BTreeMap::new(),
            tokens: tokens(objects),
            restricted: restricted(objects),
        };
        for (namespace, name, account) in access.known().service_accounts() {
            let workloads = || account.workloads.iter().filter_map(|&position| objects.get(position));
            let with_token = || workloads().filter(|object| has_token(object, silent.contains(&(namespace, name))));
            people.all.push(Person {
                namespace,
                name,
                exists: access.known().has_account(namespace, name)
                    || !account.workloads.is_empty()
                    || by_default.contains(&(namespace, name)),
                is_bound: account.is_bound,
                runs: with_token().next().is_some(),
                runs_everywhere: with_token().any(|object| object.name.kind == Kind::DaemonSet.name()),
            });
            people.namespaces.entry(name).or_default().push(namespace);
            let has_name =
                |object: &&KnownObject| [Kind::Pod.name(), Kind::StatefulSet.name()].contains(&object.name.kind);
            for object in with_token().filter(has_name) {
                people.pods.insert((namespace, &object.name.name), name);
            }
        }
        people
    }

    /// The ServiceAccounts of a name, of a namespace or of all.
    pub(super) fn accounts_named(&self, name: &str, place: Option<&str>) -> Vec<State> {
        let namespaces = self.namespaces.get(name).into_iter().flatten();
        let there = namespaces.filter(|namespace| place.is_none_or(|place| place == **namespace));
        there.map(|namespace| State::account(namespace, name)).collect()
    }

    /// The namespaces with Secrets that hold tokens.
    pub(super) fn namespaces_with_tokens(&self) -> BTreeSet<&'a str> {
        self.tokens.keys().map(|(namespace, _)| *namespace).collect()
    }

    /// The ServiceAccounts whose tokens are in the Secrets of a name, or in any, in a namespace or in all.
    pub(super) fn accounts_of_tokens(&self, name: Option<&str>, place: Option<&str>) -> Vec<State> {
        let is_meant =
            |(namespace, secret): &(&str, &str)| is_there(place, namespace) && name.is_none_or(|name| name == *secret);
        let meant = self.tokens.iter().filter(|(key, _)| is_meant(key));
        meant.map(|((namespace, _), account)| State::account(namespace, account)).collect()
    }

    /// How sure it is that a ServiceAccount is there; anybody else is.
    pub(super) fn certainty_of(&self, state: &State) -> Certainty {
        let State::Subject(Who::ServiceAccount { namespace, name }) = state else { return Certainty::Certain };
        let key = (namespace.as_str(), name.as_str());
        let found = self.all.binary_search_by_key(&key, |person| (person.namespace, person.name));
        found.ok().and_then(|at| self.all.get(at)).map_or(Certainty::Environment, Person::certainty)
    }

    /// The pods of a name, in a namespace or in all.
    pub(super) fn pods_named(&self, name: &str, place: Option<&str>) -> Vec<State> {
        let meant = self.pods.keys().filter(|(namespace, pod)| is_pod_of(name, pod) && is_there(place, namespace));
        let namespaces: BTreeSet<_> = meant.map(|(namespace, _)| *namespace).collect();
        namespaces.into_iter().map(|namespace| State::Pod(namespace.to_owned(), name.to_owned())).collect()
    }

    /// The ServiceAccounts of the pod of a name.
    pub(super) fn accounts_of_pod<'n>(&self, namespace: &'n str, name: &'n str) -> impl Iterator<Item = State> {
        let meant = self.pods.iter().filter(move |((there, pod), _)| *there == namespace && is_pod_of(name, pod));
        meant.map(|((namespace, _), account)| State::account(namespace, account))
    }

    /// Whether a namespace takes privileged pods, for all that is known; of the whole cluster, one always does.
    pub(super) fn takes_privileged(&self, place: Option<&str>) -> bool {
        place.is_none_or(|namespace| !self.restricted.contains(namespace))
    }
}

/// Whether a pod is called so that is made by this, which a StatefulSet does with a number at the end.
fn is_pod_of(name: &str, made_by: &str) -> bool {
    let of_set = name.rsplit_once('-').filter(|(_, number)| number.parse::<u32>().is_ok()).map(|(set, _)| set);
    made_by == name || Some(made_by) == of_set
}

fn is_there(place: Option<&str>, namespace: &str) -> bool {
    place.is_none_or(|place| place == namespace)
}

/// The ServiceAccounts that Kubernetes makes itself, for its own controllers.
fn accounts_of_default_policy(access: &Access) -> BTreeSet<(&str, &str)> {
    let policy = access.policy();
    let built_in = policy.bindings().filter(|(id, _)| access.binding_object(*id).is_none());
    let subjects = built_in.flat_map(|(_, binding)| {
        binding.subjects.iter().filter_map(|subject| subject.service_account(binding.namespace.as_deref()))
    });
    subjects.collect()
}

/// The ServiceAccounts whose tokens are in Secrets.
fn tokens(objects: &[KnownObject]) -> BTreeMap<(&str, &str), &str> {
    let tokens = objects.iter().filter_map(|object| match &object.facts {
        Facts::Token(account) => Some(((object.name.namespace.as_deref()?, object.name.name.as_str()), &**account)),
        _ => None,
    });
    tokens.collect()
}

/// The ServiceAccounts whose pods get no token unless they ask for it.
fn silent_accounts(objects: &[KnownObject]) -> BTreeSet<(&str, &str)> {
    let silent = objects.iter().filter_map(|object| match &object.facts {
        Facts::Account(account) if account.automount == Some(false) => {
            Some((object.name.namespace.as_deref()?, &*object.name.name))
        }
        _ => None,
    });
    silent.collect()
}

fn has_token(object: &KnownObject, is_silent: bool) -> bool {
    let automount = |workload: &WorkloadFacts| workload.automount.unwrap_or(!is_silent);
    matches!(&object.facts, Facts::Workload(workload) if automount(workload))
}

/// The namespaces of which every definition that was read forbids privileged pods.
fn restricted(objects: &[KnownObject]) -> BTreeSet<&str> {
    let namespaces = objects.iter().filter(|object| object.name.kind == Kind::Namespace.name());
    let mut all: BTreeMap<&str, bool> = BTreeMap::new();
    for object in namespaces {
        let forbids = matches!(&object.facts, Facts::Namespace(it) if it.pod_security != "privileged");
        all.entry(&object.name.name).and_modify(|known| *known &= forbids).or_insert(forbids);
    }
    all.into_iter().filter(|(_, forbids)| *forbids).map(|(namespace, _)| namespace).collect()
}
