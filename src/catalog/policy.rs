//! The roles and bindings that every cluster has.

use std::sync::Arc;

use ecow::EcoString;

use super::Version;
use crate::rbac::{Binding, Requirement, Role, RoleKind, RoleRef, Rule, Selector, Subject};

/// What an API server with RBAC makes when it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DefaultPolicy {
    /// ClusterRoles, then Roles, by namespace and name. Aggregated ones are without the rules that they take in.
    pub roles: Vec<Role>,
    /// ClusterRoleBindings, then RoleBindings, by namespace and name.
    pub bindings: Vec<Binding>,
}

impl DefaultPolicy {
    /// The policy of a version of Kubernetes.
    pub fn of(version: Version) -> Self {
        parse(version.policy())
    }
}

/// Reads `policy.txt`; its head says how it is written. It is compared with an API server in a test, so lines are not
/// checked.
fn parse(text: &'static str) -> DefaultPolicy {
    let mut policy = DefaultPolicy::default();
    let mut labels = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.trim_start().split_once(' ').unwrap_or((line, ""));
        match word {
            "labels" => labels.extend(pair(rest)),
            "ClusterRole" | "Role" => {
                let (namespace, name) = namespaced(rest);
                policy.roles.push(Role { namespace, name, labels: labels.clone(), ..Role::default() });
            }
            "ClusterRoleBinding" | "RoleBinding" => {
                let (namespace, name) = namespaced(rest);
                let role = RoleRef { kind: RoleKind::ClusterRole, name: EcoString::new() };
                policy.bindings.push(Binding { namespace, name, role, subjects: Vec::new() });
            }
            _ => {
                add_to_role(policy.roles.last_mut(), word, rest);
                add_to_binding(policy.bindings.last_mut(), word, rest);
            }
        }
    }
    policy
}

/// Words say whether a line is about the last role or about the last binding.
fn add_to_role(role: Option<&mut Role>, word: &str, rest: &str) {
    let Some(role) = role else { return };
    match word {
        "label" => role.labels.extend(pair(rest)),
        "takes" => {
            let labels = rest.trim_start_matches("in ").split(',').filter_map(pair);
            let requirements = labels.map(|(key, value)| Requirement::equals(key, value)).collect();
            role.aggregation.get_or_insert_default().push(Selector { requirements });
        }
        "may" => role.rules.push(Arc::new(rule(rest))),
        _ => {}
    }
}

fn add_to_binding(binding: Option<&mut Binding>, word: &str, rest: &str) {
    let Some(binding) = binding else { return };
    let (kind, name) = rest.split_once(' ').unwrap_or((rest, ""));
    match word {
        "gives" => binding.role = RoleRef { kind: RoleKind::from(kind), name: name.into() },
        "to" => binding.subjects.push(subject(kind, name)),
        _ => {}
    }
}

/// `VERBS RESOURCES [in GROUPS] [named NAMES]` or `VERBS at URLS`.
fn rule(text: &str) -> Rule {
    let mut words = text.split(' ');
    let mut rule = Rule { verbs: list(words.next()), ..Rule::default() };
    match words.next() {
        Some("at") => rule.non_resource_urls = list(words.next()),
        resources => {
            rule.resources = list(resources);
            rule.api_groups = vec![String::new()];
        }
    }
    while let Some(word) = words.next() {
        match word {
            "in" => rule.api_groups = list(words.next()).into_iter().map(group).collect(),
            "named" => rule.resource_names = list(words.next()),
            _ => {}
        }
    }
    rule
}

fn subject(kind: &str, name: &str) -> Subject {
    match kind {
        "User" => Subject::User(name.into()),
        "Group" => Subject::Group(name.into()),
        "ServiceAccount" => {
            let (namespace, name) = namespaced(name);
            Subject::ServiceAccount { namespace, name }
        }
        _ => Subject::Other { kind: kind.to_owned(), name: name.into() },
    }
}

/// `NAMESPACE/NAME` or `NAME`.
fn namespaced(text: &str) -> (Option<EcoString>, EcoString) {
    match text.split_once('/') {
        Some((namespace, name)) => (Some(namespace.into()), name.into()),
        None => (None, text.into()),
    }
}

fn pair(text: &str) -> Option<(String, String)> {
    text.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()))
}

fn list(text: Option<&str>) -> Vec<String> {
    text.into_iter().flat_map(|text| text.split(',')).map(str::to_owned).collect()
}

/// The core group has a name in the text.
fn group(name: String) -> String {
    if name == "core" { String::new() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn roles_are_read_with_all_that_they_say() {
        let policy = parse(
            "# head\nlabels every=one\n\nClusterRole sum\n  label tier=gold\n  takes in a=1,b=2\n  takes in c=3\n\n\
             Role kube-system/part\n  may get,list pods,pods/log\n  may update events in core,events.k8s.io named a,b\n  \
             may get at /api,/api/*\n",
        );
        let [sum, part] = &policy.roles[..] else { panic!("two roles") };
        let label = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!((&sum.namespace, sum.name.as_str()), (&None, "sum"));
        assert_eq!(sum.labels, [label("every", "one"), label("tier", "gold")]);
        let both = vec![Requirement::equals("a", "1"), Requirement::equals("b", "2")];
        let third = vec![Requirement::equals("c", "3")];
        assert_eq!(sum.aggregation, Some(vec![Selector { requirements: both }, Selector { requirements: third }]));
        assert_eq!((part.namespace.as_deref(), part.name.as_str()), (Some("kube-system"), "part"));
        assert_eq!((&part.labels, &part.aggregation), (&vec![label("every", "one")], &None));
        let rules = [
            Rule {
                verbs: strings(&["get", "list"]),
                api_groups: strings(&[""]),
                resources: strings(&["pods", "pods/log"]),
                ..Rule::default()
            },
            Rule {
                verbs: strings(&["update"]),
                api_groups: strings(&["", "events.k8s.io"]),
                resources: strings(&["events"]),
                resource_names: strings(&["a", "b"]),
                ..Rule::default()
            },
            Rule { verbs: strings(&["get"]), non_resource_urls: strings(&["/api", "/api/*"]), ..Rule::default() },
        ];
        assert!(part.rules().eq(&rules), "{:?}", part.rules);
    }

    #[test]
    fn bindings_are_read_with_all_that_they_say() {
        let policy = parse(
            "ClusterRoleBinding nobody\n  gives ClusterRole system:node\n\nRoleBinding kube-system/some\n  \
             gives Role part\n  to User ann\n  to Group system:masters\n  to ServiceAccount kube-system/x\n",
        );
        let [nobody, some] = &policy.bindings[..] else { panic!("two bindings") };
        assert_eq!((nobody.name.as_str(), &nobody.namespace, nobody.subjects.len()), ("nobody", &None, 0));
        assert_eq!(nobody.role, RoleRef { kind: RoleKind::ClusterRole, name: "system:node".into() });
        assert_eq!((some.name.as_str(), some.namespace.as_deref()), ("some", Some("kube-system")));
        assert_eq!(some.role, RoleRef { kind: RoleKind::Role, name: "part".into() });
        let account = Subject::ServiceAccount { namespace: Some("kube-system".into()), name: "x".into() };
        let people = [Subject::User("ann".into()), Subject::Group("system:masters".into()), account];
        assert_eq!(some.subjects, people);
    }
}
