//! Resources that Kubernetes once had, and that rules still name.

/// A resource that Kubernetes once had.
pub(super) struct Removed {
    group: &'static str,
    plural: &'static str,
    /// The version that does not have it any more, by the number behind `1.`.
    pub(super) since: u16,
    /// What is there instead.
    pub(super) instead: &'static str,
}

const fn removed(group: &'static str, plural: &'static str, since: u16, instead: &'static str) -> Removed {
    Removed { group, plural, since, instead }
}

/// The resources whose group is still there; `extensions` is, for RBAC.
static REMOVED: [Removed; 6] = [
    removed("policy", "podsecuritypolicies", 25, "Pod Security admission, by labels of namespaces, is there instead"),
    removed(
        "extensions",
        "podsecuritypolicies",
        16,
        "Pod Security admission, by labels of namespaces, is there instead",
    ),
    removed(
        "extensions",
        "thirdpartyresources",
        8,
        "`customresourcedefinitions` of `apiextensions.k8s.io` are there instead",
    ),
    removed("extensions", "jobs", 12, "`jobs` of `batch` are there instead"),
    removed("resource.k8s.io", "podschedulingcontexts", 32, "nothing has to be granted instead"),
    removed("resource.k8s.io", "resourceclasses", 31, "`deviceclasses` are there instead"),
];

/// The resource of one of these groups that was once there.
pub(super) fn resource(groups: &[&str], plural: &str) -> Option<&'static Removed> {
    REMOVED.iter().find(|removed| removed.plural == plural && groups.contains(&removed.group))
}
