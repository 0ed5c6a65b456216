//! What a Job is made of, with the values that the API server fills in.

use k8s_openapi::api::batch::v1::JobSpec;

/// What stands for a limit that nobody reaches.
pub(super) const NO_LIMIT: u64 = i32::MAX as u64;

/// How often a Job retries where it does not say so.
const USUAL_LIMIT: u64 = 6;

/// What a Job is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// How many pods have to succeed; `None` where one is enough and tells that all is done, as with a work queue.
    pub completions: Option<u64>,
    /// How many pods may run at a time.
    pub parallelism: u64,
    /// Whether each pod has an index.
    pub is_indexed: bool,
    /// Whether a container that fails is started again in its pod (`OnFailure`), and not a new pod made (`Never`).
    pub restarts_in_place: bool,
    /// How many failures are retried.
    pub backoff_limit: u64,
    /// Whether the Job says that itself.
    pub says_backoff_limit: bool,
    /// How many failures of each index are retried, where they are counted so.
    pub per_index: Option<u64>,
    /// How many indexes may fail before the Job does; `None` for all of them.
    pub max_failed_indexes: Option<u64>,
    /// For how many seconds the Job may run.
    pub deadline: Option<u64>,
    /// For how many seconds each pod may run.
    pub pod_deadline: Option<u64>,
    /// The controller that the Job is left to; `None` for that of Kubernetes.
    pub managed_by: Option<String>,
    /// How many seconds after its end the Job is deleted with its pods; `None` for never.
    pub ttl: Option<u64>,
    /// How many containers each pod has.
    pub containers: usize,
}

impl Shape {
    pub(super) fn of(spec: &JobSpec) -> Self {
        let pod = spec.template.spec.as_ref();
        let count = |number: Option<i32>| number.map(|number| u64::try_from(number).unwrap_or_default());
        let seconds = |number: Option<i64>| number.map(|number| u64::try_from(number).unwrap_or_default());
        let is_plain = spec.completions.is_none() && spec.parallelism.is_none();
        let per_index = count(spec.backoff_limit_per_index);
        let usual = if per_index.is_some() { NO_LIMIT } else { USUAL_LIMIT };
        let of_kubernetes = "kubernetes.io/job-controller";
        Self {
            completions: if is_plain { Some(1) } else { count(spec.completions) },
            parallelism: count(spec.parallelism).unwrap_or(1),
            is_indexed: spec.completion_mode.as_deref() == Some("Indexed"),
            restarts_in_place: pod.and_then(|pod| pod.restart_policy.as_deref()) == Some("OnFailure"),
            backoff_limit: count(spec.backoff_limit).unwrap_or(usual),
            says_backoff_limit: spec.backoff_limit.is_some(),
            per_index,
            max_failed_indexes: count(spec.max_failed_indexes),
            deadline: seconds(spec.active_deadline_seconds),
            pod_deadline: seconds(pod.and_then(|pod| pod.active_deadline_seconds)),
            managed_by: spec.managed_by.clone().filter(|manager| manager != of_kubernetes),
            ttl: count(spec.ttl_seconds_after_finished),
            containers: pod.map_or(0, |pod| pod.containers.len()),
        }
    }

    /// How many pods run at a time, at the most.
    pub fn lanes(&self) -> u64 {
        self.completions.map_or(self.parallelism, |completions| completions.min(self.parallelism))
    }

    /// How many pods run one after the other in the first lane, where all succeed and take the same time; `None` where no
    /// pod may run.
    pub fn waves(&self) -> Option<u64> {
        match (self.completions, self.lanes()) {
            (Some(0), _) => Some(0),
            (_, 0) => None,
            (None, _) => Some(1),
            (Some(completions), lanes) => Some(completions.div_ceil(lanes)),
        }
    }

    /// The number of restarts at which the Job fails, where containers are started again in their pods. That is one
    /// earlier than with new pods: the controller counts restarts and compares for as many, not for more.
    pub(super) fn last_restart(&self) -> u64 {
        self.backoff_limit.max(1)
    }

    /// How many failed pods of each index are retried, where failures of one do not count for the others. With restarts in
    /// place, pods fail by their own deadline only.
    pub(super) fn counts_per_index(&self) -> Option<u64> {
        self.per_index.filter(|_| !self.restarts_in_place || self.pod_deadline.is_some())
    }

    /// For how many seconds a pod runs at the most, if it runs for so many by itself.
    pub fn capped(&self, run: Option<u64>) -> Option<u64> {
        [run, self.pod_deadline].into_iter().flatten().min()
    }

    /// Whether a limit of retries is one that nobody reaches.
    pub fn retries_for_ever(&self) -> bool {
        self.backoff_limit >= NO_LIMIT
    }
}
