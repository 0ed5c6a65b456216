//! What a Job will do, as far as its spec says.

use k8s_openapi::api::batch::v1::JobSpec;

use super::failing::{Failing, depends_on_run, failing};
use super::length::{Cut, Length, cut};
use super::longest::{Longest, longest};
use super::policy::{Decides, FailureRule, decides, early_success, failure_rules};
use super::shape::Shape;

/// What a Job will do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not whatever the others are")]
pub struct JobPlan {
    /// What it is made of.
    pub shape: Shape,
    /// Whether no pod is to run for now.
    pub is_suspended: bool,
    /// Whether a pod is replaced only once it has ended, and not as soon as it is being deleted.
    pub replaces_ended_only: bool,
    /// Whether containers are started again by a policy of their own, which is not looked at.
    pub has_own_restarts: bool,
    /// For how many seconds a pod is assumed to run; `None` where nothing is assumed.
    pub run: Option<u64>,
    /// How it goes where every pod succeeds; `None` where none can.
    pub success: Option<Success>,
    /// How it goes where every pod fails; `None` where that has no end, depends on how long a pod runs, or no pod runs.
    pub failing: Option<Failing>,
    /// Whether how it goes where every pod fails depends on how long a pod runs.
    pub failing_depends: bool,
    /// How long it can take.
    pub longest: Longest,
    /// What its deadline ends.
    pub deadline: Option<Deadline>,
    /// Which failures are looked at more closely.
    pub rules: Vec<FailureRule>,
    /// The rule of these that takes all that is left of failures with an exit code.
    pub decides: Option<Decides>,
    /// Why it does nothing at all, or comes to no good end; `None` where nothing is in its way.
    pub hopeless: Option<Hopeless>,
}

/// How it goes where every pod succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Success {
    /// How long it takes.
    pub length: Length,
    /// The rule of the success policy, from 1, that is met before all pods have succeeded.
    pub by_rule: Option<usize>,
}

/// What a deadline ends, in seconds after the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// After how many seconds it comes.
    pub seconds: u64,
    /// Whether it comes before the Job completes where every pod succeeds.
    pub of_success: Cut,
    /// Whether it comes before the Job fails by itself where every pod fails.
    pub of_failing: Cut,
}

/// Why a Job does nothing, or comes to no good end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hopeless {
    /// It may have no pods at a time: until that is changed, it waits.
    NoPods,
    /// It is over before it has begun.
    DeadlineZero,
    /// Its deadline comes before all of its pods can have succeeded.
    DeadlineFirst,
    /// Each of its pods is ended before it can have succeeded.
    PodDeadline,
}

impl JobPlan {
    /// What a Job will do whose pods run for so many seconds each, where that is known.
    pub fn of(spec: &JobSpec, run: Option<u64>) -> Self {
        let shape = Shape::of(spec);
        let rules = failure_rules(spec);
        // What another controller does about it, nobody knows.
        let is_known = shape.managed_by.is_none();
        let success = success(spec, &shape).filter(|_| is_known);
        let decides = decides(&rules, &shape);
        let failing = failing(&shape, decides.map(|it| it.action), run).filter(|_| is_known);
        let deadline = shape.deadline.filter(|_| is_known).map(|seconds| Deadline {
            seconds,
            // With the last success at the very moment of the deadline, the deadline is looked at first; with the last
            // failure, that is.
            of_success: success.map_or(Cut::No, |success| cut(seconds, success.length, run, true)),
            of_failing: failing.as_ref().map_or(Cut::Yes, |failing| cut(seconds, failing.length, failing.run, false)),
        });
        let hopeless = hopeless(&shape, deadline, run).filter(|_| is_known);
        let success = success.filter(|_| hopeless != Some(Hopeless::PodDeadline));
        let longest = longest(&shape, &rules, run);
        let is_suspended = spec.suspend == Some(true);
        let replaces_ended_only = match spec.pod_replacement_policy.as_deref() {
            Some(policy) => policy == "Failed",
            None => spec.pod_failure_policy.is_some(),
        };
        Self {
            failing_depends: depends_on_run(&shape, run),
            shape,
            is_suspended,
            replaces_ended_only,
            has_own_restarts: has_own_restarts(spec),
            run,
            success,
            failing,
            longest,
            deadline,
            rules,
            decides,
            hopeless,
        }
    }
}

fn has_own_restarts(spec: &JobSpec) -> bool {
    let containers = spec.template.spec.iter().flat_map(|pod| &pod.containers);
    { containers }.any(|container| container.restart_policy.is_some() || container.restart_policy_rules.is_some())
}

fn success(spec: &JobSpec, shape: &Shape) -> Option<Success> {
    let waves = shape.waves()?;
    let early = early_success(spec, shape);
    let runs = early.map_or(waves, |(_, wave)| wave);
    Some(Success { length: Length { runs, waiting: 0 }, by_rule: early.map(|(rule, _)| rule) })
}

fn hopeless(shape: &Shape, deadline: Option<Deadline>, run: Option<u64>) -> Option<Hopeless> {
    let is_done_at_once = shape.completions == Some(0);
    match (deadline, run) {
        (Some(Deadline { seconds: 0, .. }), _) => Some(Hopeless::DeadlineZero),
        _ if shape.lanes() == 0 && !is_done_at_once => Some(Hopeless::NoPods),
        _ if is_done_at_once => None,
        (_, Some(run)) if shape.pod_deadline.is_some_and(|most| run > most) => Some(Hopeless::PodDeadline),
        (Some(deadline), Some(_)) if deadline.of_success == Cut::Yes => Some(Hopeless::DeadlineFirst),
        _ => None,
    }
}

impl Hopeless {
    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoPods => "no-pods",
            Self::DeadlineZero => "deadline-zero",
            Self::DeadlineFirst => "deadline-first",
            Self::PodDeadline => "pod-deadline",
        }
    }
}
