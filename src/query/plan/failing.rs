//! What becomes of a Job of which every pod fails.
//!
//! All pods are taken to run for the same time, so that those that start together fail together.

use super::backoff::{FORGIVEN_AFTER, before_restart, before_retry, sum};
use super::length::Length;
use super::policy::Action;
use super::shape::Shape;

/// No more rounds than these are told one by one.
pub const MOST_ROUNDS: usize = 12;

/// What becomes of a Job of which every pod fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// How long it takes.
    pub length: Length,
    /// Why the Job is failed at the end.
    pub reason: Reason,
    /// How many pods have been made by then.
    pub pods: u64,
    /// How many times the pods of all lanes run.
    pub rounds: u64,
    /// The first of these.
    pub first_rounds: Vec<Round>,
    /// For how many seconds each of them runs, where that is known.
    pub run: Option<u64>,
    /// Whether these are restarts in the same pods, and not new pods.
    pub is_in_place: bool,
}

/// Why a Job fails, as its condition says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Reason {
    BackoffLimitExceeded,
    MaxFailedIndexesExceeded,
    FailedIndexes,
    DeadlineExceeded,
    PodFailurePolicy,
}

impl Reason {
    /// The `reason` of the condition.
    pub fn name(self) -> &'static str {
        match self {
            Self::BackoffLimitExceeded => "BackoffLimitExceeded",
            Self::MaxFailedIndexesExceeded => "MaxFailedIndexesExceeded",
            Self::FailedIndexes => "FailedIndexes",
            Self::DeadlineExceeded => "DeadlineExceeded",
            Self::PodFailurePolicy => "PodFailurePolicy",
        }
    }
}

/// Pods that run side by side and fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// How many.
    pub pods: u64,
    /// How many failures, or restarts, there have been when they have failed.
    pub failures: u64,
    /// For how many seconds is waited then; `None` where it is the end, or other indexes follow.
    pub wait: Option<u64>,
}

/// What becomes of a Job of which every pod fails, where one rule of its policy decides about all failures or none does;
/// `None` where that is no end, no pod ever runs, or it depends on how long a pod does.
pub(super) fn failing(shape: &Shape, decides: Option<Action>, run: Option<u64>) -> Option<Failing> {
    let lanes = shape.lanes();
    if lanes == 0 || decides == Some(Action::Ignore) || depends_on_run(shape, run) {
        return None;
    }
    if shape.restarts_in_place {
        let restarts = (!shape.retries_for_ever()).then(|| in_place(shape, lanes, run));
        let Some(most) = shape.pod_deadline else { return restarts };
        let is_reached = |failing: &Failing| run.is_some_and(|run| failing.length.total(run) <= most);
        // Where its deadline ends a pod before the restarts are used up, the one that follows begins with none.
        return restarts.filter(is_reached).or_else(|| by_pods(shape, lanes, Some(most)));
    }
    let run = run.map(|run| shape.pod_deadline.map_or(run, |most| most.min(run)));
    match decides {
        Some(Action::FailJob) => Some(at_once(lanes, run)),
        Some(Action::FailIndex) => per_index(shape, lanes, 0, run),
        _ => by_pods(shape, lanes, run),
    }
}

/// Whether what becomes of failures depends on how long a pod runs, which is not known: whether its restarts are used up
/// before its own deadline.
pub(super) fn depends_on_run(shape: &Shape, run: Option<u64>) -> bool {
    shape.restarts_in_place && shape.pod_deadline.is_some() && run.is_none()
}

/// The first pod that fails is the end, with those that fail beside it.
fn at_once(lanes: u64, run: Option<u64>) -> Failing {
    Failing {
        length: Length { runs: 1, waiting: 0 },
        reason: Reason::PodFailurePolicy,
        pods: lanes,
        rounds: 1,
        first_rounds: vec![Round { pods: lanes, failures: lanes, wait: None }],
        run,
        is_in_place: false,
    }
}

/// Pods that fail, each of which is replaced for as long as its index or the Job retries.
fn by_pods(shape: &Shape, lanes: u64, run: Option<u64>) -> Option<Failing> {
    match shape.counts_per_index() {
        Some(retries) => per_index(shape, lanes, retries, run),
        None => (!shape.retries_for_ever()).then(|| by_new_pods(shape, lanes, run)),
    }
}

/// New pods in place of failed ones: the Job fails once more have failed than are retried.
fn by_new_pods(shape: &Shape, lanes: u64, run: Option<u64>) -> Failing {
    let rounds = shape.backoff_limit / lanes + 1;
    let round = |number: u64| {
        let failures = number * lanes;
        Round { pods: lanes, failures, wait: (number < rounds).then(|| before_retry(failures)) }
    };
    Failing {
        length: Length { runs: rounds, waiting: sum(before_retry, rounds - 1, lanes) },
        reason: Reason::BackoffLimitExceeded,
        pods: rounds * lanes,
        rounds,
        first_rounds: (1..=rounds).take(MOST_ROUNDS).map(round).collect(),
        run,
        is_in_place: false,
    }
}

/// Containers that are started again in their pods: the Job fails at the last restart, which comes after its wait.
fn in_place(shape: &Shape, lanes: u64, run: Option<u64>) -> Failing {
    let wait = wait_in_place(run);
    let rounds = shape.last_restart().div_ceil(lanes);
    let round = |number: u64| Round { pods: lanes, failures: number * lanes, wait: Some(wait(number)) };
    Failing {
        length: Length { runs: rounds, waiting: sum(wait, rounds, 1) },
        reason: Reason::BackoffLimitExceeded,
        pods: lanes,
        rounds,
        first_rounds: (1..=rounds).take(MOST_ROUNDS).map(round).collect(),
        run,
        is_in_place: true,
    }
}

/// How the kubelet waits for containers that run for so many seconds; where that is not known, for as long as it can be.
pub(super) fn wait_in_place(run: Option<u64>) -> fn(u64) -> u64 {
    let is_forgiven = run.is_some_and(|run| run > FORGIVEN_AFTER);
    if is_forgiven { |_| 0 } else { before_restart }
}

/// Indexes that are retried by themselves: each keeps its lane until it has failed for good, then the next ones follow.
fn per_index(shape: &Shape, lanes: u64, retries: u64, run: Option<u64>) -> Option<Failing> {
    let indexes = shape.completions?;
    let attempts = retries + 1;
    // Groups of indexes that run side by side; those of the last one may be fewer.
    let groups = indexes.div_ceil(lanes);
    let (groups, reason) = match shape.max_failed_indexes {
        Some(most) if most < indexes => ((most + 1).div_ceil(lanes).min(groups), Reason::MaxFailedIndexesExceeded),
        _ => (groups, Reason::FailedIndexes),
    };
    let size = |group: u64| lanes.min(indexes.saturating_sub(group * lanes));
    let before = |group: u64| (group * lanes).min(indexes).saturating_mul(attempts);
    let mut end = (groups - 1, attempts);
    let mut reason = reason;
    // The limit for all indexes together may be reached before.
    let full = shape.backoff_limit / lanes.saturating_mul(attempts);
    let group = full.min(groups - 1);
    let rest = shape.backoff_limit.saturating_sub(before(group));
    let attempt = rest / size(group).max(1) + 1;
    if attempt <= attempts {
        end = (group, attempt);
        reason = Reason::BackoffLimitExceeded;
    }
    let (last_group, last_attempt) = end;
    let whole = Length { runs: attempts, waiting: sum(before_retry, retries, 1) };
    let last = Length { runs: last_attempt, waiting: sum(before_retry, last_attempt - 1, 1) };
    let rounds = (last_group.saturating_mul(attempts)).saturating_add(last_attempt);
    let round = |number: u64| {
        let (group, attempt) = (number / attempts, number % attempts + 1);
        let failures = before(group).saturating_add(attempt.saturating_mul(size(group)));
        let waits = attempt < attempts && number + 1 < rounds;
        Round { pods: size(group), failures, wait: waits.then(|| before_retry(attempt)) }
    };
    Some(Failing {
        length: whole.times(last_group).then(last),
        reason,
        pods: before(last_group).saturating_add(last_attempt.saturating_mul(size(last_group))),
        rounds,
        first_rounds: (0..rounds).take(MOST_ROUNDS).map(round).collect(),
        run,
        is_in_place: false,
    })
}
