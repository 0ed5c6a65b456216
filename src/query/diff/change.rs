//! What has changed for somebody, as plain values.

use crate::rbac::Grant;

/// In which way access has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something may be done now.
    Gained,
    /// Something may be done with more than before: what was allowed differs from it in one respect alone.
    Widened,
    /// Something may be done with less than before, the other way round.
    Narrowed,
    /// Something may not be done any more.
    Lost,
}

impl Kind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Gained, Self::Widened, Self::Narrowed, Self::Lost];

    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
            Self::Lost => "lost",
        }
    }

    /// Whether there is more than before.
    pub fn is_more(self) -> bool {
        matches!(self, Self::Gained | Self::Widened)
    }
}

/// Where something may be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// In the whole cluster, with what is in no namespace, too.
    Cluster,
    /// In these namespaces, in order.
    Namespaces(Vec<String>),
}

/// A resource with its subresource, in an API group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceName {
    /// Empty for the core group, `*` for all.
    pub group: String,
    /// Such as `pods`, `pods/exec`, `*/scale`, or `*` for all with their subresources.
    pub resource: String,
}

/// Which objects are meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Names {
    /// All of them.
    Any,
    /// Those of these names, in order.
    Only(Vec<String>),
    /// Of namespaces, the one in which it is allowed.
    Own,
}

/// What may be done: each verb with each resource, or with each URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permission {
    /// The verbs, in order.
    pub verbs: Vec<String>,
    /// The resources, in order.
    pub resources: Vec<ResourceName>,
    /// The URLs, in order, where there are no resources.
    pub urls: Vec<String>,
    /// With which of the objects.
    pub names: Names,
}

/// The respect in which the narrower side is narrower, with what it has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Narrowed {
    /// The same, if one of several differing definitions holds.
    Conditional,
    /// These objects alone.
    Names(Names),
    /// These verbs alone.
    Verbs(Vec<String>),
    /// These resources alone.
    Resources(Vec<ResourceName>),
    /// These URLs alone.
    Urls(Vec<String>),
    /// These namespaces alone.
    Namespaces(Vec<String>),
}

/// What has changed for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// In which way.
    pub kind: Kind,
    /// Where: on the wider side, where there is a narrower one.
    pub place: Where,
    /// What may be done: on the wider side, where there is a narrower one.
    pub what: Permission,
    /// What the narrower side has, where something is widened or narrowed.
    pub narrowed: Option<Narrowed>,
    /// Whether it needs an object whose definitions differ.
    pub is_conditional: bool,
    /// The grants: of the new side where something is gained or widened, of the old one otherwise.
    pub grants: Vec<Grant>,
}

impl Change {
    /// Takes in one that is the same but for the namespaces.
    pub(super) fn join(&mut self, other: Self) {
        if let (Where::Namespaces(own), Where::Namespaces(others)) = (&mut self.place, other.place) {
            own.extend(others);
            own.sort();
            own.dedup();
        }
        self.grants.extend(other.grants);
    }

    /// By what changes are put in order: what is more comes first, and what counts everywhere.
    pub(super) fn order(&self) -> impl Ord + '_ {
        let Permission { verbs, resources, urls, names } = &self.what;
        (self.kind, &self.place, resources, urls, names, verbs, &self.narrowed, self.is_conditional)
    }
}
