//! What a node of the graph stands for.

use std::fmt;

use crate::manifest::Kind;

/// Names one thing of the graph. INVARIANT: nothing here says where it was written, so that two mentions of one thing
/// are equal. The order is the flow of a picture: who runs, as whom, bound by what, to which role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// A namespace.
    Namespace(String),
    /// What runs pods, or a pod.
    Workload {
        /// Its kind.
        kind: WorkloadKind,
        /// Its namespace.
        namespace: String,
        /// What it is called.
        name: String,
    },
    /// A ServiceAccount.
    ServiceAccount {
        /// Its namespace.
        namespace: String,
        /// What it is called.
        name: String,
    },
    /// Whoever has this user name. A user name of the form `system:serviceaccount:…` is better said as the
    /// ServiceAccount.
    User(String),
    /// Whoever is in this group.
    Group(String),
    /// A RoleBinding, or a ClusterRoleBinding where there is no namespace.
    Binding {
        /// The namespace of a RoleBinding; `None` for a ClusterRoleBinding.
        namespace: Option<String>,
        /// What it is called.
        name: String,
    },
    /// A Role, or a ClusterRole where there is no namespace.
    Role {
        /// The namespace of a Role; `None` for a ClusterRole.
        namespace: Option<String>,
        /// What it is called.
        name: String,
    },
    /// What permissions add up to: such as to be cluster-admin, or to have a node.
    Gain {
        /// The namespace where it is worth something; `None` for the whole cluster.
        namespace: Option<String>,
        /// In words.
        name: String,
    },
}

impl Identity {
    /// A workload.
    pub fn workload(kind: WorkloadKind, namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Workload { kind, namespace: namespace.into(), name: name.into() }
    }

    /// A ServiceAccount.
    pub fn service_account(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self::ServiceAccount { namespace: namespace.into(), name: name.into() }
    }

    /// A RoleBinding.
    pub fn role_binding(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Binding { namespace: Some(namespace.into()), name: name.into() }
    }

    /// A ClusterRoleBinding.
    pub fn cluster_role_binding(name: impl Into<String>) -> Self {
        Self::Binding { namespace: None, name: name.into() }
    }

    /// A Role.
    pub fn role(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Role { namespace: Some(namespace.into()), name: name.into() }
    }

    /// A ClusterRole.
    pub fn cluster_role(name: impl Into<String>) -> Self {
        Self::Role { namespace: None, name: name.into() }
    }

    /// What stands in `kind`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Namespace(_) => "Namespace",
            Self::Workload { kind, .. } => kind.name(),
            Self::ServiceAccount { .. } => "ServiceAccount",
            Self::User(_) => "User",
            Self::Group(_) => "Group",
            Self::Binding { namespace: Some(_), .. } => "RoleBinding",
            Self::Binding { namespace: None, .. } => "ClusterRoleBinding",
            Self::Role { namespace: Some(_), .. } => "Role",
            Self::Role { namespace: None, .. } => "ClusterRole",
            Self::Gain { .. } => "Gain",
        }
    }

    /// The namespace that it lives in; `None` for what belongs to the whole cluster, a namespace included.
    pub fn namespace(&self) -> Option<&str> {
        match self {
            Self::Namespace(_) | Self::User(_) | Self::Group(_) => None,
            Self::Workload { namespace, .. } | Self::ServiceAccount { namespace, .. } => Some(namespace),
            Self::Binding { namespace, .. } | Self::Role { namespace, .. } | Self::Gain { namespace, .. } => {
                namespace.as_deref()
            }
        }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Namespace(name)
            | Self::User(name)
            | Self::Group(name)
            | Self::Workload { name, .. }
            | Self::ServiceAccount { name, .. }
            | Self::Binding { name, .. }
            | Self::Role { name, .. }
            | Self::Gain { name, .. } => name,
        }
    }

    /// Whether an object stands for it. Users and groups are only names, and what is gained only words.
    pub(super) fn has_object(&self) -> bool {
        !matches!(self, Self::User(_) | Self::Group(_) | Self::Gain { .. })
    }
}

/// One text for each identity: kind, namespace where it has one, and name, such as `RoleBinding/payments/deployers`.
/// A slash in a namespace is spelled out, so that no two identities have one text.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.kind())?;
        if let Some(namespace) = self.namespace() {
            write!(f, "{}/", namespace.replace('%', "%25").replace('/', "%2F"))?;
        }
        f.write_str(self.name())
    }
}

/// The kinds of workloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkloadKind {
    /// `apps/v1` Deployment.
    Deployment,
    /// `apps/v1` StatefulSet.
    StatefulSet,
    /// `apps/v1` DaemonSet.
    DaemonSet,
    /// `apps/v1` ReplicaSet.
    ReplicaSet,
    /// `v1` ReplicationController.
    ReplicationController,
    /// `batch/v1` CronJob.
    CronJob,
    /// `batch/v1` Job.
    Job,
    /// `v1` Pod.
    Pod,
}

impl WorkloadKind {
    /// What stands in `kind`.
    pub fn name(self) -> &'static str {
        Kind::from(self).name()
    }

    /// The kind of workload that a kind of object is, where it is one.
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Deployment => Some(Self::Deployment),
            Kind::StatefulSet => Some(Self::StatefulSet),
            Kind::DaemonSet => Some(Self::DaemonSet),
            Kind::ReplicaSet => Some(Self::ReplicaSet),
            Kind::ReplicationController => Some(Self::ReplicationController),
            Kind::CronJob => Some(Self::CronJob),
            Kind::Job => Some(Self::Job),
            Kind::Pod => Some(Self::Pod),
            _ => None,
        }
    }
}

impl From<WorkloadKind> for Kind {
    fn from(kind: WorkloadKind) -> Self {
        match kind {
            WorkloadKind::Deployment => Self::Deployment,
            WorkloadKind::StatefulSet => Self::StatefulSet,
            WorkloadKind::DaemonSet => Self::DaemonSet,
            WorkloadKind::ReplicaSet => Self::ReplicaSet,
            WorkloadKind::ReplicationController => Self::ReplicationController,
            WorkloadKind::CronJob => Self::CronJob,
            WorkloadKind::Job => Self::Job,
            WorkloadKind::Pod => Self::Pod,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_different_as_identities() {
        let identities = [
            Identity::role("a", "b/c"),
            Identity::role("a/b", "c"),
            Identity::role("a%2Fb", "c"),
            Identity::cluster_role("a/b/c"),
            Identity::User("a/b".to_owned()),
            Identity::Group("a/b".to_owned()),
        ];
        let texts: std::collections::BTreeSet<_> = identities.iter().map(ToString::to_string).collect();
        assert_eq!(texts.len(), identities.len(), "{texts:?}");
        assert_eq!(Identity::role_binding("payments", "deployers").to_string(), "RoleBinding/payments/deployers");
        assert_eq!(Identity::Group("system:masters".to_owned()).to_string(), "Group/system:masters");
    }

    #[test]
    fn kinds_of_workloads_are_kinds_of_objects() {
        let workloads: Vec<_> = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]
            .map(|kind| Kind::find("apps/v1", kind).unwrap())
            .into_iter()
            .chain(["CronJob", "Job"].map(|kind| Kind::find("batch/v1", kind).unwrap()))
            .chain(["Pod", "ReplicationController"].map(|kind| Kind::find("v1", kind).unwrap()))
            .collect();
        for kind in workloads {
            assert_eq!(Kind::from(WorkloadKind::of(kind).unwrap()), kind);
        }
        assert_eq!(WorkloadKind::of(Kind::ServiceAccount), None);
    }
}
