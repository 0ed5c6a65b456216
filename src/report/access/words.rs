//! Requests, subjects and objects in words.

use super::super::plain::plain;
use crate::query::{Access, Who};
use crate::rbac::{
    ALL, Action, Binding, BindingId, Key, ResourceAction, Role, RoleId, RulePlace, Subject, Verdict, full_resource,
};

/// What somebody wants to do: `get secrets in namespace prod`.
pub(super) fn action(action: &Action) -> String {
    let verb = |verb: &str| if verb == ALL { "do everything with".to_owned() } else { verb.to_owned() };
    let text = match action {
        Action::Url { verb: word, path } => format!("{} {path}", verb(word)),
        Action::Resource(action) => {
            let name = if action.name.is_empty() { String::new() } else { format!(" `{}`", action.name) };
            format!("{} {}{name}", verb(&action.verb), resource(action))
        }
    };
    plain(&text).into_owned()
}

/// `deployments.apps/scale`, `all resources of the core group`.
pub(super) fn resource(action: &ResourceAction) -> String {
    let ResourceAction { group, resource, subresource, .. } = action;
    if resource != ALL {
        let group = if group.is_empty() { String::new() } else { format!(".{group}") };
        return full_resource(&format!("{resource}{group}"), subresource);
    }
    let what = if subresource.is_empty() { String::new() } else { format!("the subresource `{subresource}` of ") };
    match group.as_str() {
        "" => format!("{what}all resources of the core group"),
        ALL => format!("{what}all resources of all groups"),
        group => format!("{what}all resources of {group}"),
    }
}

/// Who may do what, or not: `User jane may not get secrets in namespace prod.`
pub(super) fn sentence(access: &Access, who: &Who, action: &Action, verdict: Verdict) -> String {
    format!("{} {}{}.", may(who, verdict), self::action(action), place(action, access))
}

/// Who may, or may not: `User jane may`.
pub(super) fn may(who: &Who, verdict: Verdict) -> String {
    let may = match verdict {
        Verdict::Allowed => "may",
        Verdict::Conditional => "may, if one of several differing definitions holds,",
        Verdict::Denied => "may not",
    };
    format!("{} {may}", shown(&who.to_string()))
}

/// Where they want to do it: ` in namespace prod`, with a space before it.
pub(super) fn place(action: &Action, access: &Access) -> String {
    let Action::Resource(action) = action else { return String::new() };
    let is_of_cluster = access.catalog().find(&action.group, &action.resource).is_some_and(|known| !known.namespaced);
    match action.namespace.as_str() {
        "" if is_of_cluster => String::new(),
        "" => " in all namespaces".to_owned(),
        // A ClusterRole is bound in a namespace.
        _ if is_of_cluster && action.verb != "bind" => String::new(),
        namespace => format!(" in namespace {}", plain(namespace)),
    }
}

/// `RoleBinding prod/deployer`, `ClusterRoleBinding admins`.
pub(super) fn binding(binding: &Binding) -> String {
    named(binding.kind(), binding.key())
}

/// `Role prod/deployer`, `ClusterRole view`.
pub(super) fn role(role: &Role) -> String {
    named(role.kind(), role.key())
}

/// The role that a binding names, be it there or not.
pub(super) fn role_of(binding: &Binding) -> String {
    let namespace = binding.role_key().and_then(|(namespace, _)| namespace);
    named(binding.role.kind.name(), (namespace, &binding.role.name))
}

fn named(kind: &str, (namespace, name): Key<'_>) -> String {
    let name = if name.is_empty() { "(without a name)" } else { name };
    let text = match namespace {
        Some(namespace) => format!("{kind} {namespace}/{name}"),
        None => format!("{kind} {name}"),
    };
    plain(&text).into_owned()
}

/// `ServiceAccount ci/deployer`, `Group ops`, of a binding in a namespace or without one.
pub(super) fn subject(subject: &Subject, namespace: Option<&str>) -> String {
    let text = match subject {
        Subject::User(name) => format!("User {name}"),
        Subject::Group(name) => format!("Group {name}"),
        Subject::ServiceAccount { namespace: own, name } => {
            let namespace = own.as_deref().or(namespace).unwrap_or("?");
            format!("ServiceAccount {namespace}/{name}")
        }
        Subject::Other { kind, name } => format!("{kind} {name}"),
    };
    plain(&text).into_owned()
}

/// A binding of a policy, and that it is one of Kubernetes' own where it is.
pub(super) fn binding_of(access: &Access, id: BindingId) -> String {
    access.policy().binding(id).map(binding).unwrap_or_default()
}

/// A role of a policy.
pub(super) fn role_by_id(access: &Access, id: RoleId) -> String {
    access.policy().role(id).map(role).unwrap_or_default()
}

/// `rule 1`, or `rule 1 of ClusterRole view` where a role takes it in from another.
pub(super) fn rule_number(access: &Access, role: Option<RoleId>, rule: RulePlace) -> String {
    let number = rule.index + 1;
    if role == Some(rule.role) {
        format!("rule {number}")
    } else {
        format!("rule {number} of {}", role_by_id(access, rule.role))
    }
}

/// A text from manifests, fit to be shown.
pub(super) fn shown(text: &str) -> String {
    plain(text).into_owned()
}

/// A text of several lines, fit to be shown.
pub(super) fn lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(plain).collect();
    lines.join("\n")
}

/// A rule in one line: `get, list · secrets · in apps · named a, b`.
pub(super) fn rule(rule: &crate::rbac::Rule) -> String {
    let group = |group: &String| if group.is_empty() { "\"\"".to_owned() } else { group.clone() };
    let groups: Vec<_> = rule.api_groups.iter().map(group).collect();
    let mut parts = vec![format!("verbs: [{}]", rule.verbs.join(", "))];
    let mut part = |name: &str, entries: &[String]| {
        if !entries.is_empty() {
            parts.push(format!("{name}: [{}]", entries.join(", ")));
        }
    };
    part("apiGroups", &groups);
    part("resources", &rule.resources);
    part("resourceNames", &rule.resource_names);
    part("nonResourceURLs", &rule.non_resource_urls);
    shown(&parts.join(", "))
}
