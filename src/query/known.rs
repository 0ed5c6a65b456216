//! The names that a read set knows: what can be asked about, and what a question may have misspelt.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ecow::EcoString;

use super::alike::is_alike;
use crate::manifest::{Facts, Kind, KnownObject};
use crate::rbac::{Binding, Key, Role, Subject};

/// Namespaces that every cluster has.
pub(super) const ALWAYS_THERE: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/// More names than these are not compared with one that is not known.
const MOST_NAMES: usize = 200;

/// The ServiceAccount that every namespace has.
pub(super) const DEFAULT_ACCOUNT: &str = "default";

/// The names that a read set knows.
#[derive(Clone, Debug, Default)]
pub struct Known {
    namespaces: BTreeSet<EcoString>,
    service_accounts: BTreeMap<(EcoString, EcoString), Account>,
    /// The names of ServiceAccounts that the read set has, each with the namespaces that have one.
    defined_accounts: BTreeMap<EcoString, BTreeSet<EcoString>>,
    /// The names of roles, each with where there is one.
    roles: BTreeMap<EcoString, Whereabouts>,
    users: BTreeSet<EcoString>,
    groups: BTreeSet<EcoString>,
}

/// Where there are roles of one name.
#[derive(Clone, Debug, Default)]
struct Whereabouts {
    /// Whether it is the name of a ClusterRole.
    is_of_cluster: bool,
    namespaces: BTreeSet<EcoString>,
}

impl Whereabouts {
    fn add(&mut self, namespace: Option<EcoString>) {
        self.is_of_cluster |= namespace.is_none();
        self.namespaces.extend(namespace);
    }

    fn has(&self, namespace: Option<&str>) -> bool {
        namespace.map_or(self.is_of_cluster, |namespace| self.namespaces.contains(namespace))
    }
}

/// What is known of a ServiceAccount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Whether the read set has the ServiceAccount itself.
    pub is_defined: bool,
    /// The workloads that run as it, as positions in the read set.
    pub workloads: Vec<usize>,
    /// Whether a binding names it.
    pub is_bound: bool,
}

impl Known {
    /// The names in these objects, roles and bindings, of which some may be of the default policy.
    pub(super) fn new(objects: &[KnownObject], roles: &[Arc<Role>], bindings: &[Arc<Binding>]) -> Self {
        let mut known = Self::default();
        for role in roles {
            known.roles.entry(role.name.clone()).or_default().add(role.namespace.clone());
        }
        for (position, object) in objects.iter().enumerate() {
            known.add_object(position, object);
        }
        for binding in bindings {
            known.namespaces.extend(binding.namespace.clone());
            for subject in &binding.subjects {
                known.add_subject(subject, binding.namespace.as_deref());
            }
        }
        known.namespaces.extend(ALWAYS_THERE.map(EcoString::from));
        known
    }

    fn add_object(&mut self, position: usize, object: &KnownObject) {
        let name = &object.name;
        if name.kind == Kind::Namespace.name() {
            self.namespaces.insert(name.name.clone());
        }
        // One that is written and cannot be is not missing either.
        if [Kind::Role.name(), Kind::ClusterRole.name()].contains(&name.kind) {
            self.roles.entry(name.name.clone()).or_default().add(name.namespace.clone());
        }
        let Some(namespace) = &name.namespace else { return };
        self.namespaces.insert(namespace.clone());
        if name.kind == Kind::ServiceAccount.name() {
            self.account(namespace, &name.name).is_defined = true;
            self.defined_accounts.entry(name.name.clone()).or_default().insert(namespace.clone());
        }
        if let Facts::Workload(workload) = &object.facts {
            self.account(namespace, &workload.service_account).workloads.push(position);
        }
    }

    fn add_subject(&mut self, subject: &Subject, namespace: Option<&str>) {
        match subject {
            Subject::User(name) => {
                self.users.insert(name.clone());
            }
            Subject::Group(name) => {
                self.groups.insert(name.clone());
            }
            Subject::ServiceAccount { .. } => {
                if let Some((namespace, name)) = subject.service_account(namespace) {
                    self.account(namespace, name).is_bound = true;
                }
            }
            Subject::Other { .. } => {}
        }
    }

    fn account(&mut self, namespace: &str, name: &str) -> &mut Account {
        self.service_accounts.entry((namespace.into(), name.into())).or_default()
    }

    /// The namespaces that are there, by name: with objects in them, or that every cluster has.
    pub fn namespaces(&self) -> impl Iterator<Item = &str> {
        self.namespaces.iter().map(EcoString::as_str)
    }

    /// Whether a namespace is there.
    pub fn has_namespace(&self, namespace: &str) -> bool {
        self.namespaces.contains(namespace)
    }

    /// The ServiceAccounts that are there, that a workload runs as, or that a binding names: namespace, name, and what is
    /// known of each.
    pub fn service_accounts(&self) -> impl Iterator<Item = (&str, &str, &Account)> {
        self.service_accounts.iter().map(|((namespace, name), account)| (namespace.as_str(), name.as_str(), account))
    }

    /// The ServiceAccounts that exist once the read set is applied: those in it, and the default ones that are used.
    pub fn existing_accounts(&self) -> impl Iterator<Item = (&str, &str)> {
        let accounts = self.service_accounts().map(|(namespace, name, _)| (namespace, name));
        accounts.filter(|(namespace, name)| self.has_account(namespace, name))
    }

    /// What is known of a ServiceAccount.
    pub fn account_of(&self, namespace: &str, name: &str) -> Option<&Account> {
        self.service_accounts.get(&(namespace.into(), name.into()))
    }

    /// Whether a ServiceAccount exists once the read set is applied.
    pub fn has_account(&self, namespace: &str, name: &str) -> bool {
        let is_defined = self.account_of(namespace, name).is_some_and(|account| account.is_defined);
        is_defined || (name == DEFAULT_ACCOUNT && self.has_namespace(namespace))
    }

    /// The namespaces in which the read set has a ServiceAccount of this name.
    pub fn namespaces_of_account(&self, name: &str) -> impl Iterator<Item = &str> {
        self.defined_accounts.get(name).into_iter().flatten().map(EcoString::as_str)
    }

    /// Whether there is a role, one that cannot be applied included.
    pub fn has_role(&self, (namespace, name): Key<'_>) -> bool {
        self.roles.get(name).is_some_and(|known| known.has(namespace))
    }

    /// The namespaces that have a role of this name; `None` stands for a ClusterRole.
    pub fn namespaces_of_role(&self, name: &str) -> impl Iterator<Item = Option<&str>> {
        let of_cluster = self.roles.get(name).filter(|known| known.is_of_cluster).map(|_| None);
        let of_namespaces = self.roles.get(name).into_iter().flat_map(|known| &known.namespaces);
        of_cluster.into_iter().chain(of_namespaces.map(|namespace| Some(namespace.as_str())))
    }

    /// The role of the same kind and namespace that was probably meant by a name which no role has.
    pub fn nearest_role(&self, (namespace, name): Key<'_>) -> Option<&str> {
        if self.roles.contains_key(name) {
            return None;
        }
        let near = self.roles.iter().filter(|(other, known)| known.has(namespace) && is_alike(other, name));
        near.map(|(other, _)| other.as_str()).min_by_key(|other| strsim::osa_distance(other, name))
    }

    /// The ServiceAccount of the same namespace that was probably meant by a name which none has there: of those that the
    /// read set has, and that have no such use yet.
    pub fn nearest_account(&self, namespace: &str, name: &str, has_use: impl Fn(&Account) -> bool) -> Option<&str> {
        let from = (EcoString::from(namespace), EcoString::new());
        let accounts = self.service_accounts.range(from..).take_while(|((other, _), _)| other == namespace);
        let free = accounts.take(MOST_NAMES).filter(|(_, account)| account.is_defined && !has_use(account));
        let near = free.map(|((_, other), _)| other.as_str()).filter(|other| is_alike(other, name));
        near.min_by_key(|other| strsim::osa_distance(other, name))
    }

    /// The namespace that was probably meant by a name which none has.
    pub fn nearest_namespace(&self, name: &str) -> Option<&str> {
        let near = self.namespaces().take(MOST_NAMES).filter(|other| is_alike(other, name));
        near.min_by_key(|other| strsim::osa_distance(other, name)).filter(|_| !self.has_namespace(name))
    }

    /// The users that bindings name.
    pub fn users(&self) -> impl Iterator<Item = &str> {
        self.users.iter().map(EcoString::as_str)
    }

    /// Whether a binding names a user.
    pub fn has_user(&self, name: &str) -> bool {
        self.users.contains(name)
    }

    /// The groups that bindings name.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(EcoString::as_str)
    }

    /// Whether a binding names a group.
    pub fn has_group(&self, name: &str) -> bool {
        self.groups.contains(name)
    }
}
