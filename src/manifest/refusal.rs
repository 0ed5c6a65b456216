//! RBAC objects that decode, and that the API server refuses all the same: they never come to be, and grant nothing.
//!
//! Only what decides whether there is such an object (kubernetes/pkg/apis/rbac/validation/validation.go).

use k8s_openapi::api::rbac::v1::{AggregationRule, PolicyRule, RoleRef, Subject};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::{Kind, Typed, Written};
use crate::rbac::{GROUP, names};
use crate::source::Span;

/// Why the API server refuses an object, by the first thing that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where it stands, or where it is missing.
    pub span: Span,
    /// What is wrong: the field, then the reason in the API server's words.
    pub message: String,
}

/// A field with what is wrong with it.
type Fault = (String, &'static str);

impl Refusal {
    /// Why the API server refuses an object; `None` where it takes it.
    pub(super) fn of(kind: Kind, typed: &Typed, written: Written<'_>) -> Option<Self> {
        let (field, reason) = fault(kind, typed)?;
        Some(Self { span: written.place(&field), message: format!("{field}: {reason}") })
    }
}

fn fault(kind: Kind, typed: &Typed) -> Option<Fault> {
    match typed {
        Typed::Role(it) => name(it.metadata.name.as_deref()).or_else(|| rules(it.rules.as_deref(), true)),
        Typed::ClusterRole(it) => name(it.metadata.name.as_deref())
            .or_else(|| rules(it.rules.as_deref(), false))
            .or_else(|| it.aggregation_rule.as_ref().and_then(aggregation)),
        Typed::RoleBinding(it) => {
            name(it.metadata.name.as_deref()).or_else(|| binding(kind, &it.role_ref, it.subjects.as_deref()))
        }
        Typed::ClusterRoleBinding(it) => {
            name(it.metadata.name.as_deref()).or_else(|| binding(kind, &it.role_ref, it.subjects.as_deref()))
        }
        _ => None,
    }
}

/// Names of RBAC objects are any segment of a path. One that is left out may be made up by the API server.
fn name(name: Option<&str>) -> Option<Fault> {
    let reason = names::no_path_segment(name?)?;
    Some(("metadata.name".to_owned(), reason))
}

fn rules(rules: Option<&[PolicyRule]>, is_namespaced: bool) -> Option<Fault> {
    let faults = rules.into_iter().flatten().enumerate();
    faults.into_iter().find_map(|(index, rule)| {
        let (field, reason) = rule_fault(rule, is_namespaced)?;
        Some((format!("rules[{index}].{field}"), reason))
    })
}

fn rule_fault(rule: &PolicyRule, is_namespaced: bool) -> Option<(&'static str, &'static str)> {
    let is_empty = |list: &Option<Vec<String>>| list.as_ref().is_none_or(Vec::is_empty);
    if rule.verbs.is_empty() {
        return Some(("verbs", "verbs must contain at least one value"));
    }
    let (groups, resources) = (is_empty(&rule.api_groups), is_empty(&rule.resources));
    if !is_empty(&rule.non_resource_urls) {
        if is_namespaced {
            return Some(("nonResourceURLs", "namespaced rules cannot apply to non-resource URLs"));
        }
        let is_mixed = !groups || !resources || !is_empty(&rule.resource_names);
        return is_mixed
            .then_some(("nonResourceURLs", "rules cannot apply to both regular resources and non-resource URLs"));
    }
    if groups {
        return Some(("apiGroups", "resource rules must supply at least one api group"));
    }
    resources.then_some(("resources", "resource rules must supply at least one resource"))
}

fn aggregation(rule: &AggregationRule) -> Option<Fault> {
    const SELECTORS: &str = "aggregationRule.clusterRoleSelectors";
    let selectors = rule.cluster_role_selectors.as_deref().unwrap_or_default();
    if selectors.is_empty() {
        let reason = "at least one clusterRoleSelector required if aggregationRule is non-nil";
        return Some((SELECTORS.to_owned(), reason));
    }
    selectors.iter().enumerate().find_map(|(at, selector)| {
        let (field, reason) = selector_fault(selector)?;
        Some((format!("{SELECTORS}[{at}].{field}"), reason))
    })
}

fn selector_fault(selector: &LabelSelector) -> Option<Fault> {
    let expressions = selector.match_expressions.iter().flatten().enumerate();
    expressions.into_iter().find_map(|(at, expression)| {
        let has_values = expression.values.as_ref().is_some_and(|values| !values.is_empty());
        let (field, reason) = match expression.operator.as_str() {
            "In" | "NotIn" if has_values => return None,
            "Exists" | "DoesNotExist" if !has_values => return None,
            "In" | "NotIn" => ("values", "must be specified when `operator` is 'In' or 'NotIn'"),
            "Exists" | "DoesNotExist" => {
                ("values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
            }
            _ => ("operator", "not a valid selector operator"),
        };
        Some((format!("matchExpressions[{at}].{field}"), reason))
    })
}

fn binding(kind: Kind, role: &RoleRef, subjects: Option<&[Subject]>) -> Option<Fault> {
    let is_namespaced = kind == Kind::RoleBinding;
    role_fault(role, is_namespaced).map(|(field, reason)| (format!("roleRef.{field}"), reason)).or_else(|| {
        subjects.into_iter().flatten().enumerate().find_map(|(at, subject)| {
            let (field, reason) = subject_fault(subject, is_namespaced)?;
            Some((format!("subjects[{at}].{field}"), reason))
        })
    })
}

fn role_fault(role: &RoleRef, is_namespaced: bool) -> Option<(&'static str, &'static str)> {
    if !matches!(role.api_group.as_deref(), None | Some("" | GROUP)) {
        return Some(("apiGroup", "supported values: \"rbac.authorization.k8s.io\""));
    }
    match (role.kind.as_str(), is_namespaced) {
        ("Role", true) | ("ClusterRole", _) => {}
        (_, true) => return Some(("kind", "supported values: \"Role\", \"ClusterRole\"")),
        (_, false) => return Some(("kind", "supported values: \"ClusterRole\"")),
    }
    if role.name.is_empty() {
        return Some(("name", "Required value"));
    }
    names::no_path_segment(&role.name).map(|reason| ("name", reason))
}

fn subject_fault(subject: &Subject, is_namespaced: bool) -> Option<(&'static str, &'static str)> {
    let group = subject.api_group.as_deref().unwrap_or_default();
    if subject.name.is_empty() {
        return Some(("name", "Required value"));
    }
    match subject.kind.as_str() {
        "ServiceAccount" if !names::is_subdomain(&subject.name) => Some((
            "name",
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'",
        )),
        "ServiceAccount" if !group.is_empty() => Some(("apiGroup", "supported values: \"\"")),
        "ServiceAccount" => {
            let has_namespace = subject.namespace.as_ref().is_some_and(|namespace| !namespace.is_empty());
            (!is_namespaced && !has_namespace).then_some(("namespace", "Required value"))
        }
        "User" | "Group" => {
            let is_of_group = group.is_empty() || group == GROUP;
            (!is_of_group).then_some(("apiGroup", "supported values: \"rbac.authorization.k8s.io\""))
        }
        _ => Some(("kind", "supported values: \"ServiceAccount\", \"User\", \"Group\"")),
    }
}
