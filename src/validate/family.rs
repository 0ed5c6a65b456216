//! What an error is about, as far as anybody would name it.

use super::error::{Error, ErrorKind};

macro_rules! families {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// What an error is about, as far as anybody would name it. Each is one rule of the linter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Family {
            $($(#[doc = $doc])* $name,)*
        }

        impl Family {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

families! {
    /// `metadata.name`, `generateName` and `namespace`.
    ObjectName,
    /// Labels, of the object and of its template.
    Label,
    /// Annotations, of the object and of its template.
    Annotation,
    /// Finalizers.
    Finalizer,
    /// Owner references.
    OwnerReference,
    /// `restartPolicy` of a Job's pods where it is missing or `Always`.
    RestartPolicyAlways,
    /// `restartPolicy` of a Job's pods where it is anything else.
    RestartPolicy,
    /// Numbers of a Job that may not be negative.
    JobCount,
    /// Completion mode, and what goes with `Indexed` only.
    JobIndexed,
    /// Names of Indexed Jobs from which no names of pods can be made.
    JobPodName,
    /// `podFailurePolicy`.
    PodFailurePolicy,
    /// `podReplacementPolicy`.
    PodReplacementPolicy,
    /// `successPolicy`.
    SuccessPolicy,
    /// `selector`, `manualSelector`, and labels that do not match.
    JobSelector,
    /// `managedBy`.
    ManagedBy,
    /// Names of CronJobs to which no time can be added.
    CronJobName,
    /// `schedule`.
    Schedule,
    /// `timeZone`.
    TimeZone,
    /// `concurrencyPolicy`.
    ConcurrencyPolicy,
    /// Numbers of a CronJob that may not be negative.
    CronJobCount,
    /// Containers: none at all, their names, images and policies.
    Container,
    /// `env` and `envFrom`.
    Environment,
    /// `ports`.
    Port,
    /// Probes and lifecycle hooks.
    Probe,
    /// `resources`.
    Resources,
    /// `volumeMounts` and `volumeDevices`.
    VolumeMount,
    /// `volumes`.
    Volume,
    /// Security contexts.
    SecurityContext,
    /// Where pods may run: node selectors, affinity, tolerations, spread.
    Scheduling,
    /// The rest of a pod's spec.
    PodSpec,
    /// `rules` of a role.
    RoleRule,
    /// `aggregationRule` of a ClusterRole.
    Aggregation,
    /// `roleRef` of a binding.
    RoleRef,
    /// `subjects` of a binding.
    Subject,
    /// The namespace of a ServiceAccount among them, which only a RoleBinding can leave out.
    SubjectNamespace,
}

impl Family {
    /// What an error is about.
    pub(super) fn of(error: &Error) -> Self {
        let names: Vec<_> = error.at.path.names().collect();
        match names.as_slice() {
            ["metadata", rest @ ..] => of_metadata(rest, error),
            ["rules", ..] => Self::RoleRule,
            ["aggregationRule", ..] => Self::Aggregation,
            ["roleRef", ..] => Self::RoleRef,
            ["subjects", "namespace"] => Self::SubjectNamespace,
            ["subjects", ..] => Self::Subject,
            ["spec", "schedule"] => Self::Schedule,
            ["spec", "timeZone"] => Self::TimeZone,
            ["spec", "concurrencyPolicy"] => Self::ConcurrencyPolicy,
            ["spec", "startingDeadlineSeconds" | "successfulJobsHistoryLimit" | "failedJobsHistoryLimit"] => {
                Self::CronJobCount
            }
            ["spec", "jobTemplate", "spec", rest @ ..] | ["spec", rest @ ..] => of_job(rest, error),
            _ => Self::PodSpec,
        }
    }
}

fn of_metadata(rest: &[&str], error: &Error) -> Family {
    match rest {
        ["labels", ..] => Family::Label,
        ["annotations", ..] => Family::Annotation,
        ["finalizers", ..] => Family::Finalizer,
        ["ownerReferences", ..] => Family::OwnerReference,
        ["name" | "generateName"] if error.detail.starts_with("will not able to create pod") => Family::JobPodName,
        ["name" | "generateName"] if error.detail.starts_with("must be no more than 52") => Family::CronJobName,
        _ => Family::ObjectName,
    }
}

fn of_job(rest: &[&str], error: &Error) -> Family {
    match rest {
        ["template", "metadata", "annotations", ..] => Family::Annotation,
        ["template", "metadata", "labels", ..] if error.field.contains("template.metadata.labels") => {
            Family::JobSelector
        }
        ["template", "metadata", ..] => Family::Label,
        ["template", "spec", "restartPolicy"] if error.kind == ErrorKind::Required => Family::RestartPolicyAlways,
        ["template", "spec", "restartPolicy"] => Family::RestartPolicy,
        ["template", "spec", rest @ ..] => of_pod(rest),
        ["podFailurePolicy", ..] => Family::PodFailurePolicy,
        ["podReplacementPolicy"] => Family::PodReplacementPolicy,
        ["successPolicy", ..] => Family::SuccessPolicy,
        ["selector" | "manualSelector", ..] => Family::JobSelector,
        ["managedBy"] => Family::ManagedBy,
        _ if error.detail == super::NOT_NEGATIVE => Family::JobCount,
        _ => Family::JobIndexed,
    }
}

fn of_pod(rest: &[&str]) -> Family {
    match rest {
        ["containers" | "initContainers" | "ephemeralContainers", rest @ ..] => of_container(rest),
        ["volumes", ..] => Family::Volume,
        ["resources" | "overhead", ..] => Family::Resources,
        ["securityContext", ..] => Family::SecurityContext,
        ["nodeSelector" | "affinity" | "tolerations" | "topologySpreadConstraints" | "schedulingGates", ..]
        | ["nodeName" | "schedulerName" | "priorityClassName"] => Family::Scheduling,
        _ => Family::PodSpec,
    }
}

fn of_container(rest: &[&str]) -> Family {
    match rest {
        ["env" | "envFrom", ..] => Family::Environment,
        ["ports", ..] => Family::Port,
        ["livenessProbe" | "readinessProbe" | "startupProbe" | "lifecycle", ..] => Family::Probe,
        ["resources" | "resizePolicy", ..] => Family::Resources,
        ["volumeMounts" | "volumeDevices", ..] => Family::VolumeMount,
        ["securityContext", ..] => Family::SecurityContext,
        _ => Family::Container,
    }
}
