//! The default policy: what the API server made, and what the catalog says.

use std::collections::BTreeMap;
use std::sync::Arc;

use rolecall::catalog::{DefaultPolicy, Version};
use rolecall::rbac::{Binding, Requirement, Role, RoleKind, RoleRef, Rule, Selector, Subject};
use serde::Deserialize;

use super::{assert_same, facts};
use crate::tell;

#[derive(Deserialize)]
pub(super) struct Policy {
    pub(super) items: Vec<Item>,
}

/// A role or a binding.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Item {
    #[serde(rename = "apiVersion")]
    _api_version: String,
    kind: String,
    pub(super) metadata: Metadata,
    pub(super) aggregation_rule: Option<AggregationRule>,
    #[serde(default)]
    rules: Vec<PolicyRule>,
    role_ref: Option<Reference>,
    #[serde(default)]
    subjects: Vec<Reference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Metadata {
    pub(super) name: String,
    pub(super) namespace: Option<String>,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) annotations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AggregationRule {
    cluster_role_selectors: Vec<LabelSelector>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LabelSelector {
    match_labels: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PolicyRule {
    verbs: Vec<String>,
    #[serde(default)]
    api_groups: Vec<String>,
    #[serde(default)]
    resources: Vec<String>,
    #[serde(default)]
    resource_names: Vec<String>,
    #[serde(default, rename = "nonResourceURLs")]
    non_resource_urls: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Reference {
    #[serde(rename = "apiGroup")]
    _api_group: Option<String>,
    kind: String,
    name: String,
    namespace: Option<String>,
}

impl Item {
    pub(super) fn is_role(&self) -> bool {
        let in_namespace = self.metadata.namespace.is_some();
        let (role, binding) =
            if in_namespace { ("Role", "RoleBinding") } else { ("ClusterRole", "ClusterRoleBinding") };
        assert!(self.kind == role || self.kind == binding, "{} {}", self.kind, self.metadata.name);
        self.kind == role
    }

    pub(super) fn role(&self) -> Role {
        let selector = |labels: &LabelSelector| Selector {
            requirements: labels.match_labels.iter().map(|(key, value)| Requirement::equals(key, value)).collect(),
        };
        let aggregation = self.aggregation_rule.as_ref();
        Role {
            namespace: self.metadata.namespace.as_deref().map(Into::into),
            name: self.metadata.name.as_str().into(),
            labels: self.metadata.labels.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            aggregation: aggregation.map(|rule| rule.cluster_role_selectors.iter().map(selector).collect()),
            rules: self.rules.iter().map(PolicyRule::rule).map(Arc::new).collect(),
        }
    }

    pub(super) fn binding(&self) -> Binding {
        let role = self.role_ref.as_ref().unwrap();
        Binding {
            namespace: self.metadata.namespace.as_deref().map(Into::into),
            name: self.metadata.name.as_str().into(),
            role: RoleRef { kind: RoleKind::from(&*role.kind), name: role.name.as_str().into() },
            subjects: self.subjects.iter().map(Reference::subject).collect(),
        }
    }
}

impl PolicyRule {
    fn rule(&self) -> Rule {
        Rule {
            verbs: self.verbs.clone(),
            api_groups: self.api_groups.clone(),
            resources: self.resources.clone(),
            resource_names: self.resource_names.clone(),
            non_resource_urls: self.non_resource_urls.clone(),
        }
    }
}

impl Reference {
    fn subject(&self) -> Subject {
        let name = self.name.as_str().into();
        match &*self.kind {
            "User" => Subject::User(name),
            "Group" => Subject::Group(name),
            "ServiceAccount" => Subject::ServiceAccount { namespace: self.namespace.as_deref().map(Into::into), name },
            kind => panic!("a default binding has a {kind}"),
        }
    }
}

pub(super) fn bootstrap(version: Version) -> Policy {
    facts("bootstrap-policy", version, "")
}

/// The roles in the order of the catalog.
pub(super) fn roles(policy: &Policy) -> Vec<Role> {
    let mut roles: Vec<_> = policy.items.iter().filter(|item| item.is_role()).map(Item::role).collect();
    roles.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
    roles
}

/// The bindings in the order of the catalog.
pub(super) fn bindings(policy: &Policy) -> Vec<Binding> {
    let mut bindings: Vec<_> = policy.items.iter().filter(|item| !item.is_role()).map(Item::binding).collect();
    bindings.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
    bindings
}

/// The rules of a role; those of others, in the order of their names, where it takes them in.
fn rules_of(role: &Role, roles: &[Role]) -> Vec<Arc<Rule>> {
    let Some(selectors) = &role.aggregation else { return role.rules.clone() };
    let mut rules = Vec::new();
    for selector in selectors {
        let taken_in = |other: &&Role| other.namespace.is_none() && selector.selects(&other.labels) && *other != role;
        for rule in roles.iter().filter(taken_in).flat_map(|other| rules_of(other, roles)) {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
    }
    rules
}

#[test]
fn the_default_roles_are_those_of_an_api_server() {
    for version in Version::with_facts() {
        let (mut known, told) = (DefaultPolicy::of(version).roles, roles(&bootstrap(version)));
        let aggregated: Vec<_> = known.iter().map(|role| rules_of(role, &known)).collect();
        for (role, rules) in known.iter_mut().zip(aggregated) {
            assert_eq!(role.aggregation.is_some(), role.rules.is_empty(), "{}", role.name);
            role.rules = rules;
            role.labels.sort();
        }
        assert_same(&known, &told);
        let rules: usize = told.iter().map(|role| role.rules.len()).sum();
        tell(&format!(
            "{} of {} default roles of Kubernetes {version}, with {rules} rules, agree",
            known.len(),
            told.len()
        ));
    }
}

#[test]
fn the_default_bindings_are_those_of_an_api_server() {
    for version in Version::with_facts() {
        let (known, told) = (DefaultPolicy::of(version).bindings, bindings(&bootstrap(version)));
        assert_same(&known, &told);
        tell(&format!("{} of {} default bindings of Kubernetes {version} agree", known.len(), told.len()));
    }
}
