//! What the read set has: namespaces, ServiceAccounts, workloads; and roles and bindings that never come to be.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{self, Draft};
use crate::graph::{EdgeKind, Identity, WorkloadKind};
use crate::manifest::{Facts, Kind, KnownObject};

/// Adds the objects of the read set, all but the roles and bindings of the policy.
pub(super) fn add(draft: &mut Draft<'_>) {
    // As whom workloads run: several where definitions differ.
    let mut accounts: BTreeMap<Identity, BTreeSet<&str>> = BTreeMap::new();
    for object in &draft.access.read_set().objects {
        let Some(identity) = identity(object) else { continue };
        if matches!(identity, Identity::ServiceAccount { .. }) {
            draft.named.insert(identity.clone());
        }
        if let (Facts::Workload(workload), Some(namespace)) = (&object.facts, identity.namespace()) {
            let account = Identity::service_account(namespace, &workload.service_account);
            draft.named.insert(account.clone());
            draft.connect(identity.clone(), EdgeKind::RunsAs, account);
            if !object.is_generated {
                accounts.entry(identity.clone()).or_default().insert(&workload.service_account);
            }
        }
        draft.define(identity.clone(), object.decodes && object.refusal.is_none());
        if object.refusal.is_some() {
            draft.graph.note(identity, "the API server refuses it");
        }
    }
    for (workload, _) in accounts.into_iter().filter(|(_, accounts)| accounts.len() > 1) {
        draft.differs(workload);
    }
}

/// What an object is in the graph; `None` where it is none of it, or where the policy has it.
pub(super) fn identity(object: &KnownObject) -> Option<Identity> {
    let name = &object.name;
    let in_policy = object.refusal.is_none() && matches!(object.facts, Facts::Role(_) | Facts::Binding(_));
    let namespace = name.namespace.as_deref();
    match Kind::find(name.api_version, name.kind)? {
        Kind::Namespace => Some(Identity::Namespace(name.name.to_string())),
        Kind::ServiceAccount => Some(Identity::service_account(namespace?, &name.name)),
        Kind::Role | Kind::ClusterRole if !in_policy => Some(draft::role((namespace, &name.name))),
        Kind::RoleBinding | Kind::ClusterRoleBinding if !in_policy => Some(draft::binding((namespace, &name.name))),
        kind => Some(Identity::workload(WorkloadKind::of(kind)?, namespace?, &name.name)),
    }
}
