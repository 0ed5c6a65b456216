//! What an attacker may have on the way: an identity, pods, nodes, rights.

use crate::query::Who;
use crate::rbac::RoleId;

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
    /// To have a node.
    Nodes,
    /// To read the Secrets of `kube-system`.
    Secrets,
    /// To do everything in a namespace, or in each.
    NamespaceAdmin(Option<String>),
    /// To hold the rights of a role.
    Role(RoleId, Place),
    /// To hold the rights of any Role of a namespace.
    AnyRole(String),
    /// To do everything.
    ClusterAdmin,
}
