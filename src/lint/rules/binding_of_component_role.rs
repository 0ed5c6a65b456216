//! Roles that Kubernetes has for its own components, bound to others.

use crate::diagnostic::{Category, Severity};
use crate::lint::handed_out::{role_shown, subject_shown, subjects};
use crate::lint::{Check, InSet, Profile, Rule, Sink};
use crate::manifest::BindingFacts;
use crate::rbac::{ANONYMOUS, MASTERS, RoleKind, Subject};

pub(super) static RULE: Rule = Rule {
    id: "binding-of-component-role",
    category: Category::Risk,
    severity: Severity::Warning,
    profile: Profile::Audit,
    summary: "a powerful role of Kubernetes' own components, bound to somebody else",
    page: include_str!("../../../rules/binding-of-component-role.md"),
    check: Check::Binding(check),
};

/// The API server's own user in clusters that are set up by hand goes by any name.
const OF_API_SERVER: &str = "system:kubelet-api-admin";

fn check(binding: &InSet<'_, BindingFacts>, sink: &mut Sink<'_>) {
    let it = &binding.facts.binding;
    let role = it.role.name.as_str();
    let is_there = binding.index.default_role((None, role)).is_some();
    if it.role.kind != RoleKind::ClusterRole || !is_there || !is_powerful(role) {
        return;
    }
    let mut others = subjects(binding).filter(|(subject, _)| !is_component(subject, it.namespace.as_deref(), role));
    let Some(shown) = others.find_map(|(subject, _)| subject_shown(subject, it)) else { return };
    let severity = if it.namespace.is_none() { Severity::Warning } else { Severity::Info };
    let help = match role {
        "system:node" => "nodes need no binding: the Node authorizer gives each what its own pods need",
        _ => "write a role with what is needed of it, and bind that",
    };
    let message = format!("{} is for a component of Kubernetes, not for {shown}", role_shown(it));
    sink.report(binding.facts.role_name, message).help(help).rated(Profile::Audit, severity);
}

/// Whether a role of Kubernetes lets its holder become somebody else. Not so those that are made for others, such as
/// `system:auth-delegator`, nor those of the scheduler, which second schedulers are told to take.
fn is_powerful(role: &str) -> bool {
    let is_approver = role.starts_with("system:certificates.k8s.io:") && role.ends_with("-approver");
    is_approver
        || role.starts_with("system:controller:")
        || ["system:kube-controller-manager", "system:node", OF_API_SERVER].contains(&role)
}

fn is_component(subject: &Subject, namespace: Option<&str>, role: &str) -> bool {
    match subject {
        Subject::User(name) => role == OF_API_SERVER || (name.starts_with("system:") && name != ANONYMOUS),
        Subject::Group(name) => name == MASTERS,
        _ => subject.service_account(namespace).is_some_and(|(namespace, _)| namespace == "kube-system"),
    }
}
