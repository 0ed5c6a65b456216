//! All that is known to be done with permissions to come to more.
//!
//! Their sources are the documentation of Kubernetes (concepts/security/rbac-good-practices, reference/access-authn-authz)
//! and what the API server checks itself before it lets a role or a binding be written (`escalation_check.go` in
//! `pkg/registry/rbac`): writing roles or bindings is no technique by itself, since nobody may hand out by it what they
//! do not have.

mod cluster;
mod credentials;
mod operators;
mod rights;
mod workloads;

use super::technique::Technique;

/// All techniques; of those that lead to the same, the plainest first.
pub fn all() -> impl Iterator<Item = &'static Technique> {
    [rights::ALL, workloads::ALL, credentials::ALL, cluster::ALL, operators::ALL].into_iter().flatten()
}
