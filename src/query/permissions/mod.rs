//! All that a subject may do: its rules taken apart, put in order, and without what is said twice.

mod cells;
mod idle;
mod sources;
#[cfg(test)]
mod tests;
mod unusable;

use std::collections::{BTreeMap, BTreeSet};

use super::access::Access;
use super::can_i::Asker;
use super::doubt::{doubts_about, doubts_about_namespace};
use super::subject::Who;
use super::unread::Unread;
use crate::rbac::{BindingId, Grant, RoleId, RulePlace, Subject};
use cells::Cells;

pub(super) use idle::{WITHOUT_NAME, is_large, is_namespaces};
pub use idle::{WhyIdle, of_resource as why_idle};

/// All that a subject may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// Who.
    pub asker: Asker,
    /// The only namespace that was asked about; `None` for all of them.
    pub namespace: Option<String>,
    /// Whether everything is allowed without a look at any rule, to a member of `system:masters`.
    pub is_master: bool,
    /// What the subject may do: in the whole cluster, then namespace by namespace.
    pub own: Vec<Scope>,
    /// What it may do only because the default policy of Kubernetes lets everybody do it.
    pub everybody: Vec<Scope>,
    /// One grant of each binding that adds nothing, because wider ones contain all of it.
    pub covered: Vec<Grant>,
    /// What looks like a grant and grants nothing.
    pub idle: Vec<Idle>,
    /// Why the answer may be another than one thinks.
    pub doubts: Vec<String>,
}

/// What may be done in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The namespace; `None` for all of them and for what is in none.
    pub namespace: Option<String>,
    /// With resources: by API group, resource and names.
    pub resources: Vec<ResourceRow>,
    /// With URLs, in order.
    pub urls: Vec<UrlRow>,
}

/// Verbs, each with the grants that allow it.
pub type Verbs = BTreeMap<String, Vec<Grant>>;

/// What may be done with one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceRow {
    /// The API group: empty for the core group, `*` for all.
    pub group: String,
    /// The resource with its subresource: `*` for all with their subresources.
    pub resource: String,
    /// The only objects that it may be done with; all where there are none.
    pub names: Vec<String>,
    /// The verbs.
    pub verbs: Verbs,
    /// Other verbs, that something wider allows: in order.
    pub wider: Vec<String>,
}

/// What may be done with one URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlRow {
    /// Such as `/metrics`, or `/apis/*`.
    pub url: String,
    /// The verbs.
    pub verbs: Verbs,
    /// Other verbs, that something wider allows: in order.
    pub wider: Vec<String>,
}

/// What looks like a grant and grants nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The binding.
    pub binding: BindingId,
    /// Its role; `None` where that is missing.
    pub role: Option<RoleId>,
    /// The rule; `None` where the role is missing.
    pub rule: Option<RulePlace>,
    /// Why it grants nothing.
    pub why: WhyIdle,
    /// What is wrong with the role, where it is written and cannot be.
    pub fault: Option<Unread>,
    /// The entries of the rule that are meant, where not all of it is.
    pub what: Vec<String>,
}

/// Tells all that a subject may do, or all that counts in one namespace.
pub fn permissions(access: &Access, asker: &Asker, namespace: Option<&str>) -> Permissions {
    let (sources, mut idle) = sources::of(access, &asker.identity, namespace);
    let (mut own, mut everybody) = (Cells::default(), Cells::default());
    for source in &sources {
        let cells = if is_for_everybody(access, &asker.who, &source.grant) { &mut everybody } else { &mut own };
        idle.extend(cells.add(source, access.catalog()));
    }
    let granting = own.granting();
    let (own, everybody) = (own.settle(), everybody.settle());
    let shown: BTreeSet<_> = own.iter().flat_map(Scope::grants).map(of_role).collect();
    let covered = granting.into_iter().filter(|grant| !shown.contains(&of_role(grant))).collect();
    let doubts = doubts_about(&asker.who, access).into_iter();
    Permissions {
        is_master: asker.identity.is_master(),
        namespace: namespace.map(str::to_owned),
        asker: asker.clone(),
        own,
        everybody,
        covered,
        idle,
        doubts: doubts.chain(doubts_about_namespace(namespace.unwrap_or_default(), access)).collect(),
    }
}

/// What a grant is told by: the binding and the role that it hands out.
fn of_role(grant: &Grant) -> (BindingId, RoleId) {
    (grant.binding, grant.role)
}

/// Whether a grant is one of the default policy to a group that the subject is in without being it.
fn is_for_everybody(access: &Access, who: &Who, grant: &Grant) -> bool {
    let is_built_in = access.binding_object(grant.binding).is_none();
    let binding = access.policy().binding(grant.binding);
    let subject = binding.and_then(|binding| binding.subjects.get(grant.subject));
    let is_group = |subject: &Subject| matches!(subject, Subject::Group(name) if *who != Who::Group(name.to_string()));
    is_built_in && subject.is_some_and(is_group)
}

impl Permissions {
    /// Whether the subject may for certain do anything that not everybody may.
    pub fn is_anything(&self) -> bool {
        self.is_master || self.own.iter().flat_map(Scope::grants).any(|grant| !grant.is_conditional)
    }
}

impl Scope {
    /// The verbs of every row.
    pub fn verbs(&self) -> impl Iterator<Item = &Verbs> {
        self.resources.iter().map(|row| &row.verbs).chain(self.urls.iter().map(|row| &row.verbs))
    }

    /// Every grant, again for each row and verb.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.verbs().flat_map(BTreeMap::values).flatten()
    }
}
