//! How long a Job can take until it has come to an end, be it a good or a bad one.
//!
//! That is not how long it takes where all pods fail: those that run side by side use up the retries side by side. It
//! takes longest where all but the last have succeeded, and that one fails again and again.

use super::backoff::{before_retry, sum};
use super::failing::wait_in_place;
use super::length::Length;
use super::policy::{Action, FailureRule, When};
use super::shape::{NO_LIMIT, Shape};

/// How long a Job can take, if each of its pods takes no longer than is assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Longest {
    /// No longer than this.
    Within(Length),
    /// Some failures are not counted, those that this rule of the policy ignores, from 1.
    Ignored(usize),
    /// Failures are retried without a limit.
    Unlimited,
    /// That is up to another controller.
    Unknown,
}

/// How long a Job can take; nothing where no pod runs.
pub(super) fn longest(shape: &Shape, rules: &[FailureRule], run: Option<u64>) -> Longest {
    let lanes = shape.lanes();
    if shape.managed_by.is_some() {
        return Longest::Unknown;
    }
    if lanes == 0 {
        return Longest::Within(Length::default());
    }
    // Disruptions come from outside, and end. Exit codes come back.
    let ignored =
        rules.iter().position(|rule| rule.action == Action::Ignore && matches!(rule.when, When::Exits { .. }));
    if let Some(position) = ignored {
        return Longest::Ignored(position + 1);
    }
    if let (Some(retries), Some(indexes)) = (shape.counts_per_index(), shape.completions) {
        let each = pods_of(shape, retries + 1).then(Length { runs: 0, waiting: sum(before_retry, retries, 1) });
        return Longest::Within(each.times(indexes.div_ceil(lanes)));
    }
    if shape.backoff_limit >= NO_LIMIT {
        return Longest::Unlimited;
    }
    // The last pod begins when as many waves are over. Of a work queue, one success is enough: until then all lanes fail.
    let others = shape.completions.map_or(0, |completions| (completions - 1) / lanes);
    let pods = others.saturating_add(shape.backoff_limit + 1);
    let waiting = sum(before_retry, shape.backoff_limit, 1);
    let by_new_pods = pods_of(shape, pods).then(Length { runs: 0, waiting });
    if !shape.restarts_in_place {
        return Longest::Within(by_new_pods);
    }
    let (of_one, of_all) = in_place(shape, lanes, run);
    let ends_in_time = shape.pod_deadline.is_none_or(|most| run.is_some_and(|run| of_one.total(run) <= most));
    Longest::Within(if ends_in_time { of_all } else { by_new_pods })
}

/// So many pods one after the other. Whatever goes on in a pod with restarts and a deadline, it ends in time, and has
/// failed.
fn pods_of(shape: &Shape, pods: u64) -> Length {
    match shape.pod_deadline {
        Some(most) if shape.restarts_in_place => Length { runs: 0, waiting: pods.saturating_mul(most) },
        _ => Length { runs: pods, waiting: 0 },
    }
}

/// Restarts count as long as their pod runs: each may have all but the last, one after the other, and succeed. How long one
/// pod takes that has them all, and how long all take.
fn in_place(shape: &Shape, lanes: u64, run: Option<u64>) -> (Length, Length) {
    let wait = wait_in_place(run);
    let last = shape.last_restart();
    let each = Length { runs: last, waiting: sum(wait, last - 1, 1) };
    let one_after_the_other = shape.completions.map_or(1, |completions| completions.div_ceil(lanes));
    let last_wait = Length { runs: 0, waiting: wait(last) };
    (each.then(last_wait), each.times(one_after_the_other).then(last_wait))
}
