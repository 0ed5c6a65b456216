//! The objects of RBAC as plain values: what they say, and nothing about where they say it.

use std::sync::Arc;

use ecow::EcoString;

use super::Selector;

/// The API group of all RBAC objects, and of the subjects that are users and groups.
pub const GROUP: &str = "rbac.authorization.k8s.io";

/// One rule of a role: some verbs on some resources, or on some URLs (`PolicyRule` in rbac/v1).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Such as `get`, or `*` for all.
    pub verbs: Vec<String>,
    /// Such as `apps`, the empty string for the core group, or `*` for all.
    pub api_groups: Vec<String>,
    /// Such as `pods`, `pods/exec`, `*/scale`, or `*` for all with their subresources.
    pub resources: Vec<String>,
    /// The only objects that the rule is about; all where there are none. There is no wildcard.
    pub resource_names: Vec<String>,
    /// Such as `/healthz`, `/metrics/*`, or `*` for all.
    pub non_resource_urls: Vec<String>,
}

/// Names a role among roles, or a binding among bindings: its namespace, where it has one, and what it is called.
pub type Key<'a> = (Option<&'a str>, &'a str);

/// A Role, or a ClusterRole where there is no namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// The namespace of a Role; `None` for a ClusterRole.
    pub namespace: Option<EcoString>,
    /// What it is called.
    pub name: EcoString,
    /// Its labels, by which other ClusterRoles may take in its rules.
    pub labels: Vec<(String, String)>,
    /// The selectors of its `aggregationRule`; `None` where it has no such rule.
    pub aggregation: Option<Vec<Selector>>,
    /// The rules as they are written.
    pub rules: Vec<Arc<Rule>>,
}

/// A RoleBinding, or a ClusterRoleBinding where there is no namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The namespace of a RoleBinding; `None` for a ClusterRoleBinding.
    pub namespace: Option<EcoString>,
    /// What it is called.
    pub name: EcoString,
    /// The role that it hands out.
    pub role: RoleRef,
    /// To whom.
    pub subjects: Vec<Subject>,
}

/// What a binding says about the role that it hands out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleRef {
    /// The kind of role.
    pub kind: RoleKind,
    /// The name of a role of the binding's namespace, or of a ClusterRole.
    pub name: EcoString,
}

/// The kind of role that a binding names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// A role of the binding's namespace.
    Role,
    /// A role of the cluster.
    ClusterRole,
    /// Something else, which hands out nothing and which the API server refuses.
    Other(String),
}

impl RoleKind {
    /// The word for it in a manifest.
    pub fn name(&self) -> &str {
        match self {
            Self::Role => "Role",
            Self::ClusterRole => "ClusterRole",
            Self::Other(kind) => kind,
        }
    }
}

impl From<&str> for RoleKind {
    fn from(kind: &str) -> Self {
        match kind {
            "Role" => Self::Role,
            "ClusterRole" => Self::ClusterRole,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// One entry of a binding's `subjects`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Whoever has this user name.
    User(EcoString),
    /// Whoever is in this group.
    Group(EcoString),
    /// A ServiceAccount.
    ServiceAccount {
        /// Its namespace; `None` means the binding's own, and nobody where the binding has none.
        namespace: Option<EcoString>,
        /// What it is called.
        name: EcoString,
    },
    /// Something else, which is nobody and which the API server refuses.
    Other {
        /// What stands in `kind`.
        kind: String,
        /// What stands in `name`.
        name: EcoString,
    },
}

impl Role {
    /// The word for its kind in a manifest.
    pub fn kind(&self) -> &'static str {
        if self.namespace.is_some() { "Role" } else { "ClusterRole" }
    }

    /// The rules as they are written.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &Rule> + Clone {
        self.rules.iter().map(Arc::as_ref)
    }

    /// Whether it takes in the rules of another role by aggregation.
    pub fn takes_in(&self, other: &Self) -> bool {
        let is_selected = || self.aggregation.iter().flatten().any(|selector| selector.selects(&other.labels));
        other.namespace.is_none() && other.name != self.name && is_selected()
    }

    /// What the role is known by.
    pub fn key(&self) -> Key<'_> {
        (self.namespace.as_deref(), &self.name)
    }
}

impl Binding {
    /// The word for its kind in a manifest.
    pub fn kind(&self) -> &'static str {
        if self.namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" }
    }

    /// What the binding is known by.
    pub fn key(&self) -> Key<'_> {
        (self.namespace.as_deref(), &self.name)
    }

    /// What the role is known by that the binding hands out; `None` where there can be no such role.
    pub fn role_key(&self) -> Option<Key<'_>> {
        match (&self.role.kind, &self.namespace) {
            (RoleKind::ClusterRole, _) => Some((None, &self.role.name)),
            (RoleKind::Role, Some(namespace)) => Some((Some(namespace), &self.role.name)),
            _ => None,
        }
    }
}

impl Subject {
    /// The namespace and name of the ServiceAccount that is meant, in a binding of a namespace or of none; `None` for other
    /// subjects, and for a ServiceAccount without any namespace, which is nobody.
    pub fn service_account<'a>(&'a self, namespace: Option<&'a str>) -> Option<(&'a str, &'a str)> {
        match self {
            Self::ServiceAccount { namespace: own, name } => Some((own.as_deref().or(namespace)?, name)),
            _ => None,
        }
    }
}
