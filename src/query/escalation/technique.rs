//! The shape of a technique: which permissions it takes, and what comes of it.

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

/// Something that is done with permissions to come to more.
#[derive(Debug)]
pub struct Technique {
    /// What it is known by, such as `E01`.
    pub id: &'static str,
}
