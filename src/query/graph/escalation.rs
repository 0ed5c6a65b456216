//! The graph of what permissions add up to: who comes to what, by which steps.

use super::about::About;
use super::draft::{self, Draft};
use super::objects;
use crate::graph::{EdgeKind, Graph, Identity, State as NodeState};
use crate::query::escalation::{Certainty, Deed, Escalations, How, Sink, State, ways};
use crate::query::{Access, Who};

/// How everybody comes to more than they were given, or somebody: of each thing the surest way, and of those the shortest.
/// Of what depends on what else is in the cluster, a picture of everybody shows nothing: it would be in every corner.
pub fn escalation_graph(access: &Access, about: Option<&Who>) -> Graph {
    let escalations = Escalations::of(access);
    let mut draft = Draft::new(access, &About { subject: about.cloned(), ..About::default() });
    let mut add = |who: &Who, deeds: &[Deed<'_>]| {
        for deed in deeds {
            let [from, to] = [&deed.step.from, deed.to()].map(|state| identity(access, state));
            if let Some((from, to)) = from.zip(to).filter(|(from, to)| from != to) {
                draft.connect(from, kind(deed), to);
            }
        }
        for workload in access.workloads_of(who).filter_map(objects::identity) {
            draft.connect(workload, EdgeKind::RunsAs, Identity::from(who));
        }
    };
    match about {
        Some(who) => {
            add(who, &[]);
            let is_shown = |sink: &Sink| !matches!(sink, Sink::Account { .. });
            for sink in escalations.reached(who).into_iter().filter(is_shown) {
                escalations.proof(who, &sink).iter().for_each(|proof| add(who, &proof.deeds()));
            }
        }
        None => {
            for way in ways(&escalations).iter().filter(|way| way.proof.certainty() != Certainty::Environment) {
                add(&way.who, &way.proof.deeds());
            }
        }
    }
    if let Some(who) = about {
        draft.graph.add(Identity::from(who), draft::state(access, &Identity::from(who)));
    }
    settle(&mut draft);
    draft.finish()
}

/// Says of what the graph has how well it is known.
fn settle(draft: &mut Draft<'_>) {
    let access = draft.access;
    let policy = access.policy();
    let roles = policy.roles().map(|(id, role)| (draft::role(role.key()), access.role_object(id).is_some()));
    // The ServiceAccounts of Kubernetes' own controllers are in no file.
    let own = policy.bindings().filter(|(id, _)| access.binding_object(*id).is_none()).map(|(_, binding)| binding);
    let bound = own.flat_map(|binding| binding.subjects.iter().filter_map(|it| draft::subject(it, binding)));
    let objects = access.read_set().objects.iter().filter_map(objects::identity).map(|it| (it, true));
    for (identity, is_found) in roles.chain(bound.map(|it| (it, false))).chain(objects) {
        if draft.graph.node(&identity).is_some() {
            draft.graph.add(identity, if is_found { NodeState::Found } else { NodeState::BuiltIn });
        }
    }
}

/// How one comes from the one to the other, in words between the two.
fn kind(deed: &Deed<'_>) -> EdgeKind {
    match deed.step.how {
        How::Technique(technique) => {
            let words = technique.deed.split("{}").next().unwrap_or_default();
            EdgeKind::ComesTo(words.trim_end_matches([' ', ',']))
        }
        How::Member => EdgeKind::MemberOf,
        How::OneOf => EdgeKind::ComesTo("includes"),
        How::Holds => EdgeKind::ComesTo("is"),
        How::Part => EdgeKind::ComesTo("keeps"),
    }
}

/// What stands for a state; `None` for a role that is not there.
fn identity(access: &Access, state: &State) -> Option<Identity> {
    let gain = |namespace: Option<&String>, name: &str| {
        Some(Identity::Gain { namespace: namespace.cloned(), name: name.to_owned() })
    };
    let cluster = None;
    match state {
        State::With(inner, _) => identity(access, inner),
        State::Subject(who) => Some(Identity::from(who)),
        State::Role(role, _) => {
            let role = access.policy().role(*role)?;
            Some(draft::role(role.key()))
        }
        State::AnyUser => gain(cluster, "any user"),
        State::AnyGroup => gain(cluster, "any group but system:masters"),
        State::Accounts(place) => gain(place.as_ref(), "any ServiceAccount"),
        State::AbsentAccounts(place) => gain(place.as_ref(), "any ServiceAccount that is not there"),
        State::Pods(place) => gain(place.as_ref(), "any pod"),
        State::Pod(namespace, name) => gain(Some(namespace), &format!("pod {name}")),
        State::Bound(binding) => {
            let binding = access.policy().binding(*binding)?;
            Some(draft::binding(binding.key()))
        }
        State::AnyRole(place) => gain(place.as_ref(), "any Role"),
        State::Everything(Some(namespace)) | State::NamespaceAdmin(namespace) => gain(Some(namespace), "admin"),
        State::Everything(None) => gain(cluster, "admin of any namespace"),
        State::Nodes => gain(cluster, "a node"),
        State::Tokens(place) => gain(place.as_ref(), "any ServiceAccount with a token in a Secret"),
        State::Secrets => gain(cluster, "the Secrets of kube-system"),
        State::ClusterAdmin => gain(cluster, "cluster-admin"),
    }
}
