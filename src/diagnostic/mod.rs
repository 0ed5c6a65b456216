//! What the tool has to say: [`Finding`]s about manifests, and the [`Failure`] that ends a run.
//!
//! The two never mix. A finding is data, there are many of them, and each has a place in a file; a failure means that
//! the question cannot be answered at all, and there is at most one.

mod failure;
mod finding;
mod fix;

pub use failure::{Failure, FailureKind};
pub use finding::{Category, Finding, ObjectName, Related, Severity};
pub use fix::{Edit, Fix, Safety};
