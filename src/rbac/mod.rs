//! What RBAC means: who may do what, decided as the API server's authorizer decides it.
//!
//! Pure functions over plain values; nothing here knows of files.

mod objects;
mod selector;

pub use objects::{Binding, GROUP, Role, RoleKind, RoleRef, Rule, Subject};
pub use selector::{Operator, Requirement, Selector};
