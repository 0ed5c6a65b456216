//! Roles that nobody has.

use crate::diagnostic::{Category, Severity};
use crate::lint::aggregation_labels::may_be_taken_in;
use crate::lint::references::is_settled;
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::RoleFacts;
use crate::rbac::Role;

pub(super) static RULE: Rule = Rule {
    id: "role-unused",
    category: Category::Hygiene,
    severity: Severity::Info,
    profile: Profile::Pedantic,
    summary: "a role that no binding hands out and no ClusterRole takes in",
    page: include_str!("../../../rules/role-unused.md"),
    check: Check::Role(check),
};

/// The roles of the default policy whose names do not begin with `system:`.
const FOR_PEOPLE: [&str; 4] = ["admin", "cluster-admin", "edit", "view"];

fn check(role: &InSet<'_, RoleFacts>, sink: &mut Sink<'_>) {
    let (access, index, object) = (role.access, role.index, role.object);
    if index.named_roles().is_empty() || object.is_generated || !is_settled(access, object) {
        return;
    }
    let it = &role.facts.role;
    if is_for_others(role) || is_of_kubernetes(it) || index.named_roles().have(access, object, it.key()) {
        return;
    }
    // A role may be defined more than once; what is said of it is said once.
    let name = &object.name;
    let definitions = index.objects((name.kind, name.namespace.as_deref(), &name.name));
    if definitions.first().is_none_or(|first| first.span == object.span) {
        sink.report(object.span, format!("no binding hands out this {}", it.kind()))
            .help("remove it, or bind it; read the manifests, too, in which somebody else may do so");
    }
}

/// Whether the role is there to be taken in by others, to take in others, or by the word of the configuration.
fn is_for_others(role: &InSet<'_, RoleFacts>) -> bool {
    let it = &role.facts.role;
    let is_external = match it.key() {
        (Some(namespace), name) => role.external.has_role(namespace, name),
        (None, name) => role.external.has_cluster_role(name),
    };
    let is_taken_in = || role.index.uses().takers(it.key()).next().is_some();
    is_external || it.aggregation.is_some() || may_be_taken_in(role.facts) || is_taken_in()
}

fn is_of_kubernetes(role: &Role) -> bool {
    role.name.starts_with("system:") || FOR_PEOPLE.contains(&role.name.as_str())
}
