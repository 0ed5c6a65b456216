//! What may not be set for the operating system that a pod names.

use k8s_openapi::api::core::v1::{PodSecurityContext, PodSpec, SecurityContext};

use super::super::errors::Errors;
use super::super::field::Field;
use super::{containers, features};

const NOT_FOR_WINDOWS: &str = "cannot be set for a windows pod";
const NOT_FOR_LINUX: &str = "windows options cannot be set for a linux pod";

/// `validateOS`, `validateLinux` and `validateWindows`; the field is the spec of the pod.
pub(super) fn os(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let Some(os) = &spec.os else { return };
    let at = field.name("os");
    match os.name.as_str() {
        "" => {
            errors.required(&at.name("name"), "");
        }
        "linux" => linux(spec, field, errors),
        "windows" => windows(spec, field, errors),
        name => {
            errors.not_supported(&at.name("name").unsaid(), name, &["linux", "windows"]);
        }
    }
}

fn linux(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    if spec.security_context.as_ref().is_some_and(|context| context.windows_options.is_some()) {
        errors.forbidden(&field.name("securityContext").name("windowsOptions"), NOT_FOR_LINUX);
    }
    for (list, index, container) in containers::every(spec) {
        if container.security_context.as_ref().is_some_and(|context| context.windows_options.is_some()) {
            let container = field.name(list);
            let container = container.index(index);
            errors.forbidden(&container.name("securityContext").name("windowsOptions"), NOT_FOR_LINUX);
        }
    }
}

fn windows(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let has_user_namespaces = errors.version().at_least(features::USER_NAMESPACES);
    let fields = [
        ("hostUsers", spec.host_users.is_some() && has_user_namespaces),
        ("hostPID", spec.host_pid == Some(true)),
        ("hostIPC", spec.host_ipc == Some(true)),
        ("shareProcessNamespace", spec.share_process_namespace.is_some()),
    ];
    not_for_windows(&fields, field, errors);
    if let Some(context) = &spec.security_context {
        not_for_windows(&fields_of_pod(context, errors), &field.name("securityContext"), errors);
    }
    for (list, index, container) in containers::every(spec) {
        if let Some(context) = &container.security_context {
            let field = field.name(list);
            let field = field.index(index);
            not_for_windows(&fields_of_container(context), &field.name("securityContext"), errors);
        }
    }
}

/// Says of each field that is set that it may not be.
fn not_for_windows(fields: &[(&str, bool)], field: &Field<'_>, errors: &mut Errors) {
    for (name, _) in fields.iter().filter(|(_, is_set)| *is_set) {
        errors.forbidden(&field.name(name), NOT_FOR_WINDOWS);
    }
}

fn fields_of_pod(context: &PodSecurityContext, errors: &Errors) -> [(&'static str, bool); 11] {
    let version = errors.version();
    let has_groups_policy = version.at_least(features::SUPPLEMENTAL_GROUPS_POLICY);
    let has_change_policy = version.at_least(features::SELINUX_CHANGE_POLICY);
    [
        ("appArmorProfile", context.app_armor_profile.is_some()),
        ("seLinuxOptions", context.se_linux_options.is_some()),
        ("seccompProfile", context.seccomp_profile.is_some()),
        ("fsGroup", context.fs_group.is_some()),
        ("fsGroupChangePolicy", context.fs_group_change_policy.is_some()),
        ("sysctls", context.sysctls.as_ref().is_some_and(|sysctls| !sysctls.is_empty())),
        ("runAsUser", context.run_as_user.is_some()),
        ("runAsGroup", context.run_as_group.is_some()),
        ("supplementalGroups", context.supplemental_groups.is_some()),
        ("supplementalGroupsPolicy", context.supplemental_groups_policy.is_some() && has_groups_policy),
        ("seLinuxChangePolicy", context.se_linux_change_policy.is_some() && has_change_policy),
    ]
}

fn fields_of_container(context: &SecurityContext) -> [(&'static str, bool); 10] {
    [
        ("appArmorProfile", context.app_armor_profile.is_some()),
        ("seLinuxOptions", context.se_linux_options.is_some()),
        ("seccompProfile", context.seccomp_profile.is_some()),
        ("capabilities", context.capabilities.is_some()),
        ("readOnlyRootFilesystem", context.read_only_root_filesystem.is_some()),
        ("privileged", context.privileged.is_some()),
        ("allowPrivilegeEscalation", context.allow_privilege_escalation.is_some()),
        ("procMount", context.proc_mount.is_some()),
        ("runAsUser", context.run_as_user.is_some()),
        ("runAsGroup", context.run_as_group.is_some()),
    ]
}
