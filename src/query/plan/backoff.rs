//! How long is waited before something that failed is tried again.
//!
//! Two parts of Kubernetes wait: the Job controller before it makes a pod in place of one that failed
//! (`pkg/controller/job/backoff_utils.go`), and the kubelet before it starts a container again in the pod that it is in.

/// The most seconds for which the Job controller waits. Its documentation says six minutes; its code says ten.
pub const MOST: u64 = 600;

/// The most seconds for which the kubelet waits.
pub const MOST_IN_PLACE: u64 = 300;

/// A container that has run for more seconds than these is started again as if it had never failed.
pub(super) const FORGIVEN_AFTER: u64 = 600;

/// What both begin with, in seconds.
const FIRST: u64 = 10;

/// For how many seconds the Job controller waits after so many failures since the last success.
pub fn before_retry(failures: u64) -> u64 {
    match failures.checked_sub(1) {
        None => 0,
        Some(doublings) => doubled(doublings, MOST),
    }
}

/// For how many seconds the kubelet waits before the first restart of a container, the second and so on. The first one is
/// at once.
pub fn before_restart(restart: u64) -> u64 {
    match restart.checked_sub(2) {
        None => 0,
        Some(doublings) => doubled(doublings, MOST_IN_PLACE),
    }
}

/// For how many seconds is waited in all, where it is waited so many times, each time after so many more failures.
pub(super) fn sum(wait: fn(u64) -> u64, times: u64, failures: u64) -> u64 {
    /// By then it is waited for the longest time, whatever comes.
    const GROWING: u64 = 10;
    let growing: u64 = (1..=times.min(GROWING)).map(|time| wait(time.saturating_mul(failures))).sum();
    let rest = times.saturating_sub(GROWING).saturating_mul(wait(GROWING.saturating_mul(failures)));
    growing.saturating_add(rest)
}

fn doubled(doublings: u64, most: u64) -> u64 {
    let factor = u32::try_from(doublings).ok().and_then(|doublings| 1_u64.checked_shl(doublings));
    factor.map_or(most, |factor| FIRST.saturating_mul(factor).min(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_controller_doubles_up_to_ten_minutes() {
        let waits: Vec<_> = (0..10).map(before_retry).collect();
        assert_eq!(waits, [0, 10, 20, 40, 80, 160, 320, 600, 600, 600]);
        assert_eq!([before_retry(64), before_retry(65), before_retry(u64::MAX)], [600; 3]);
    }

    #[test]
    fn the_kubelet_begins_at_once_and_doubles_up_to_five_minutes() {
        let waits: Vec<_> = (1..10).map(before_restart).collect();
        assert_eq!(waits, [0, 10, 20, 40, 80, 160, 300, 300, 300]);
    }

    #[test]
    fn sums_are_those_of_their_parts() {
        for (times, failures) in [(0, 1), (1, 1), (6, 1), (7, 1), (30, 1), (4, 3), (40, 2), (25, 500)] {
            let plain: u64 = (1..=times).map(|time| before_retry(time * failures)).sum();
            assert_eq!(sum(before_retry, times, failures), plain, "{times} {failures}");
            let plain: u64 = (1..=times).map(|time| before_restart(time * failures)).sum();
            assert_eq!(sum(before_restart, times, failures), plain, "{times} {failures}");
        }
        assert_eq!(sum(before_retry, 6, 1), 630);
        assert_eq!(sum(before_retry, u64::MAX, 1), u64::MAX);
    }
}
