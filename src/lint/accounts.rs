//! Who uses ServiceAccounts: what runs as them, and what is granted to them.

use std::collections::BTreeSet;

use crate::manifest::Facts;
use crate::query::Access;
use crate::rbac::{Subject, service_accounts_of};
use crate::source::FileId;

/// Groups that every ServiceAccount is in.
const GROUPS_OF_ALL: [&str; 2] = ["system:serviceaccounts", "system:authenticated"];

/// Who uses the ServiceAccounts of a read set.
#[derive(Debug, Default)]
pub(super) struct Accounts<'a> {
    /// The groups that bindings of the read set name.
    groups: BTreeSet<&'a str>,
    /// The names as which workloads run, in whatever namespace.
    running: BTreeSet<&'a str>,
    /// The names that bindings grant something to, in whatever namespace.
    bound: BTreeSet<&'a str>,
    /// The namespaces that have workloads, and the files that these stand in.
    inhabited: BTreeSet<(&'a str, FileId)>,
    /// Whether there are any bindings.
    has_bindings: bool,
    /// Whether there are custom resources, for which an operator may run something.
    has_custom_resources: bool,
}

impl<'a> Accounts<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        let mut accounts = Self::default();
        for object in &access.read_set().objects {
            match &object.facts {
                Facts::Workload(workload) => {
                    accounts.running.insert(&workload.service_account);
                    let namespace = object.name.namespace.as_deref();
                    accounts.inhabited.extend(namespace.map(|namespace| (namespace, object.span.file)));
                }
                Facts::Binding(binding) => {
                    accounts.has_bindings = true;
                    binding.binding.subjects.iter().for_each(|subject| accounts.add(subject));
                }
                Facts::CustomResources(_) => accounts.has_custom_resources = true,
                _ => {}
            }
        }
        accounts
    }

    fn add(&mut self, subject: &'a Subject) {
        match subject {
            Subject::Group(name) => {
                self.groups.insert(name);
            }
            Subject::ServiceAccount { name, .. } => {
                self.bound.insert(name);
            }
            Subject::User(_) | Subject::Other { .. } => {}
        }
    }

    /// Whether a workload runs as an account of this name, be it in another namespace.
    pub(super) fn is_running(&self, name: &str) -> bool {
        self.running.contains(name)
    }

    /// Whether the read set grants something to an account of this name, be it in another namespace, or to a group that
    /// all accounts of a namespace are in.
    pub(super) fn is_granted(&self, namespace: &str, name: &str) -> bool {
        let of_namespace = service_accounts_of(namespace);
        let has_group = |group: &&str| self.groups.contains(group);
        self.bound.contains(name) || has_group(&of_namespace.as_str()) || GROUPS_OF_ALL.iter().any(has_group)
    }

    /// Whether the read set has workloads in a namespace.
    pub(super) fn is_inhabited(&self, namespace: &str) -> bool {
        let from = (namespace, FileId::new(0));
        self.inhabited.range(from..).next().is_some_and(|(other, _)| *other == namespace)
    }

    /// Whether a file has workloads of a namespace.
    pub(super) fn is_inhabited_by(&self, namespace: &str, file: FileId) -> bool {
        self.inhabited.contains(&(namespace, file))
    }

    /// Whether there are custom resources, for which an operator may run something.
    pub(super) fn has_custom_resources(&self) -> bool {
        self.has_custom_resources
    }

    /// Whether the read set has bindings.
    pub(super) fn has_bindings(&self) -> bool {
        self.has_bindings
    }
}
