//! To whom a role is handed out, and where.

use super::companions::Companions;
use crate::lint::InSet;
use crate::lint::references::is_placed;
use crate::manifest::RoleFacts;
use crate::query::power::{self, Certainty, Names, Power, Scope, Step};
use crate::query::{Access, RoleUse, Who};
use crate::rbac::{BindingId, MASTERS};

/// How far something reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    /// Nobody has it yet.
    Nobody,
    /// Some namespaces.
    Namespace,
    /// The whole cluster, or the namespace on which it all rests.
    Cluster,
}

/// Somebody to whom a role is handed out.
#[derive(Debug)]
pub(super) struct Holder<'a> {
    pub(super) who: Who,
    /// Where it is handed out; `None` for the whole cluster.
    pub(super) namespace: Option<&'a str>,
    /// Whether it is known that this will be its namespace.
    pub(super) is_placed: bool,
    pub(super) binding: BindingId,
    /// Which of the subjects of the binding it is.
    pub(super) subject: usize,
}

/// The namespace of the cluster's own parts: who has power there has it everywhere.
pub(super) const SYSTEM: &str = "kube-system";

impl Holder<'_> {
    pub(super) fn extent(&self) -> Extent {
        match self.namespace {
            None | Some(SYSTEM) => Extent::Cluster,
            Some(_) => Extent::Namespace,
        }
    }
}

/// Everybody to whom a role is handed out. Those who may do everything in any case are nobody to speak of.
pub(super) fn holders<'a>(role: &InSet<'a, RoleFacts>) -> Vec<Holder<'a>> {
    let (policy, uses) = (role.access.policy(), role.index.uses());
    let mut holders = Vec::new();
    let is_meant =
        |one: &RoleUse<'_>| role.index.nearest().is_meant(role.access, (role.object, role.facts), one.binding);
    for one in uses.of(role.facts.role.key()).filter(is_meant) {
        let Some(binding) = policy.binding(one.binding) else { continue };
        let namespace = binding.namespace.as_deref();
        let is_placed = role.access.binding_object(one.binding).is_none_or(|object| is_placed(role.access, object));
        for (subject, who) in binding.subjects.iter().map(|it| Who::of_binding(it, namespace)).enumerate() {
            let who = who.filter(|who| !matches!(who, Who::Group(group) if group == MASTERS));
            holders.extend(who.map(|who| Holder { who, namespace, is_placed, binding: one.binding, subject }));
        }
    }
    holders
}

/// Whether a holder has the power that a step leads to, granted the permission itself.
pub(super) fn has_power(access: &Access, step: &Step, with: &Companions<'_>, holder: &Holder<'_>) -> bool {
    let is_in_reach = step.scope == Scope::Namespace || holder.namespace.is_none();
    let namespace = match (step.scope, holder.namespace) {
        (Scope::Namespace, Some(namespace)) => namespace,
        _ => "",
    };
    is_in_reach && is_in_place(step, holder.namespace) && with.are_held_by(access, &holder.who, namespace)
}

/// Whether somebody to whom a role may be handed out would have the power by the role alone.
pub(super) fn gives_power(role: &RoleFacts, step: &Step, with: &Companions<'_>) -> bool {
    let namespace = role.role.namespace.as_deref();
    let is_in_reach = step.scope == Scope::Namespace || namespace.is_none();
    is_in_reach && is_in_place(step, namespace) && with.are_granted_by(role)
}

/// The gravest power that somebody has in the whole cluster, whatever names the objects of it have.
pub(in crate::lint) fn power_in_cluster(access: &Access, who: &Who) -> Option<&'static str> {
    let version = access.catalog().version();
    let is_enough = |step: &&Step| {
        let names_nothing = matches!(step.names, Names::Any | Names::None) && step.namespace.is_none();
        names_nothing && step.certainty == Certainty::Certain && step.is_of(version)
    };
    let carries = |step: &Step| Companions::and_step(step).are_held_by(access, who, "");
    let gain =
        |power: &&'static Power| Some(power.steps.iter().filter(is_enough).find(|step| carries(step))?.gain(power));
    power::ALL.iter().find_map(gain)
}

/// Whether what a step allows counts where it is held. What may come of a right in one namespace is not to be told of
/// everybody who has it in all of them.
fn is_in_place(step: &Step, held_in: Option<&str>) -> bool {
    match (step.namespace, held_in) {
        (None, _) => true,
        (Some(only), Some(namespace)) => namespace == only,
        (Some(_), None) => step.certainty == Certainty::Certain,
    }
}
