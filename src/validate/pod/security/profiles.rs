//! Profiles of seccomp and `AppArmor`.

use k8s_openapi::api::core::v1::{AppArmorProfile, SeccompProfile};
use serde::Serialize;

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::texts;

const TYPES: &[&str] = &["Localhost", "RuntimeDefault", "Unconfined"];
const LONGEST_APP_ARMOR_PROFILE: usize = 4095;

/// A profile as the API server prints it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Printed<'p> {
    r#type: &'p str,
    localhost_profile: Option<&'p str>,
}

impl<'p> From<&'p SeccompProfile> for Printed<'p> {
    fn from(profile: &'p SeccompProfile) -> Self {
        Self { r#type: &profile.type_, localhost_profile: profile.localhost_profile.as_deref() }
    }
}

impl<'p> From<&'p AppArmorProfile> for Printed<'p> {
    fn from(profile: &'p AppArmorProfile) -> Self {
        Self { r#type: &profile.type_, localhost_profile: profile.localhost_profile.as_deref() }
    }
}

/// `validateSeccompProfileField`.
pub(super) fn seccomp(profile: &SeccompProfile, field: &Field<'_>, errors: &mut Errors) {
    let kind = profile.type_.as_str();
    if kind.is_empty() {
        errors.required(&field.name("type"), "type is required when seccompProfile is set");
    } else if !TYPES.contains(&kind) {
        errors.not_supported(&field.name("type"), kind, TYPES);
    }
    let at = field.name("localhostProfile");
    match profile.localhost_profile.as_deref() {
        Some(path) if kind == "Localhost" => texts::check(path, texts::descending_path, &at, errors),
        Some(_) => {
            errors.invalid(&at, Printed::from(profile), "can only be set when seccomp type is Localhost");
        }
        None if kind == "Localhost" => {
            errors.required(&at, "must be set when seccomp type is Localhost");
        }
        None => {}
    }
}

/// `ValidateAppArmorProfileField`.
pub(super) fn app_armor(profile: &AppArmorProfile, field: &Field<'_>, errors: &mut Errors) {
    let at = field.name("localhostProfile");
    match (profile.type_.as_str(), profile.localhost_profile.as_deref()) {
        ("Localhost", None) => {
            errors.required(&at, "must be set when AppArmor type is Localhost");
        }
        ("Localhost", Some(name)) => {
            if name.trim() != name {
                errors.invalid(&at, name, "must not be padded with whitespace");
            } else if name.is_empty() {
                errors.required(&at, "must be set when AppArmor type is Localhost");
            }
            if name.len() > LONGEST_APP_ARMOR_PROFILE {
                errors.too_long(&at, LONGEST_APP_ARMOR_PROFILE);
            }
        }
        ("RuntimeDefault" | "Unconfined", Some(name)) => {
            errors.invalid(&at, name, "can only be set when AppArmor type is Localhost");
        }
        ("RuntimeDefault" | "Unconfined", None) => {}
        ("", _) => {
            errors.required(&field.name("type"), "type is required when appArmorProfile is set");
        }
        (kind, _) => {
            errors.not_supported(&field.name("type"), kind, TYPES);
        }
    }
}
