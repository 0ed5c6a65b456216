//! Which chains are told, and from which profile on.

use super::super::references::{is_placed, is_settled};
use super::Profile;
use crate::diagnostic::Severity;
use crate::query::Access;
use crate::query::escalation::{Certainty, EscalationWay, How, Place, ProofStep, State};
use crate::rbac::BindingId;

/// From which profile on a chain is told: what is certain, known to come together, and begins with something narrow,
/// earlier than all else. Whoever can act as anybody in the whole cluster
/// or in `kube-system` needs nobody in particular: that is what is told of the role.
pub(super) fn rating(access: &Access, way: &EscalationWay) -> Profile {
    let is_plain = way.proof.certainty() == Certainty::Certain
        && begins_narrow(way)
        && bindings(way).all(|binding| is_known_place(access, binding));
    if is_plain { Profile::Pedantic } else { Profile::Audit }
}

/// How bad it is.
pub(super) fn severity(profile: Profile) -> Severity {
    if profile == Profile::Audit { Severity::Info } else { Severity::Warning }
}

/// The steps behind the first in which something is done.
fn later(way: &EscalationWay) -> impl Iterator<Item = &ProofStep> {
    way.proof.steps.iter().skip_while(|step| !is_done(step)).skip(1)
}

fn is_done(step: &ProofStep) -> bool {
    matches!(step.how, How::Technique(_))
}

/// Whether it takes what a binding of the read set gives to somebody else. What leads on by Kubernetes' own bindings alone
/// is what the right with which it begins is worth in any cluster: that is told of its role.
pub(super) fn uses_others(access: &Access, way: &EscalationWay) -> bool {
    let own = State::Subject(way.who.clone());
    let mut others = later(way).filter(|step| *step.from.plain() != own).flat_map(|step| &step.grants);
    others.any(|grant| access.binding_object(grant.binding).is_some())
}

/// Whether the first thing that is done gives something of one namespace, or somebody in particular.
fn begins_narrow(way: &EscalationWay) -> bool {
    let mut gained = way.proof.steps.iter().skip_while(|step| !is_done(step)).map(|step| step.to.plain());
    match gained.find(|state| !matches!(state, State::Bound(_))) {
        Some(
            State::Accounts(Some(namespace))
            | State::AbsentAccounts(Some(namespace))
            | State::Pods(Some(namespace))
            | State::Pod(namespace, _)
            | State::Tokens(Some(namespace)),
        ) => namespace != "kube-system",
        Some(State::Role(_, place)) => matches!(place, Place::Namespace(_)),
        Some(State::Subject(_)) => true,
        _ => false,
    }
}

fn bindings(way: &EscalationWay) -> impl Iterator<Item = BindingId> {
    way.proof.steps.iter().flat_map(|step| &step.grants).map(|grant| grant.binding)
}

/// Whether it is known what a binding will be called, and in which namespace.
fn is_known_place(access: &Access, binding: BindingId) -> bool {
    let Some(object) = access.binding_object(binding) else { return true };
    match access.policy().binding(binding).and_then(|binding| binding.namespace.as_deref()) {
        None => is_settled(access, object),
        // Examples that have nothing to do with each other come together there.
        Some("default") => false,
        Some(_) => is_placed(access, object),
    }
}
