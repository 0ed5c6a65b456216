//! As whom the pods of Jobs act, and what that lets them do.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::ObjectName;
use crate::manifest::{Facts, Kind, KnownObject, WorkloadFacts};
use crate::query::{Access, Asker, Permissions, Who, permissions};
use crate::source::Span;

/// As whom the pods of a Job act.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The namespace of the ServiceAccount.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Whether it is there: in the read set, or because every namespace has it.
    pub exists: bool,
    /// Whether its token is mounted into the pods.
    pub has_token: bool,
    /// What it may do.
    pub permissions: Rc<Permissions>,
    /// The kustomization that changes names or namespaces, so that it may be another account.
    pub renamed_by: Option<String>,
}

/// A ServiceAccount by its namespace and name.
type Key = (String, String);

/// As whom the pods of the Jobs of a read set act.
pub(super) struct Identities<'a> {
    access: &'a Access,
    /// The workloads by where they stand.
    workloads: BTreeMap<Span, (&'a KnownObject, &'a WorkloadFacts)>,
    /// What ServiceAccounts say about their token.
    automount: BTreeMap<Key, bool>,
    /// What those may do that have been asked about.
    known: BTreeMap<Key, Rc<Permissions>>,
}

impl<'a> Identities<'a> {
    pub(super) fn new(access: &'a Access) -> Self {
        let (mut workloads, mut automount) = (BTreeMap::new(), BTreeMap::new());
        for object in &access.read_set().objects {
            match &object.facts {
                Facts::Workload(workload) if is_job(object) => {
                    workloads.insert(object.whole, (object, &**workload));
                }
                Facts::Account(account) => {
                    let ObjectName { namespace, name, .. } = &object.name;
                    let key = (namespace.as_deref().unwrap_or_default().to_owned(), name.to_string());
                    automount.extend(account.automount.map(|automount| (key, automount)));
                }
                _ => {}
            }
        }
        Self { access, workloads, automount, known: BTreeMap::new() }
    }

    /// As whom the pods of the Job act that stands at a place.
    pub(super) fn of(&mut self, whole: Span) -> Option<Identity> {
        let (object, workload) = self.workloads.get(&whole).copied()?;
        let key = (object.name.namespace.as_deref()?.to_owned(), workload.service_account.to_string());
        let access = self.access;
        let permissions = self.known.entry(key.clone()).or_insert_with_key(|(namespace, name)| {
            let who = Who::ServiceAccount { namespace: namespace.clone(), name: name.clone() };
            Rc::new(permissions(access, &Asker::from(who), None))
        });
        let permissions = Rc::clone(permissions);
        let has_token = workload.automount.or_else(|| self.automount.get(&key).copied()).unwrap_or(true);
        let (namespace, name) = key;
        Some(Identity {
            exists: access.known().has_account(&namespace, &name),
            has_token,
            permissions,
            renamed_by: access.renamed_by(whole.file).map(str::to_owned),
            namespace,
            name,
        })
    }
}

fn is_job(object: &KnownObject) -> bool {
    [Kind::Job, Kind::CronJob].iter().any(|kind| kind.name() == object.name.kind)
}
