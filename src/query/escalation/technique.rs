//! The shape of a technique: which permissions it takes, and what comes of it.

use crate::query::power::Right;

/// How sure it is that something works, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The permissions are enough.
    Certain,
    /// Something at admission may forbid it that is not known from the files.
    Admission,
    /// It depends on which of several differing definitions holds.
    Conditional,
    /// It depends on what else is in the cluster or around it.
    Environment,
}

impl Certainty {
    /// All of them, the surest first.
    pub const ALL: [Self; 4] = [Self::Certain, Self::Admission, Self::Conditional, Self::Environment];

    /// In words, to be read alone.
    pub fn words(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Admission => "depends on admission",
            Self::Conditional => "depends on which definition holds",
            Self::Environment => "depends on the environment",
        }
    }

    /// The word for it in outputs for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Admission => "admission",
            Self::Conditional => "conditional",
            Self::Environment => "environment",
        }
    }
}

/// What the names in a rule mean for a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// On any object it is as good as on all.
    Whole,
    /// It is worth nothing where names restrict it.
    Unnamed,
    /// It is worth something only where names restrict it, whatever they are.
    Named,
    /// It has to be on one of these, or on all.
    These(&'static [&'static str]),
    /// It has to be on one that begins like this, or on all.
    Beginning(&'static str),
    /// They say what is gained.
    Select,
    /// They have to name the namespace in which the technique is used.
    OwnNamespace,
}

/// Where a permission has to be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Where the technique is used.
    There,
    /// In the whole cluster.
    Cluster,
    /// In any namespace.
    Anywhere,
}

/// A permission that a technique takes.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Any of these is enough.
    pub any_of: &'static [Right],
    /// What names in a rule mean.
    pub names: Names,
    /// Where it has to be held.
    pub held: Held,
    /// Whether it is looked at with the same request as the permission before it, so that both have to be held by one
    /// identity; what is asked in a request of its own, another may ask.
    pub is_same_request: bool,
}

/// What comes of a technique, where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Any ServiceAccount there, or those that are named.
    Accounts,
    /// The same, whether they are there or not.
    Impersonated,
    /// The ServiceAccounts whose tokens are in the Secrets there, or in those that are named.
    Tokens,
    /// Those ServiceAccounts that bindings name and that are not there.
    AbsentAccounts,
    /// The pods there, or those that are named.
    Pods,
    /// All pods of the cluster.
    AllPods,
    /// A node.
    Nodes,
    /// A node, unless the namespace forbids privileged pods.
    NodesByPod,
    /// The Secrets of `kube-system`, where it is used there.
    SystemSecrets,
    /// Any user, or those that are named.
    Users,
    /// Members of any group, or of those that are named: of `system:masters`, too.
    Groups,
    /// Any user, and members of any group but `system:masters`.
    Certificates,
    /// Everything.
    ClusterAdmin,
    /// Everything there.
    NamespaceAdmin,
    /// The rights of any ClusterRole, or of those that are named, there.
    ClusterRoles,
    /// The rights of any Role there, or of those that are named.
    Roles,
    /// The rights of the ClusterRoles that bindings there hand out already.
    BoundClusterRoles,
    /// The rights of the Roles that bindings there hand out already.
    BoundRoles,
    /// Any right where the holder is bound to a Role, or to one that is named.
    OwnRole,
    /// Any right where the holder is bound to a ClusterRole, or to one that is named.
    OwnClusterRole,
    /// Any right where the holder is bound to a ClusterRole that takes in others by their labels.
    OwnAggregate,
    /// Any right where the holder is bound to a Role that is not there, or to one that is named.
    AbsentRole,
    /// Any right where the holder is bound to a ClusterRole that is not there, or to one that is named.
    AbsentClusterRole,
    /// The ServiceAccounts of these names, wherever they are.
    Deputies(&'static [&'static str]),
}

/// Something that is done with permissions to come to more.
#[derive(Debug)]
pub struct Technique {
    /// What it is known by, such as `E01`.
    pub id: &'static str,
    /// What is done, to be read after a subject; `{}` stands for what is gained.
    pub deed: &'static str,
    /// The permissions that it takes: the first is what it is about.
    pub needs: &'static [Need],
    /// What comes of it.
    pub gives: Gives,
    /// How sure it is.
    pub certainty: Certainty,
    /// The minor version of Kubernetes from which on it is worth nothing; `None` where there is none.
    pub until: Option<u16>,
    /// What it depends on; empty where it is certain.
    pub caveat: &'static str,
    /// Whether it is worth something in `kube-system` only.
    pub is_of_system: bool,
}

impl Technique {
    pub(super) const fn new(id: &'static str, deed: &'static str, needs: &'static [Need], gives: Gives) -> Self {
        Self { id, deed, needs, gives, certainty: Certainty::Certain, until: None, caveat: "", is_of_system: false }
    }

    /// One that may be stopped at admission.
    pub(super) const fn admitted(self, caveat: &'static str) -> Self {
        Self { certainty: Certainty::Admission, caveat, ..self }
    }

    /// One that depends on what else there is.
    pub(super) const fn depends(self, caveat: &'static str) -> Self {
        Self { certainty: Certainty::Environment, caveat, ..self }
    }

    /// One that is worth something in `kube-system` only.
    pub(super) const fn in_system(self) -> Self {
        Self { is_of_system: true, ..self }
    }

    pub(super) const fn until(self, minor: u16) -> Self {
        Self { until: Some(minor), ..self }
    }

    /// Whether it is about what is in no namespace, so that it is used once and not namespace by namespace.
    pub fn is_of_cluster(&self) -> bool {
        self.needs.first().is_some_and(|need| need.held == Held::Cluster)
    }
}

impl Need {
    pub(super) const fn one(any_of: &'static [Right]) -> Self {
        Self { any_of, names: Names::Unnamed, held: Held::There, is_same_request: false }
    }

    /// Whether it is to make objects.
    pub(super) fn creates(&self) -> bool {
        self.any_of.iter().any(|right| right.subresource.is_empty() && right.verbs.contains(&"create"))
    }

    pub(super) const fn names(self, names: Names) -> Self {
        Self { names, ..self }
    }

    /// On any object it is as good as on all.
    pub(super) const fn whole(self) -> Self {
        self.names(Names::Whole)
    }

    /// Its names say what is gained.
    pub(super) const fn selects(self) -> Self {
        self.names(Names::Select)
    }

    pub(super) const fn of_cluster(self) -> Self {
        Self { held: Held::Cluster, ..self }
    }

    pub(super) const fn anywhere(self) -> Self {
        Self { held: Held::Anywhere, ..self }
    }

    /// Looked at with the same request as the one before it.
    pub(super) const fn beside(self) -> Self {
        Self { is_same_request: true, ..self }
    }
}
