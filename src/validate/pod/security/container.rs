//! Security contexts of containers (`ValidateSecurityContext`).

use k8s_openapi::api::core::v1::{Capabilities, SELinuxOptions, SecurityContext, WindowsSecurityContextOptions};
use serde::Serialize;

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::features;
use super::super::texts::{self, given};
use super::pod::MOST_ID;
use super::{profiles, windows};

/// `ValidateSecurityContext`. That the cluster allows privileged containers is taken for granted.
pub(in super::super) fn context(
    context: &SecurityContext,
    has_host_users: bool,
    field: &Field<'_>,
    errors: &mut Errors,
) {
    for (name, id) in [("runAsUser", context.run_as_user), ("runAsGroup", context.run_as_group)] {
        texts::check_range(id.unwrap_or(0), 0, MOST_ID, &field.name(name), errors);
    }
    if let Some(kind) = &context.proc_mount
        && errors.version().at_least(features::PROC_MOUNT)
    {
        proc_mount(kind, has_host_users, &field.name("procMount"), errors);
    }
    if let Some(profile) = &context.seccomp_profile {
        profiles::seccomp(profile, &field.name("seccompProfile"), errors);
    }
    if context.allow_privilege_escalation == Some(false) {
        no_escalation(context, field, errors);
    }
    if let Some(options) = &context.windows_options {
        windows::options(options, &field.name("windowsOptions"), errors);
    }
    if let Some(profile) = &context.app_armor_profile {
        profiles::app_armor(profile, &field.name("appArmorProfile"), errors);
    }
}

fn proc_mount(kind: &str, has_host_users: bool, field: &Field<'_>, errors: &mut Errors) {
    if !["Default", "Unmasked"].contains(&kind) {
        errors.not_supported(field, kind, &["Default", "Unmasked"]);
    }
    if has_host_users && kind == "Unmasked" {
        errors.invalid(field, kind, "`hostUsers` must be false to use `Unmasked`");
    }
}

/// Who may not get more rights cannot have them already.
fn no_escalation(context: &SecurityContext, field: &Field<'_>, errors: &mut Errors) {
    if context.privileged == Some(true) {
        let detail = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
        errors.invalid(field, Printed::from(context), detail).stems_from(field.name("privileged").path());
    }
    let added = context.capabilities.iter().flat_map(|capabilities| capabilities.add.iter().flatten());
    let at = field.name("capabilities");
    let at = at.name("add");
    for (index, _) in added.enumerate().filter(|(_, capability)| *capability == "CAP_SYS_ADMIN") {
        let detail = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
        errors.invalid(field, Printed::from(context), detail).stems_from(at.index(index).path());
    }
}

/// A security context as the API server prints it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Printed<'c> {
    capabilities: Option<PrintedCapabilities<'c>>,
    privileged: Option<bool>,
    #[serde(rename = "SELinuxOptions")]
    se_linux_options: Option<PrintedSeLinux<'c>>,
    windows_options: Option<PrintedWindows<'c>>,
    run_as_user: Option<i64>,
    run_as_group: Option<i64>,
    run_as_non_root: Option<bool>,
    read_only_root_filesystem: Option<bool>,
    allow_privilege_escalation: Option<bool>,
    proc_mount: Option<&'c str>,
    seccomp_profile: Option<profiles::Printed<'c>>,
    app_armor_profile: Option<profiles::Printed<'c>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PrintedCapabilities<'c> {
    add: Option<&'c [String]>,
    drop: Option<&'c [String]>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PrintedSeLinux<'c> {
    user: &'c str,
    role: &'c str,
    r#type: &'c str,
    level: &'c str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PrintedWindows<'c> {
    #[serde(rename = "GMSACredentialSpecName")]
    gmsa_credential_spec_name: Option<&'c str>,
    #[serde(rename = "GMSACredentialSpec")]
    gmsa_credential_spec: Option<&'c str>,
    run_as_user_name: Option<&'c str>,
    host_process: Option<bool>,
}

impl<'c> From<&'c SecurityContext> for Printed<'c> {
    fn from(context: &'c SecurityContext) -> Self {
        let capabilities =
            |it: &'c Capabilities| PrintedCapabilities { add: it.add.as_deref(), drop: it.drop.as_deref() };
        let se_linux = |it: &'c SELinuxOptions| PrintedSeLinux {
            user: given(it.user.as_ref()),
            role: given(it.role.as_ref()),
            r#type: given(it.type_.as_ref()),
            level: given(it.level.as_ref()),
        };
        let windows = |it: &'c WindowsSecurityContextOptions| PrintedWindows {
            gmsa_credential_spec_name: it.gmsa_credential_spec_name.as_deref(),
            gmsa_credential_spec: it.gmsa_credential_spec.as_deref(),
            run_as_user_name: it.run_as_user_name.as_deref(),
            host_process: it.host_process,
        };
        Self {
            capabilities: context.capabilities.as_ref().map(capabilities),
            privileged: context.privileged,
            se_linux_options: context.se_linux_options.as_ref().map(se_linux),
            windows_options: context.windows_options.as_ref().map(windows),
            run_as_user: context.run_as_user,
            run_as_group: context.run_as_group,
            run_as_non_root: context.run_as_non_root,
            read_only_root_filesystem: context.read_only_root_filesystem,
            allow_privilege_escalation: context.allow_privilege_escalation,
            proc_mount: context.proc_mount.as_deref(),
            seccomp_profile: context.seccomp_profile.as_ref().map(profiles::Printed::from),
            app_armor_profile: context.app_armor_profile.as_ref().map(profiles::Printed::from),
        }
    }
}
