//! What a permission lets its holder do beyond what it says: become another, read what is secret, change what decides.
//!
//! Each [`Power`] is data: the permissions that carry it, of which one is enough, and what has to be held with each. The
//! powers stand in the files of this folder by what they are over. Their source is the documentation of Kubernetes
//! (concepts/security/rbac-good-practices) and what the API server checks itself before it lets a role or a binding be
//! written (`pkg/registry/rbac`): a right to write roles or bindings is no power by itself, since nobody may hand out by
//! it what they do not have.

mod cluster;
mod pods;
mod rights;
mod secrets;
mod step;
mod traffic;

pub use cluster::{
    ADMISSION, API_EXTENSIONS, CERTIFICATES, CLUSTER_SETTINGS, KUBELET, NAMESPACES, NODES, OPERATORS, VOLUMES,
};
pub use pods::{CREATE_WORKLOADS, DISRUPT, ENTER_PODS, LIMITS, PRIVILEGED_SCC};
pub use rights::{BIND, ESCALATE, EVERYTHING, IMPERSONATE, SERVICE_ACCOUNTS, TOKENS};
pub use secrets::{READ_SECRETS, TRACKS, WRITE_SECRETS};
pub use step::{Certainty, Names, Right, Scope, Step};
pub use traffic::{PORTS, TRAFFIC};

/// Something that permissions let their holder do beyond what they say.
#[derive(Debug)]
pub struct Power {
    /// What the holder can do, to be read after "can".
    pub gain: &'static str,
    /// The same where only some objects are named, to be read before their names.
    pub gain_over: &'static str,
    /// The permissions of which each carries it.
    pub steps: &'static [Step],
}

/// All powers, the gravest first.
pub static ALL: [&Power; 25] = [
    &EVERYTHING,
    &ESCALATE,
    &BIND,
    &IMPERSONATE,
    &KUBELET,
    &CERTIFICATES,
    &TOKENS,
    &ADMISSION,
    &READ_SECRETS,
    &CREATE_WORKLOADS,
    &ENTER_PODS,
    &WRITE_SECRETS,
    &VOLUMES,
    &API_EXTENSIONS,
    &NAMESPACES,
    &NODES,
    &CLUSTER_SETTINGS,
    &OPERATORS,
    &PRIVILEGED_SCC,
    &TRAFFIC,
    &PORTS,
    &SERVICE_ACCOUNTS,
    &LIMITS,
    &DISRUPT,
    &TRACKS,
];

impl Power {
    /// Its place among all powers: the lower, the graver.
    pub fn rank(&self) -> usize {
        ALL.iter().position(|power| std::ptr::eq(*power, self)).unwrap_or(ALL.len())
    }
}

pub(in crate::query) const READ: &[&str] = &["get", "list", "watch"];
pub(in crate::query) const CHANGE: &[&str] = &["update", "patch"];
pub(in crate::query) const WRITE: &[&str] = &["create", "update", "patch"];
const ERASE: &[&str] = &["delete", "deletecollection"];

/// To have a pod run, by writing it or the template of one.
pub(in crate::query) const RUN: &[Right] = &[
    Right::on(&["create"], "", "pods"),
    Right::on(WRITE, "apps", "deployments"),
    Right::on(WRITE, "apps", "statefulsets"),
    Right::on(WRITE, "apps", "daemonsets"),
    Right::on(WRITE, "apps", "replicasets"),
    Right::on(WRITE, "", "replicationcontrollers"),
    Right::on(&["create"], "batch", "jobs"),
    Right::on(WRITE, "batch", "cronjobs"),
];

/// What controllers make pods of: the same but for pods themselves.
pub(in crate::query) const TEMPLATES: &[Right] = match RUN.split_first() {
    Some((_, templates)) => templates,
    None => &[],
};

pub(in crate::query) const RBAC: &str = crate::rbac::GROUP;
