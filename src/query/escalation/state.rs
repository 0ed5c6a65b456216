//! What an attacker may have on the way: an identity, pods, nodes, rights.

use super::sink::{SYSTEM, Sink};
use crate::query::Who;
use crate::rbac::{BindingId, RoleId};

/// Where rights hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the whole cluster, what is in no namespace included.
    Cluster,
    /// In every namespace, one by one.
    Namespaces,
    /// In one namespace.
    Namespace(String),
}

/// What one has. Many identities that come at once have one state of their own, so that there are no pairs of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// To act as somebody.
    Subject(Who),
    /// To act as any user.
    AnyUser,
    /// To act as a member of any group but `system:masters`.
    AnyGroup,
    /// To act as any ServiceAccount, of a namespace or of all.
    Accounts(Option<String>),
    /// To make ServiceAccounts that are bound and not there, and act as them: of a namespace or of all.
    AbsentAccounts(Option<String>),
    /// To run code in the pods that are there, of a namespace or of all.
    Pods(Option<String>),
    /// To run code in the pod of a namespace and a name.
    Pod(String, String),
    /// To have a node.
    Nodes,
    /// To read the Secrets that hold tokens, of a namespace or of all.
    Tokens(Option<String>),
    /// To read the Secrets of `kube-system`.
    Secrets,
    /// To hold the rights of a role.
    Role(RoleId, Place),
    /// To be in a binding that is there.
    Bound(BindingId),
    /// To hold the rights of any Role, of a namespace or of all.
    AnyRole(Option<String>),
    /// To hold every right in a namespace, or in each.
    Everything(Option<String>),
    /// To be what is called an admin of a namespace: with every right in it, or with the ClusterRole `admin`.
    NamespaceAdmin(String),
    /// To do everything.
    ClusterAdmin,
    /// What one has, with what has been done or is held on the way to it.
    With(Box<Self>, Thread),
}

/// What one keeps on the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thread {
    /// Roles have been written.
    Written(Written),
    /// A part of what a technique takes, for one of the requests of it.
    Part {
        /// The number of the technique.
        technique: usize,
        /// The number of the request.
        request: usize,
        /// Where it is used; `None` for the whole cluster.
        place: Option<String>,
    },
}

/// Roles into which all rights may be written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Written {
    /// What is done.
    pub(super) how: Writing,
    /// Whether they are ClusterRoles.
    pub(super) is_of_cluster: bool,
    /// The namespace of Roles; `None` for all.
    pub(super) namespace: Option<String>,
    /// What they are called; `None` for all.
    pub(super) name: Option<String>,
}

/// How a role comes to all rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Writing {
    /// It is changed.
    Changed,
    /// It is made, and bindings name it already.
    Made,
    /// Another is made that it takes in.
    TakesIn,
}

impl State {
    /// What one has who has reached something.
    pub(super) fn of_sink(sink: &Sink) -> Self {
        match sink {
            Sink::ClusterAdmin => Self::ClusterAdmin,
            Sink::Nodes => Self::Nodes,
            Sink::KubeSystemSecrets => Self::Secrets,
            Sink::KubeSystemAccounts => Self::Accounts(Some(SYSTEM.to_owned())),
            Sink::NamespaceAdmin(namespace) => Self::NamespaceAdmin(namespace.clone()),
            Sink::NamespaceAccounts(namespace) => Self::Accounts(Some(namespace.clone())),
            Sink::Account { namespace, name } => Self::account(namespace, name),
        }
    }

    /// What is worth reaching in this; `None` where it is only on the way.
    pub(super) fn sink(&self) -> Option<Sink> {
        match self {
            Self::ClusterAdmin => Some(Sink::ClusterAdmin),
            Self::Nodes => Some(Sink::Nodes),
            Self::Secrets => Some(Sink::KubeSystemSecrets),
            Self::Accounts(Some(namespace)) if namespace == SYSTEM => Some(Sink::KubeSystemAccounts),
            Self::Accounts(Some(namespace)) => Some(Sink::NamespaceAccounts(namespace.clone())),
            Self::NamespaceAdmin(namespace) => Some(Sink::NamespaceAdmin(namespace.clone())),
            Self::Subject(Who::ServiceAccount { namespace, name }) => {
                Some(Sink::Account { namespace: namespace.clone(), name: name.clone() })
            }
            _ => None,
        }
    }

    /// What one has by itself.
    pub fn plain(&self) -> &Self {
        match self {
            Self::With(inner, _) => inner.plain(),
            other => other,
        }
    }

    /// Whether it is something in every namespace, of which one can be picked.
    pub(super) fn is_of_all(&self) -> bool {
        matches!(
            self.plain(),
            Self::Accounts(None)
                | Self::AbsentAccounts(None)
                | Self::Pods(None)
                | Self::Tokens(None)
                | Self::AnyRole(None)
                | Self::Everything(None)
                | Self::AnyUser
                | Self::AnyGroup
        )
    }

    /// To act as a ServiceAccount.
    pub(super) fn account(namespace: &str, name: &str) -> Self {
        Self::Subject(Who::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() })
    }
}
