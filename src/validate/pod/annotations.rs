//! Annotations that mean something for the pod (`ValidatePodSpecificAnnotations`), some of them older than the fields
//! that say the same.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{AppArmorProfile, PodSpec, SeccompProfile};

use super::super::errors::Errors;
use super::super::field::Field;
use super::containers;
use super::texts::{self, given};
use crate::rbac::quoted::quoted;

const MIRROR: &str = "kubernetes.io/config.mirror";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const SECCOMP_OF_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR_OF_CONTAINER: &str = "container.apparmor.security.beta.kubernetes.io/";
const UNCONFINED: &str = "unconfined";
const LOCALHOST: &str = "localhost/";

/// Annotations by their key.
pub(super) type Annotations = BTreeMap<String, String>;

/// `ValidatePodSpecificAnnotations`.
pub(super) fn of_pod(annotations: &Annotations, spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    if let Some(value) = annotations.get(MIRROR)
        && given(spec.node_name.as_ref()).is_empty()
    {
        errors.invalid(&field.key(MIRROR), value, "must set spec.nodeName if mirror pod annotation is set");
    }
    if let Some(cost) = annotations.get(DELETION_COST).filter(|cost| !is_deletion_cost(cost)) {
        errors.invalid(&field.key(DELETION_COST), cost, "must be a 32bit integer");
    }
    for (key, profile) in annotations {
        if key == SECCOMP_OF_POD || key.starts_with(SECCOMP_OF_CONTAINER) {
            seccomp(profile, &field.name(key), errors);
        } else if let Some(name) = key.strip_prefix(APP_ARMOR_OF_CONTAINER) {
            app_armor(profile, name, spec, &field.key(key), errors);
        }
    }
}

/// `GetDeletionCostFromPodAnnotations`.
fn is_deletion_cost(text: &str) -> bool {
    let begins_well = text == "0" || text.starts_with(|first| matches!(first, '-' | '1'..='9'));
    begins_well && text.parse::<i32>().is_ok()
}

/// `ValidateSeccompProfile`.
fn seccomp(profile: &str, field: &Field<'_>, errors: &mut Errors) {
    if let Some(path) = profile.strip_prefix(LOCALHOST) {
        texts::check(path, texts::descending_path, field, errors);
    } else if !["runtime/default", "docker/default", UNCONFINED].contains(&profile) {
        errors.invalid(field, profile, "must be a valid seccomp profile");
    }
}

/// `ValidateAppArmorPodAnnotations`.
fn app_armor(profile: &str, container: &str, spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let ephemeral = spec.ephemeral_containers.iter().flatten().map(|container| &container.name);
    let mut names = containers::every(spec).map(|(_, _, container)| &container.name).chain(ephemeral);
    if !names.any(|name| name == container) {
        errors.invalid(field, container, "container not found");
    }
    if !["", "runtime/default", UNCONFINED].contains(&profile) && !profile.starts_with(LOCALHOST) {
        errors.invalid(field, profile, format!("invalid AppArmor profile name: {}", quoted(profile)));
    }
}

/// Annotations and the fields that say the same have to match; the field is the spec of the pod.
pub(super) fn match_fields(annotations: &Annotations, spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let context = spec.security_context.as_ref();
    let of_pod = context.and_then(|context| context.seccomp_profile.as_ref()).map(Profile::from);
    if let (Some(annotation), Some(profile)) = (annotations.get(SECCOMP_OF_POD), of_pod) {
        let context = field.name("securityContext");
        profile.check("seccomp", annotation, &context.name("seccompProfile"), errors);
    }
    let is_windows = spec.os.as_ref().is_some_and(|os| os.name == "windows");
    let of_pod = context.and_then(|context| context.app_armor_profile.as_ref()).filter(|_| !is_windows);
    for (list, index, container) in containers::every(spec) {
        let field = field.name(list);
        let field = field.index(index);
        let at = field.name("securityContext");
        let context = container.security_context.as_ref();
        let seccomp = context.and_then(|context| context.seccomp_profile.as_ref()).map(Profile::from);
        let annotation = |prefix: &str| annotations.get(&format!("{prefix}{}", container.name));
        if let Some(profile) = seccomp
            && let Some(annotation) = annotation(SECCOMP_OF_CONTAINER)
        {
            profile.check("seccomp", annotation, &at.name("seccompProfile"), errors);
        }
        let app_armor = context.and_then(|context| context.app_armor_profile.as_ref()).filter(|_| !is_windows);
        if let Some(profile) = app_armor.or(of_pod).map(Profile::from)
            && let Some(annotation) = annotation(APP_ARMOR_OF_CONTAINER)
        {
            profile.check("apparmor", annotation, &at.name("appArmorProfile"), errors);
        }
    }
}

/// A profile of a field.
struct Profile<'p> {
    kind: &'p str,
    localhost: Option<&'p str>,
}

impl<'p> From<&'p SeccompProfile> for Profile<'p> {
    fn from(profile: &'p SeccompProfile) -> Self {
        Self { kind: &profile.type_, localhost: profile.localhost_profile.as_deref() }
    }
}

impl<'p> From<&'p AppArmorProfile> for Profile<'p> {
    fn from(profile: &'p AppArmorProfile) -> Self {
        Self { kind: &profile.type_, localhost: profile.localhost_profile.as_deref() }
    }
}

impl Profile<'_> {
    /// Says where an annotation means another profile.
    fn check(&self, what: &str, annotation: &str, field: &Field<'_>, errors: &mut Errors) {
        let path = annotation.strip_prefix(LOCALHOST);
        let is_default = annotation == "runtime/default" || (what == "seccomp" && annotation == "docker/default");
        let is_kind = match self.kind {
            "Unconfined" => annotation == UNCONFINED,
            "RuntimeDefault" => is_default,
            "Localhost" => path.is_some(),
            _ => return,
        };
        if !is_kind {
            errors.forbidden(&field.name("type"), format!("{what} type in annotation and field must match"));
        } else if self.kind == "Localhost" && path != self.localhost {
            let detail = format!("{what} profile in annotation and field must match");
            errors.forbidden(&field.name("localhostProfile"), detail);
        }
    }
}
