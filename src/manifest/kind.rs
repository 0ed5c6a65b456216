//! The kinds of objects that are analysed.

/// A kind of object that is analysed. Everything else is only counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `v1` ServiceAccount.
    ServiceAccount,
    /// `rbac.authorization.k8s.io/v1` Role.
    Role,
    /// `rbac.authorization.k8s.io/v1` ClusterRole.
    ClusterRole,
    /// `rbac.authorization.k8s.io/v1` RoleBinding.
    RoleBinding,
    /// `rbac.authorization.k8s.io/v1` ClusterRoleBinding.
    ClusterRoleBinding,
    /// `v1` Pod.
    Pod,
    /// `apps/v1` Deployment.
    Deployment,
    /// `apps/v1` StatefulSet.
    StatefulSet,
    /// `apps/v1` DaemonSet.
    DaemonSet,
    /// `apps/v1` ReplicaSet.
    ReplicaSet,
    /// `v1` ReplicationController.
    ReplicationController,
    /// `batch/v1` Job.
    Job,
    /// `batch/v1` CronJob.
    CronJob,
    /// `v1` Namespace.
    Namespace,
    /// `apiextensions.k8s.io/v1` CustomResourceDefinition.
    CustomResourceDefinition,
    /// `apiregistration.k8s.io/v1` APIService.
    ApiService,
}

const RBAC: &str = "rbac.authorization.k8s.io/v1";

impl Kind {
    /// All of them, in the order in which they are declared.
    pub const ALL: [Self; 16] = [
        Self::ServiceAccount,
        Self::Role,
        Self::ClusterRole,
        Self::RoleBinding,
        Self::ClusterRoleBinding,
        Self::Pod,
        Self::Deployment,
        Self::StatefulSet,
        Self::DaemonSet,
        Self::ReplicaSet,
        Self::ReplicationController,
        Self::Job,
        Self::CronJob,
        Self::Namespace,
        Self::CustomResourceDefinition,
        Self::ApiService,
    ];

    /// The kind that an object's `apiVersion` and `kind` name, where it is one that is analysed.
    pub fn find(api_version: &str, kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == kind && known.api_version() == api_version)
    }

    /// The kind that a word looks like: the same but for upper and lower case, a plural, or a slip of the pen.
    pub fn nearest(word: &str) -> Option<Self> {
        let near = |known: Self| Some((known.slips(word)?, known));
        Self::ALL.into_iter().filter_map(near).min().map(|(_, known)| known)
    }

    /// How many slips of the pen lead from this kind's name to a word; `None` where they are too many.
    fn slips(self, word: &str) -> Option<usize> {
        let name = self.name();
        if name.eq_ignore_ascii_case(word.strip_suffix('s').unwrap_or(word)) || name.eq_ignore_ascii_case(word) {
            return Some(0);
        }
        // Two slips in a short name make another name: `Node` is no misspelt `Role`. Hardly anybody gets the first
        // letter wrong, so that most words need no second look.
        let most = name.len() / 6;
        let first = |text: &str| text.bytes().next().map(|byte| byte.to_ascii_lowercase());
        if name.len().abs_diff(word.len()) > most || first(name) != first(word) {
            return None;
        }
        let slips = strsim::osa_distance(&name.to_ascii_lowercase(), &word.to_ascii_lowercase());
        (slips <= most).then_some(slips)
    }

    /// Whether a document whose `kind` is this word may matter: it names a kind that is analysed or a list, or looks
    /// as if it was meant to.
    pub fn may_matter(word: &str) -> bool {
        word.ends_with("List") || Self::nearest(word).is_some()
    }

    /// The kind that a type was meant to be which does not exist: a misspelt kind of an API version that is known, or a
    /// kind of a misspelt API version or one that its group does not have. `None` where the type may well exist.
    pub fn meant_by(api_version: &str, kind: &str) -> Option<Self> {
        let nearest = Self::nearest(kind)?;
        if Self::ALL.into_iter().any(|known| known.api_version() == api_version) {
            return Some(nearest);
        }
        // Only groups of Kubernetes itself have no dot, as `extensions` was one, or one name before `k8s.io`.
        let of_kubernetes = !group(api_version).is_some_and(|group| {
            let name = group.strip_suffix(".k8s.io").unwrap_or(group);
            name.contains('.')
        });
        let same_group = group(api_version) == group(nearest.api_version());
        let misspelt = strsim::osa_distance(api_version, nearest.api_version()) <= 2;
        (nearest.name() == kind && (of_kubernetes || same_group || misspelt)).then_some(nearest)
    }

    /// The version of Kubernetes that has removed this kind from an API version which once had it, by the number behind
    /// `1.`; `None` where the API version never had it.
    pub fn removed_from(self, api_version: &str) -> Option<u16> {
        match (api_version, self) {
            ("extensions/v1beta1", Self::Deployment | Self::DaemonSet | Self::ReplicaSet)
            | ("apps/v1beta1", Self::Deployment | Self::StatefulSet)
            | ("apps/v1beta2", Self::Deployment | Self::StatefulSet | Self::DaemonSet | Self::ReplicaSet) => Some(16),
            ("batch/v2alpha1", Self::CronJob) => Some(21),
            ("rbac.authorization.k8s.io/v1beta1", _) if self.api_version() == RBAC => Some(22),
            ("apiextensions.k8s.io/v1beta1", Self::CustomResourceDefinition)
            | ("apiregistration.k8s.io/v1beta1", Self::ApiService) => Some(22),
            ("rbac.authorization.k8s.io/v1alpha1", _) if self.api_version() == RBAC => Some(23),
            ("batch/v1beta1", Self::CronJob) => Some(25),
            _ => None,
        }
    }

    /// Whether a text is the name of a kind that is analysed, or the API version of one.
    pub fn is_half_of_a_type(text: &str) -> bool {
        Self::ALL.into_iter().any(|known| known.name() == text || known.api_version() == text)
    }

    /// Whether an object of this kind is nothing without a `spec`.
    pub fn needs_spec(self) -> bool {
        !matches!(
            self,
            Self::ServiceAccount
                | Self::Role
                | Self::ClusterRole
                | Self::RoleBinding
                | Self::ClusterRoleBinding
                | Self::Namespace
        )
    }

    /// What stands in `kind`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ServiceAccount => "ServiceAccount",
            Self::Role => "Role",
            Self::ClusterRole => "ClusterRole",
            Self::RoleBinding => "RoleBinding",
            Self::ClusterRoleBinding => "ClusterRoleBinding",
            Self::Pod => "Pod",
            Self::Deployment => "Deployment",
            Self::StatefulSet => "StatefulSet",
            Self::DaemonSet => "DaemonSet",
            Self::ReplicaSet => "ReplicaSet",
            Self::ReplicationController => "ReplicationController",
            Self::Job => "Job",
            Self::CronJob => "CronJob",
            Self::Namespace => "Namespace",
            Self::CustomResourceDefinition => "CustomResourceDefinition",
            Self::ApiService => "APIService",
        }
    }

    /// What stands in `apiVersion`.
    pub fn api_version(self) -> &'static str {
        match self {
            Self::ServiceAccount | Self::Pod | Self::ReplicationController | Self::Namespace => "v1",
            Self::Role | Self::ClusterRole | Self::RoleBinding | Self::ClusterRoleBinding => RBAC,
            Self::Deployment | Self::StatefulSet | Self::DaemonSet | Self::ReplicaSet => "apps/v1",
            Self::Job | Self::CronJob => "batch/v1",
            Self::CustomResourceDefinition => "apiextensions.k8s.io/v1",
            Self::ApiService => "apiregistration.k8s.io/v1",
        }
    }

    /// Whether objects of this kind say who may do what.
    pub fn is_of_rbac(self) -> bool {
        matches!(self, Self::Role | Self::ClusterRole | Self::RoleBinding | Self::ClusterRoleBinding)
    }

    /// Whether only a part of such an object is decoded, and not all of its fields are known.
    pub(super) fn is_read_in_part(self) -> bool {
        matches!(self, Self::CustomResourceDefinition | Self::ApiService)
    }

    /// Whether objects of this kind live in a namespace.
    pub fn is_namespaced(self) -> bool {
        !matches!(
            self,
            Self::ClusterRole
                | Self::ClusterRoleBinding
                | Self::Namespace
                | Self::CustomResourceDefinition
                | Self::ApiService
        )
    }
}

/// The group of an API version; `None` for the core group and for what is no API version.
fn group(api_version: &str) -> Option<&str> {
    api_version.split_once('/').map(|(group, _)| group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_api_version_and_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::find(kind.api_version(), kind.name()), Some(kind));
        }
        assert_eq!(Kind::find("batch/v1beta1", "CronJob"), None);
        assert_eq!(Kind::find("batch/v1", "Cronjob"), None);
    }

    #[test]
    fn types_that_do_not_exist_are_told_from_those_that_may() {
        for (api_version, kind, meant) in [
            ("batch/v1", "Cronjob", Some(Kind::CronJob)),
            ("v1", "Job", Some(Kind::Job)),
            ("batch/v1beta1", "CronJob", Some(Kind::CronJob)),
            ("bach/v1", "Job", Some(Kind::Job)),
            ("extensions/v1beta1", "Deployment", Some(Kind::Deployment)),
            ("rbac.authorization.k8s.io/v1beta1", "RoleBinding", Some(Kind::RoleBinding)),
            ("batch.volcano.sh/v1alpha1", "Job", None),
            ("authorization.k8s.io/v1", "Role", Some(Kind::Role)),
            ("jobs.x-k8s.io/v1", "Job", None),
            ("iam.example.com/v1", "Role", None),
            ("apps.kruise.io/v1alpha1", "StatefulSet", None),
            ("batch/v1", "Unheard", None),
            ("batch", "Job", Some(Kind::Job)),
            ("Batch/V1", "Job", Some(Kind::Job)),
            ("v2", "Pods", None),
        ] {
            assert_eq!(Kind::meant_by(api_version, kind), meant, "{api_version} {kind}");
        }
    }

    #[test]
    fn removed_types_are_told_from_those_that_never_were() {
        for (api_version, kind, removed) in [
            ("batch/v1beta1", Kind::CronJob, Some(25)),
            ("batch/v1beta1", Kind::Job, None),
            ("extensions/v1beta1", Kind::Deployment, Some(16)),
            ("extensions/v1beta1", Kind::StatefulSet, None),
            ("rbac.authorization.k8s.io/v1beta1", Kind::RoleBinding, Some(22)),
            ("rbac.authorization.k8s.io/v1alpha1", Kind::ClusterRole, Some(23)),
            ("rbac.authorization.k8s.io/v1beta1", Kind::Job, None),
            ("batch/v1", Kind::CronJob, None),
        ] {
            assert_eq!(kind.removed_from(api_version), removed, "{api_version} {kind:?}");
        }
    }

    #[test]
    fn near_misses_are_noticed_and_other_kinds_are_not() {
        for (word, kind) in [
            ("Cronjob", Kind::CronJob),
            ("Jobs", Kind::Job),
            ("RoleBindng", Kind::RoleBinding),
            ("Clusterrolebinding", Kind::ClusterRoleBinding),
            ("Deployement", Kind::Deployment),
            ("ServiceAcount", Kind::ServiceAccount),
        ] {
            assert_eq!(Kind::nearest(word), Some(kind), "{word}");
        }
        for word in ["Node", "Service", "Secret", "PodTemplate", "Rule", "Jog", "Ingress", "Event", "Topic"] {
            assert_eq!(Kind::nearest(word), None, "{word}");
        }
    }
}
