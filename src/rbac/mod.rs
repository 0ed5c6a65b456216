//! What RBAC means: who may do what, decided as the API server's authorizer decides it.
//!
//! Pure functions over plain values; nothing here knows of files.
//!
//! - [`Role`], [`Binding`] and what they are made of are the objects; [`Request`] is a question.
//! - [`Rule::allows`] says what one rule means, [`covers()`] whether some rules contain others.
//! - [`Policy`] is all roles and bindings of a cluster, with aggregation worked out. It decides: [`Policy::decide`] tells
//!   every grant, [`Policy::first`] only the verdict, as fast as it can.
//!
//! Agreement with a running API server is counted by `tests/suite/conformance_authz.rs`.

mod aggregation;
mod compiled;
mod covers;
mod decision;
mod definitions;
mod index;
mod layout;
mod matching;
pub mod names;
mod objects;
mod policy;
pub(crate) mod quoted;
mod reason;
mod request;
mod selector;
mod symbols;

pub use covers::{covers, uncovered};
pub use decision::{Decision, Grant, Reach, Verdict};
pub use definitions::InOrder;
pub use matching::{ALL, Dimensions, resource_covers, url_covers};
pub use objects::{Binding, GROUP, Key, Role, RoleKind, RoleRef, Rule, Subject};
pub use policy::{BindingId, Policy, Prepared, RoleId, RoleRule, RulePlace};
pub use request::{
    ANONYMOUS, AUTHENTICATED, Action, Identity, MASTERS, Request, ResourceAction, SERVICE_ACCOUNTS, UNAUTHENTICATED,
    full_resource, service_account, service_accounts_of, user_of_service_account,
};
pub use selector::{Operator, Requirement, Selector};
