//! Roles and bindings (pkg/apis/rbac/validation/validation.go of Kubernetes).

use k8s_openapi::api::rbac::v1::{
    AggregationRule, ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject,
};

use super::errors::Errors;
use super::field::Field;
use super::selector::{self, is_selector};
use super::{Error, Validate, metadata, names};
use crate::catalog::Version;
use crate::rbac::GROUP;

impl Validate for Role {
    fn validate(&self, version: Version) -> Vec<Error> {
        let mut errors = Errors::new(version);
        metadata::object_meta(&self.metadata, metadata::PATH_SEGMENT, true, &mut errors);
        rules(self.rules.as_deref(), true, &mut errors);
        errors.into_errors()
    }
}

impl Validate for ClusterRole {
    fn validate(&self, version: Version) -> Vec<Error> {
        let mut errors = Errors::new(version);
        metadata::object_meta(&self.metadata, metadata::PATH_SEGMENT, false, &mut errors);
        rules(self.rules.as_deref(), false, &mut errors);
        if let Some(rule) = &self.aggregation_rule {
            aggregation(rule, &mut errors);
        }
        errors.into_errors()
    }
}

impl Validate for RoleBinding {
    fn validate(&self, version: Version) -> Vec<Error> {
        let mut errors = Errors::new(version);
        metadata::object_meta(&self.metadata, metadata::PATH_SEGMENT, true, &mut errors);
        role_ref(&self.role_ref, &["Role", "ClusterRole"], &mut errors);
        subjects(self.subjects.as_deref(), true, &mut errors);
        errors.into_errors()
    }
}

impl Validate for ClusterRoleBinding {
    fn validate(&self, version: Version) -> Vec<Error> {
        let mut errors = Errors::new(version);
        metadata::object_meta(&self.metadata, metadata::PATH_SEGMENT, false, &mut errors);
        role_ref(&self.role_ref, &["ClusterRole"], &mut errors);
        subjects(self.subjects.as_deref(), false, &mut errors);
        errors.into_errors()
    }
}

fn rules(rules: Option<&[PolicyRule]>, is_namespaced: bool, errors: &mut Errors) {
    let field = Field::of_object("rules");
    for (index, one) in rules.into_iter().flatten().enumerate() {
        rule(one, is_namespaced, &field.index(index), errors);
    }
}

/// `ValidatePolicyRule`.
fn rule(rule: &PolicyRule, is_namespaced: bool, field: &Field<'_>, errors: &mut Errors) {
    let is_empty = |list: &Option<Vec<String>>| list.as_ref().is_none_or(Vec::is_empty);
    if rule.verbs.is_empty() {
        errors.required(&field.name("verbs"), "verbs must contain at least one value");
    }
    if let Some(urls) = rule.non_resource_urls.as_ref().filter(|urls| !urls.is_empty()) {
        if is_namespaced {
            let detail = "namespaced rules cannot apply to non-resource URLs";
            errors.invalid(&field.name("nonResourceURLs"), urls, detail);
        }
        if [&rule.api_groups, &rule.resources, &rule.resource_names].into_iter().any(|list| !is_empty(list)) {
            let detail = "rules cannot apply to both regular resources and non-resource URLs";
            errors.invalid(&field.name("nonResourceURLs"), urls, detail);
        }
        return;
    }
    if is_empty(&rule.api_groups) {
        errors.required(&field.name("apiGroups"), "resource rules must supply at least one api group");
    }
    if is_empty(&rule.resources) {
        errors.required(&field.name("resources"), "resource rules must supply at least one resource");
    }
}

fn aggregation(rule: &AggregationRule, errors: &mut Errors) {
    let field = Field::of_object("aggregationRule");
    let field = field.name("clusterRoleSelectors");
    let selectors = rule.cluster_role_selectors.as_deref().unwrap_or_default();
    if selectors.is_empty() {
        errors.required(&field, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    }
    for (index, selector) in selectors.iter().enumerate() {
        let field = field.index(index);
        selector::label_selector(selector, &field, errors);
        if !is_selector(selector) {
            errors.invalid(&field, (), "invalid label selector.");
        }
    }
}

fn role_ref(role: &RoleRef, kinds: &[&str], errors: &mut Errors) {
    let field = Field::of_object("roleRef");
    // A group that is left out is filled in.
    if let Some(group) = role.api_group.as_deref().filter(|group| !matches!(*group, "" | GROUP)) {
        errors.not_supported(&field.name("apiGroup"), group, &[GROUP]);
    }
    if !kinds.contains(&role.kind.as_str()) {
        errors.not_supported(&field.name("kind"), &role.kind, kinds);
    }
    if role.name.is_empty() {
        errors.required(&field.name("name"), "");
    }
    for complaint in names::path_segment(&role.name) {
        errors.invalid(&field.name("name"), &role.name, complaint);
    }
}

fn subjects(subjects: Option<&[Subject]>, is_namespaced: bool, errors: &mut Errors) {
    let field = Field::of_object("subjects");
    for (index, one) in subjects.into_iter().flatten().enumerate() {
        subject(one, is_namespaced, &field.index(index), errors);
    }
}

fn subject(subject: &Subject, is_namespaced: bool, field: &Field<'_>, errors: &mut Errors) {
    let (group, namespace) =
        (subject.api_group.as_deref().unwrap_or_default(), subject.namespace.as_deref().unwrap_or_default());
    if subject.name.is_empty() {
        errors.required(&field.name("name"), "");
    }
    match subject.kind.as_str() {
        "ServiceAccount" => {
            if !subject.name.is_empty() {
                for complaint in names::dns_subdomain(&subject.name) {
                    errors.invalid(&field.name("name"), &subject.name, complaint);
                }
            }
            if !group.is_empty() {
                errors.not_supported(&field.name("apiGroup"), group, &[""]);
            }
            if !is_namespaced && namespace.is_empty() {
                errors.required(&field.name("namespace"), "");
            }
        }
        "User" | "Group" => {
            if !matches!(group, "" | GROUP) {
                errors.not_supported(&field.name("apiGroup"), group, &[GROUP]);
            }
        }
        kind => {
            errors.not_supported(&field.name("kind"), kind, &["ServiceAccount", "User", "Group"]);
        }
    }
}
