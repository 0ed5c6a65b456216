//! How long something takes, where nobody knows how long a pod runs.

/// So many runs of a pod, one after the other, and waiting between them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// How many pods, or containers of one pod, run one after the other.
    pub runs: u64,
    /// For how many seconds nothing runs.
    pub waiting: u64,
}

impl Length {
    /// In seconds, where it is known for how many a pod runs.
    pub fn total(self, run: u64) -> u64 {
        self.runs.saturating_mul(run).saturating_add(self.waiting)
    }

    pub(super) fn then(self, other: Self) -> Self {
        Self { runs: self.runs.saturating_add(other.runs), waiting: self.waiting.saturating_add(other.waiting) }
    }

    pub(super) fn times(self, count: u64) -> Self {
        Self { runs: self.runs.saturating_mul(count), waiting: self.waiting.saturating_mul(count) }
    }
}

/// Whether a deadline comes before something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It does not.
    No,
    /// It does, however long a pod runs, or for the time that a pod is known to run.
    Yes,
    /// It does where a pod runs for at least so many seconds.
    FromRunsOf(u64),
}

/// Whether a deadline, in seconds, comes before something of a length, for pods that run for so many seconds, where that is
/// known. Where both come at once, `wins_ties` says which it is that counts.
pub(super) fn cut(deadline: u64, length: Length, run: Option<u64>, wins_ties: bool) -> Cut {
    let is_cut = |end: u64| end > deadline || (wins_ties && end == deadline);
    if is_cut(length.waiting) {
        return Cut::Yes;
    }
    match run {
        _ if length.runs == 0 => Cut::No,
        Some(run) => {
            if is_cut(length.total(run)) {
                Cut::Yes
            } else {
                Cut::No
            }
        }
        None => {
            let left = deadline - length.waiting;
            let longest = left / length.runs;
            let is_tie = left.is_multiple_of(length.runs);
            let first = if is_tie && wins_ties { longest } else { longest.saturating_add(1) };
            Cut::FromRunsOf(first)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_cuts_what_is_longer() {
        let length = Length { runs: 3, waiting: 30 };
        assert_eq!(cut(90, length, Some(20), false), Cut::No);
        assert_eq!(cut(90, length, Some(20), true), Cut::Yes);
        assert_eq!(cut(89, length, Some(20), false), Cut::Yes);
        assert_eq!(cut(29, length, None, false), Cut::Yes);
        assert_eq!(cut(0, Length::default(), None, false), Cut::No);
    }

    #[test]
    fn the_first_run_that_is_too_long_is_that_by_a_second() {
        for (case, wins_ties) in (0..500).flat_map(|case| [(case, false), (case, true)]) {
            let length = Length { runs: 1 + case % 5, waiting: 10 * (case % 3) };
            let deadline = length.waiting + 1 + case / 7;
            let Cut::FromRunsOf(first) = cut(deadline, length, None, wins_ties) else { panic!() };
            assert_eq!(cut(deadline, length, Some(first), wins_ties), Cut::Yes, "{length:?} {deadline}");
            let shorter = first.checked_sub(1).map(|shorter| cut(deadline, length, Some(shorter), wins_ties));
            assert!(shorter.is_none_or(|shorter| shorter == Cut::No), "{length:?} {deadline}");
        }
    }
}
