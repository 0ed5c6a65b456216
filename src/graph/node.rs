//! Nodes and edges: what is known about a thing, and how two things belong together.

use std::collections::BTreeSet;

use super::Identity;

/// One thing of the graph, and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub identity: Identity,
    /// How well it is known.
    pub state: State,
    /// What else a reader should know about it, such as that its definitions differ.
    pub notes: BTreeSet<String>,
}

/// How well a thing is known, from the least to the most: what is known better wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Something names it, and it is not in the read set.
    Missing,
    /// It is not in the read set, and every cluster has it by Kubernetes' default policy.
    BuiltIn,
    /// It is in the read set, and does not say what it should.
    Unreadable,
    /// It is in the read set; or it is a user or a group, for which no object stands.
    Found,
}

impl State {
    /// The word for it in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::BuiltIn => "built-in",
            Self::Unreadable => "unreadable",
            Self::Found => "found",
        }
    }
}

/// How two things belong together. Edges go the way of permissions: from who gets to what is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// A workload runs as a ServiceAccount.
    RunsAs,
    /// A subject is in a group.
    MemberOf,
    /// A subject is named by a binding.
    BoundBy,
    /// A binding hands out a role.
    RefersTo,
    /// A ClusterRole takes in the rules of another one.
    Aggregates,
    /// Who has the one comes to the other by something that is done: in words, to be read between the two.
    ComesTo(&'static str),
}

impl EdgeKind {
    /// The word for it in outputs that programs read.
    pub fn name(self) -> &'static str {
        match self {
            Self::RunsAs => "runs-as",
            Self::MemberOf => "member-of",
            Self::BoundBy => "bound-by",
            Self::RefersTo => "refers-to",
            Self::Aggregates => "aggregates",
            Self::ComesTo(_) => "comes-to",
        }
    }

    /// The words for it between the names of its two ends.
    pub fn verb(self) -> &'static str {
        match self {
            Self::RunsAs => "runs as",
            Self::MemberOf => "is in",
            Self::BoundBy => "is bound by",
            Self::RefersTo => "hands out",
            Self::Aggregates => "takes in",
            Self::ComesTo(how) => how,
        }
    }
}

/// Two things that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge<'a> {
    /// Who gets.
    pub from: &'a Identity,
    /// What is given.
    pub to: &'a Identity,
    /// How.
    pub kind: EdgeKind,
}
