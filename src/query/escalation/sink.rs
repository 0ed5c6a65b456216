//! What is worth reaching.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::{Failure, FailureKind};
use crate::query::Who;

/// What somebody may come to who holds less: the gravest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sink {
    /// To do everything in the whole cluster.
    ClusterAdmin,
    /// To have a node, with all that runs on it.
    Nodes,
    /// To act as any ServiceAccount of `kube-system`, those of Kubernetes' own controllers among them.
    KubeSystemAccounts,
    /// To read the Secrets of `kube-system`.
    KubeSystemSecrets,
    /// To do everything in a namespace.
    NamespaceAdmin(String),
    /// To act as any ServiceAccount of a namespace.
    NamespaceAccounts(String),
    /// To act as one ServiceAccount.
    Account {
        /// Its namespace.
        namespace: String,
        /// What it is called.
        name: String,
    },
}

/// What something else is in: whoever comes to that comes to it, too.
pub(super) fn wider(sink: &Sink) -> Vec<Sink> {
    match sink {
        Sink::ClusterAdmin => Vec::new(),
        Sink::Account { namespace, .. } if namespace == SYSTEM => vec![Sink::ClusterAdmin, Sink::KubeSystemAccounts],
        Sink::Account { namespace, .. } => vec![Sink::ClusterAdmin, Sink::NamespaceAccounts(namespace.clone())],
        _ => vec![Sink::ClusterAdmin],
    }
}

/// The namespace of the cluster's own parts.
pub(super) const SYSTEM: &str = "kube-system";

/// How to name one, for messages.
pub const HOW_TO_NAME_A_SINK: &str = "one of `cluster-admin`, `nodes`, `secrets/kube-system`, `serviceaccounts/NAMESPACE`, `admin/NAMESPACE`, \
                                      `sa/NAMESPACE/NAME`";

impl Sink {
    /// What it is in, the gravest first, and it at last: whoever comes to one of these comes to it.
    pub fn with_wider(&self) -> Vec<Self> {
        let mut all = wider(self);
        all.push(self.clone());
        all
    }

    /// What a word of a command line means. Fails where it means nothing.
    pub fn named(text: &str) -> Result<Self, Failure> {
        let failure =
            || Failure::new(FailureKind::Usage, format!("`{text}` is nothing to reach")).hint(HOW_TO_NAME_A_SINK);
        let (kind, rest) = text.split_once('/').unwrap_or((text, ""));
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', ':', ' ']);
        match (kind, rest) {
            ("cluster-admin", "") => Ok(Self::ClusterAdmin),
            ("nodes", "") => Ok(Self::Nodes),
            ("secrets", SYSTEM) => Ok(Self::KubeSystemSecrets),
            ("serviceaccounts", SYSTEM) => Ok(Self::KubeSystemAccounts),
            ("serviceaccounts", namespace) if is_name(namespace) => Ok(Self::NamespaceAccounts(namespace.to_owned())),
            ("admin", namespace) if is_name(namespace) => Ok(Self::NamespaceAdmin(namespace.to_owned())),
            ("sa" | "serviceaccount", _) => match Who::parse(text)? {
                Who::ServiceAccount { namespace, name } => Ok(Self::Account { namespace, name }),
                Who::User(_) | Who::Group(_) => Err(failure()),
            },
            _ => Err(failure()),
        }
    }
}

impl FromStr for Sink {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        Self::named(text)
    }
}

/// In the words by which [`Sink::named`] knows it.
impl fmt::Display for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClusterAdmin => f.write_str("cluster-admin"),
            Self::Nodes => f.write_str("nodes"),
            Self::KubeSystemSecrets => f.write_str("secrets/kube-system"),
            Self::KubeSystemAccounts => f.write_str("serviceaccounts/kube-system"),
            Self::NamespaceAdmin(namespace) => write!(f, "admin/{namespace}"),
            Self::NamespaceAccounts(namespace) => write!(f, "serviceaccounts/{namespace}"),
            Self::Account { namespace, name } => write!(f, "sa/{namespace}/{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sinks_are_named_as_they_are_shown() {
        for text in [
            "cluster-admin",
            "nodes",
            "secrets/kube-system",
            "serviceaccounts/kube-system",
            "admin/prod",
            "serviceaccounts/prod",
            "sa/prod/deployer",
        ] {
            assert_eq!(Sink::named(text).unwrap().to_string(), text);
        }
        for text in ["", "admin", "admin/", "secrets/prod", "sa/prod", "cluster-admin/x", "admin/a/b", "pods"] {
            assert!(Sink::named(text).is_err(), "{text}");
        }
    }
}
