//! Security contexts of pods (`validatePodSpecSecurityContext`), and what else a pod shares with its node.

use k8s_openapi::api::core::v1::{PodSecurityContext, PodSpec};

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::texts;
use super::super::{containers, features};
use super::{profiles, sysctls, windows};

/// The greatest number of a user or group.
pub(super) const MOST_ID: i64 = i32::MAX as i64;

/// `validatePodSpecSecurityContext`; the field is the spec of the pod.
pub(in super::super) fn context(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let nothing = PodSecurityContext::default();
    let context = spec.security_context.as_ref().unwrap_or(&nothing);
    let written = field.name("securityContext");
    ids(context, &written, errors);
    if spec.share_process_namespace == Some(true) && spec.host_pid == Some(true) {
        let detail = "ShareProcessNamespace and HostPID cannot both be enabled";
        let made_up = field.name("securityContext").unwritten();
        errors.invalid(&made_up.name("shareProcessNamespace"), true, detail);
    }
    let field = written;
    sysctls::sysctls(context.sysctls.as_deref().unwrap_or_default(), spec, &field.name("sysctls"), errors);
    let policy = context.fs_group_change_policy.as_deref();
    check_policy(policy, &["Always", "OnRootMismatch"], 0, &field.name("fsGroupChangePolicy"), errors);
    if let Some(profile) = &context.seccomp_profile {
        profiles::seccomp(profile, &field.name("seccompProfile"), errors);
    }
    if let Some(options) = &context.windows_options {
        windows::options(options, &field.name("windowsOptions"), errors);
    }
    if let Some(profile) = &context.app_armor_profile {
        profiles::app_armor(profile, &field.name("appArmorProfile"), errors);
    }
    let policy = context.supplemental_groups_policy.as_deref();
    let since = features::SUPPLEMENTAL_GROUPS_POLICY;
    check_policy(policy, &["Merge", "Strict"], since, &field.name("supplementalGroupsPolicy"), errors);
    let knows_mounts = errors.version().at_least(features::SELINUX_MOUNT);
    let supported: &[&str] = if knows_mounts { &["MountOption", "Recursive"] } else { &["Recursive"] };
    let policy = context.se_linux_change_policy.as_deref();
    check_policy(policy, supported, features::SELINUX_CHANGE_POLICY, &field.name("seLinuxChangePolicy"), errors);
}

fn ids(context: &PodSecurityContext, field: &Field<'_>, errors: &mut Errors) {
    for (name, id) in
        [("fsGroup", context.fs_group), ("runAsUser", context.run_as_user), ("runAsGroup", context.run_as_group)]
    {
        texts::check_range(id.unwrap_or(0), 0, MOST_ID, &field.name(name), errors);
    }
    let field = field.name("supplementalGroups");
    for (index, &id) in context.supplemental_groups.iter().flatten().enumerate() {
        texts::check_range(id, 0, MOST_ID, &field.index(index), errors);
    }
}

/// Says that a policy is none of a few, since the version that knows the field.
fn check_policy(policy: Option<&str>, supported: &[&str], since: u16, field: &Field<'_>, errors: &mut Errors) {
    let policy = policy.filter(|_| errors.version().at_least(since));
    if let Some(policy) = policy.filter(|policy| !supported.contains(policy)) {
        errors.not_supported(field, policy, supported);
    }
}

/// `validateHostUsers`: users of its own do not go with other things of the node. The field is the spec of the pod.
pub(in super::super) fn host_users(spec: &PodSpec, field: &Field<'_>, errors: &mut Errors) {
    let version = errors.version();
    if spec.host_users != Some(false) || !version.at_least(features::USER_NAMESPACES) {
        return;
    }
    let knows_devices = version.at_least(features::NO_DEVICES_WITH_USER_NAMESPACES);
    let detail = if knows_devices { "when `hostUsers` is false" } else { "when `pod.Spec.HostUsers` is false" };
    if spec.host_network == Some(true) {
        errors.forbidden(&field.name("hostNetwork"), detail);
    }
    for (written, said, is_shared) in [("hostPID", "HostPID", spec.host_pid), ("hostIPC", "HostIPC", spec.host_ipc)] {
        if is_shared == Some(true) {
            errors.forbidden(&field.name(written).unsaid().name(said).unwritten(), detail);
        }
    }
    for (list, index, container) in containers::every(spec).filter(|_| knows_devices) {
        if container.volume_devices.as_ref().is_some_and(|devices| !devices.is_empty()) {
            errors.forbidden(&field.name(list).index(index).name("volumeDevices"), detail);
        }
    }
}
