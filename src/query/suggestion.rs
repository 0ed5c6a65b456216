//! The smallest role that would allow a request, ready to paste.

use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use super::subject::Who;
use crate::rbac::{Action, GROUP, ResourceAction, full_resource};
use crate::yaml::write;

/// What would allow a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The rule alone, as an entry of a role's `rules`.
    pub rule: String,
    /// A role with that rule and a binding of it, as two YAML documents.
    pub objects: String,
}

/// The smallest role and binding that would allow somebody to do something, under a name that is not taken. `None` where
/// it cannot be written as YAML.
pub fn suggest(who: &Who, action: &Action, is_taken: impl Fn(Option<&str>, &str) -> bool) -> Option<Suggestion> {
    let rule = rule(action);
    let namespace = match action {
        Action::Resource(action) if !action.namespace.is_empty() => Some(action.namespace.clone()),
        _ => None,
    };
    let name = free_name(&name(action), |name| is_taken(namespace.as_deref(), name));
    let metadata = |namespace| ObjectMeta { name: Some(name.clone()), namespace, ..ObjectMeta::default() };
    let metadata = || metadata(namespace.clone());
    let rules = Some(vec![rule.clone()]);
    let role_ref =
        |kind: &str| RoleRef { api_group: Some(GROUP.to_owned()), kind: kind.to_owned(), name: name.clone() };
    let subjects = Some(vec![subject(who)]);
    let objects = if namespace.is_some() {
        let role = Role { metadata: metadata(), rules };
        let binding = RoleBinding { metadata: metadata(), role_ref: role_ref("Role"), subjects };
        documents(&role, &binding)
    } else {
        let role = ClusterRole { metadata: metadata(), rules, aggregation_rule: None };
        let binding = ClusterRoleBinding { metadata: metadata(), role_ref: role_ref("ClusterRole"), subjects };
        documents(&role, &binding)
    };
    Some(Suggestion { rule: write::to_string(&[rule])?, objects: objects? })
}

fn documents(role: &impl Serialize, binding: &impl Serialize) -> Option<String> {
    Some(format!("{}---\n{}", write::to_string(role)?, write::to_string(binding)?))
}

fn rule(action: &Action) -> PolicyRule {
    match action {
        Action::Resource(action) => PolicyRule {
            api_groups: Some(vec![action.group.clone()]),
            resources: Some(vec![full_resource(&action.resource, &action.subresource)]),
            resource_names: has_name(action).then(|| vec![action.name.clone()]),
            verbs: vec![action.verb.clone()],
            non_resource_urls: None,
        },
        Action::Url { verb, path } => PolicyRule {
            non_resource_urls: Some(vec![path.clone()]),
            verbs: vec![verb.clone()],
            ..PolicyRule::default()
        },
    }
}

/// Whether a rule that names the object would allow it, whichever way it is asked: what is created has no name yet.
fn has_name(action: &ResourceAction) -> bool {
    let never = match action.verb.as_str() {
        "create" => action.subresource.is_empty(),
        verb => verb == "deletecollection",
    };
    !action.name.is_empty() && !never
}

/// A name that says what the role is for, such as `secrets-get`: as DNS has names, so that it is one everywhere.
fn name(action: &Action) -> String {
    let parts = match action {
        Action::Resource(action) => [full_resource(&action.resource, &action.subresource), action.verb.clone()],
        Action::Url { verb, path } => [path.clone(), verb.clone()],
    };
    let text = parts.join("-").replace('*', "all").to_lowercase();
    let words: Vec<_> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(60).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "access".to_owned() } else { name.to_owned() }
}

/// The name, with a number behind it where it is taken.
pub(super) fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

fn subject(who: &Who) -> Subject {
    let of_group = |kind: &str, name: &String| Subject {
        api_group: Some(GROUP.to_owned()),
        kind: kind.to_owned(),
        name: name.clone(),
        namespace: None,
    };
    match who {
        Who::ServiceAccount { namespace, name } => Subject {
            api_group: None,
            kind: "ServiceAccount".to_owned(),
            name: name.clone(),
            namespace: Some(namespace.clone()),
        },
        Who::User(name) => of_group("User", name),
        Who::Group(name) => of_group("Group", name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_role_names_what_is_asked_and_nothing_else() {
        let who = Who::ServiceAccount { namespace: "ci".to_owned(), name: "deployer".to_owned() };
        let action = Action::Resource(ResourceAction {
            verb: "create".to_owned(),
            resource: "pods".to_owned(),
            subresource: "exec".to_owned(),
            namespace: "prod".to_owned(),
            ..ResourceAction::default()
        });
        let suggestion = suggest(&who, &action, |_, _| false).unwrap();
        assert_eq!(suggestion.rule, "- apiGroups:\n  - ''\n  resources:\n  - pods/exec\n  verbs:\n  - create\n");
        assert_eq!(
            suggestion.objects,
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: pods-exec-create\n  \
             namespace: prod\nrules:\n- apiGroups:\n  - ''\n  resources:\n  - pods/exec\n  verbs:\n  - create\n---\n\
             apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: pods-exec-create\n  \
             namespace: prod\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: pods-exec-create\n\
             subjects:\n- kind: ServiceAccount\n  name: deployer\n  namespace: ci\n"
        );
    }

    #[test]
    fn urls_take_a_cluster_role() {
        let action = Action::Url { verb: "get".to_owned(), path: "/metrics/*".to_owned() };
        let suggestion = suggest(&Who::User("jane".to_owned()), &action, |_, name| name == "metrics-all-get").unwrap();
        assert!(suggestion.objects.contains("kind: ClusterRole\nmetadata:\n  name: metrics-all-get-2\n"));
        assert!(suggestion.objects.contains("nonResourceURLs:\n  - /metrics/*\n"));
    }
}
