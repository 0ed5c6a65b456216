//! The least that has to go so that nothing is reached any more.

use crate::rbac::{BindingId, RulePlace};

/// Something that can be taken out of the manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Removal {
    /// A rule of a role.
    Rule(RulePlace),
    /// A binding.
    Binding(BindingId),
}

/// What has to go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// All of these.
    pub removals: Vec<Removal>,
    /// Whether no smaller set would do; where it is not known, this one is small.
    pub is_smallest: bool,
}
