//! Bindings, whom they name, which roles they hand out, and who is in the groups that they name.

use std::collections::BTreeSet;

use super::draft::{Draft, binding, role, subject};
use crate::graph::{EdgeKind, Identity, State};
use crate::rbac::{self, Binding, BindingId, user_of_service_account};

/// Adds the roles and bindings of the read set, and those of the default policy that have to do with it.
pub(super) fn add(draft: &mut Draft<'_>) {
    let policy = draft.access.policy();
    for (id, one) in policy.roles() {
        if draft.access.role_object(id).is_some() {
            draft.define(role(one.key()), true);
        } else if draft.role.as_ref() == Some(&role(one.key())) {
            draft.graph.add(role(one.key()), State::BuiltIn);
        }
    }
    for (id, one) in policy.all_bindings() {
        if draft.access.binding_object(id).is_some() {
            draft.define(binding(one.key()), true);
            draft.named.extend(one.subjects.iter().filter_map(|it| subject(it, one)));
        }
    }
    for (id, one) in policy.bindings() {
        if draft.access.binding_object(id).is_some() {
            add_binding(draft, id, one);
        } else if is_touched(draft, id, one) {
            draft.graph.add(binding(one.key()), State::BuiltIn);
            add_binding(draft, id, one);
        }
    }
    let differing_roles = policy.roles().filter(|(id, _)| policy.role_differs(*id)).map(|(_, one)| role(one.key()));
    let differing_bindings = policy.all_bindings().filter(|(id, _)| policy.binding_differs(*id));
    let differing: BTreeSet<_> = differing_roles.chain(differing_bindings.map(|(_, one)| binding(one.key()))).collect();
    for identity in differing {
        draft.differs(identity);
    }
}

/// Whether a binding of the default policy has to do with what is drawn: with somebody whom the read set or the question
/// names, with a role that the read set has in the place of Kubernetes' own, or with the role in question.
fn is_touched(draft: &Draft<'_>, id: BindingId, one: &Binding) -> bool {
    let names_somebody = one.subjects.iter().filter_map(|it| subject(it, one)).any(|it| draft.named.contains(&it));
    let hands_out_another = draft.access.policy().roles_of(id).iter().any(|&id| draft.access.role_object(id).is_some());
    let hands_out_the_role = draft.role.is_some() && draft.role == one.role_key().map(role);
    names_somebody || hands_out_another || hands_out_the_role
}

fn add_binding(draft: &mut Draft<'_>, id: BindingId, one: &Binding) {
    let this = binding(one.key());
    for subject in one.subjects.iter().filter_map(|it| subject(it, one)) {
        draft.connect(subject, EdgeKind::BoundBy, this.clone());
    }
    if one.subjects.is_empty() {
        draft.graph.note(this.clone(), "has no subjects");
    }
    if let Some(handed_out) = one.role_key().map(role) {
        // Where only the name of a role is known, that has been added before.
        if !draft.access.policy().roles_of(id).is_empty() {
            draft.graph.add(handed_out.clone(), State::BuiltIn);
        }
        draft.connect(this, EdgeKind::RefersTo, handed_out);
    }
}

/// Adds who is in the groups that somebody names, as the API server puts them there by itself.
pub(super) fn add_members(draft: &mut Draft<'_>) {
    let subjects = draft.graph.nodes().map(|node| node.identity.clone()).chain(draft.named.iter().cloned());
    let subjects: BTreeSet<_> = subjects.filter(|identity| !matches!(identity, Identity::Group(_))).collect();
    for subject in subjects {
        let user = match &subject {
            Identity::ServiceAccount { namespace, name } => user_of_service_account(namespace, name),
            Identity::User(name) => name.clone(),
            _ => continue,
        };
        for group in rbac::Identity::new(user, Vec::new()).groups.into_iter().map(Identity::Group) {
            if draft.named.contains(&group) {
                draft.connect(subject.clone(), EdgeKind::MemberOf, group);
            }
        }
    }
}
