//! Since which version, `1.` and a number, an API server looks at what it left out of pods before, or drops them no more
//! (`kube_features.go`). All that is on by default in every version is not listed, nor what is still off.

/// `PodLifecycleSleepAction`: hooks that sleep.
pub(super) const SLEEP_HOOKS: u16 = 30;
/// `MatchLabelKeysInPodAffinity`.
pub(super) const LABEL_KEYS_IN_AFFINITY: u16 = 31;
/// `RecursiveReadOnlyMounts`.
pub(super) const RECURSIVE_READ_ONLY_MOUNTS: u16 = 31;
/// `ImageVolume` as a field; volumes of this type are dropped until [`IMAGE_VOLUMES`].
pub(super) const IMAGE_VOLUMES_ARE_KNOWN: u16 = 31;
/// `RelaxedEnvironmentVariableValidation`.
pub(super) const RELAXED_ENVIRONMENT_NAMES: u16 = 32;
/// `RelaxedDNSSearchValidation`.
pub(super) const RELAXED_DNS_SEARCHES: u16 = 33;
/// `PodLifecycleSleepActionAllowZero`.
pub(super) const SLEEP_HOOKS_OF_NO_TIME: u16 = 33;
/// `InPlacePodVerticalScaling`.
pub(super) const RESIZE: u16 = 33;
/// `UserNamespacesSupport`.
pub(super) const USER_NAMESPACES: u16 = 33;
/// `ProcMountType`.
pub(super) const PROC_MOUNT: u16 = 33;
/// `SELinuxChangePolicy`.
pub(super) const SELINUX_CHANGE_POLICY: u16 = 33;
/// `SupplementalGroupsPolicy`.
pub(super) const SUPPLEMENTAL_GROUPS_POLICY: u16 = 33;
/// `DynamicResourceAllocation`.
pub(super) const RESOURCE_CLAIMS: u16 = 34;
/// `PodLevelResources`.
pub(super) const POD_RESOURCES: u16 = 34;
/// `VolumeAttributesClass`.
pub(super) const VOLUME_ATTRIBUTES_CLASSES: u16 = 34;
/// `MatchLabelKeysInPodTopologySpreadSelectorMerge`.
pub(super) const LABEL_KEYS_IN_SPREAD_ARE_MERGED: u16 = 34;
/// Label values of required node affinity are checked.
pub(super) const NODE_AFFINITY_VALUES: u16 = 34;
/// `ContainerRestartRules`.
pub(super) const CONTAINER_RESTART_RULES: u16 = 35;
/// `EnvFiles`.
pub(super) const ENVIRONMENT_FILES: u16 = 35;
/// `HostnameOverride`.
pub(super) const HOSTNAME_OVERRIDE: u16 = 35;
/// `ImageVolume`.
pub(super) const IMAGE_VOLUMES: u16 = 35;
/// Block devices do not go with user namespaces.
pub(super) const NO_DEVICES_WITH_USER_NAMESPACES: u16 = 35;
/// Operators of tolerations that compare numbers are known by name, though not allowed.
pub(super) const COMPARING_TOLERATIONS_ARE_KNOWN: u16 = 35;
/// `RestartAllContainersOnContainerExits`.
pub(super) const RESTART_ALL_CONTAINERS: u16 = 36;
/// `InPlacePodVerticalScalingInitContainers`.
pub(super) const RESIZE_OF_INIT_CONTAINERS: u16 = 36;
/// `StrictIPCIDRValidation`.
pub(super) const STRICT_ADDRESSES: u16 = 36;
/// `SELinuxMount`.
pub(super) const SELINUX_MOUNT: u16 = 37;
