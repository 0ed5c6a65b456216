//! Roles and bindings as an API server takes them, with the evidence in comments.

use std::fmt::Write as _;

use k8s_openapi::api::rbac::v1::{
    ClusterRole, ClusterRoleBinding, PolicyRule, Role as TypedRole, RoleBinding, RoleRef, Subject as TypedSubject,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use super::super::words;
use super::sentences::{count, names, requests, verb, what};
use crate::query::{Least, SuggestedRole, UsedRow};
use crate::rbac::{Binding, GROUP, Role, Rule, Subject};
use crate::yaml::write;

/// All roles that are suggested, with their bindings.
pub fn yaml(all: &[Least], with_denied: bool) -> String {
    let documents = all.iter().flat_map(|least| least.suggested.iter().map(move |role| (least, role)));
    let documents: Vec<_> = documents.map(|(least, role)| of_role(least, role, with_denied)).collect();
    if documents.is_empty() { "# no role is suggested\n".to_owned() } else { documents.join("---\n") }
}

/// The roles of one subject, without comments.
pub(super) fn objects(least: &Least) -> String {
    let documents: Vec<_> = least.suggested.iter().flat_map(of_objects).collect();
    documents.join("---\n")
}

fn of_role(least: &Least, role: &SuggestedRole, with_denied: bool) -> String {
    let place =
        |row: &&UsedRow| role.bindings.iter().any(|binding| binding.namespace.as_deref() == row.action.namespace());
    let mut text = format!("# {}: {}\n", words::shown(&least.who.to_string()), requests(least));
    for row in least.rows.iter().filter(|row| row.is_suggested(with_denied)).filter(place) {
        let place = row
            .action
            .namespace()
            .filter(|_| role.bindings.len() > 1)
            .map(|place| format!(" in {}", words::shown(place)));
        let names = names(&row.times.names);
        let names = if names.is_empty() { names } else { format!(" ({names})") };
        let denied = if row.is_denied { ", denied" } else { "" };
        let line = format!("{} {}{names}{}", verb(row), what(&row.action), place.unwrap_or_default());
        let times = count(row.times.count, "time", "times");
        let _ = writeln!(text, "#   {}: {times}{denied}", words::shown(&line));
    }
    format!("{text}{}", of_objects(role).join("---\n"))
}

fn of_objects(SuggestedRole { role, bindings }: &SuggestedRole) -> Vec<String> {
    let bindings = bindings.iter().filter_map(binding_text);
    role_text(role).into_iter().chain(bindings).collect()
}

fn role_text(role: &Role) -> Option<String> {
    let metadata = metadata(role.namespace.as_deref(), &role.name);
    let rules = Some(role.rules().map(rule).collect());
    match role.namespace {
        Some(_) => text(&TypedRole { metadata, rules }),
        None => text(&ClusterRole { metadata, rules, aggregation_rule: None }),
    }
}

fn binding_text(binding: &Binding) -> Option<String> {
    let metadata = metadata(binding.namespace.as_deref(), &binding.name);
    let (kind, name) = (binding.role.kind.name().to_owned(), binding.role.name.to_string());
    let role_ref = RoleRef { api_group: Some(GROUP.to_owned()), kind, name };
    let subjects = Some(binding.subjects.iter().filter_map(subject).collect());
    match binding.namespace {
        Some(_) => text(&RoleBinding { metadata, role_ref, subjects }),
        None => text(&ClusterRoleBinding { metadata, role_ref, subjects }),
    }
}

fn text(object: &impl Serialize) -> Option<String> {
    write::to_string(object)
}

fn metadata(namespace: Option<&str>, name: &str) -> ObjectMeta {
    ObjectMeta { name: Some(name.to_owned()), namespace: namespace.map(str::to_owned), ..ObjectMeta::default() }
}

fn rule(rule: &Rule) -> PolicyRule {
    let list = |entries: &[String]| (!entries.is_empty()).then(|| entries.to_vec());
    PolicyRule {
        api_groups: list(&rule.api_groups),
        resources: list(&rule.resources),
        resource_names: list(&rule.resource_names),
        verbs: rule.verbs.clone(),
        non_resource_urls: list(&rule.non_resource_urls),
    }
}

fn subject(subject: &Subject) -> Option<TypedSubject> {
    let of = |kind: &str, name: &str, group: &str, namespace: Option<&str>| TypedSubject {
        api_group: (!group.is_empty()).then(|| group.to_owned()),
        kind: kind.to_owned(),
        name: name.to_owned(),
        namespace: namespace.map(str::to_owned),
    };
    match subject {
        Subject::User(name) => Some(of("User", name, GROUP, None)),
        Subject::Group(name) => Some(of("Group", name, GROUP, None)),
        Subject::ServiceAccount { namespace, name } => Some(of("ServiceAccount", name, "", namespace.as_deref())),
        Subject::Other { .. } => None,
    }
}
