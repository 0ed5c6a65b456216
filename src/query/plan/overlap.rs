//! What becomes of a CronJob's Jobs that are due while others run.

use jiff::{SignedDuration, Timestamp};

use super::cron::{CronPlan, Moment, MomentKind};

/// What becomes of a Job that is due while the one before it is running (`concurrencyPolicy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concurrency {
    /// It runs beside the other.
    Allow,
    /// It has to wait, and is given up when the next one is due.
    Forbid,
    /// The other is deleted.
    Replace,
}

impl Concurrency {
    pub(super) fn named(name: Option<&str>) -> Self {
        match name {
            Some("Forbid") => Self::Forbid,
            Some("Replace") => Self::Replace,
            _ => Self::Allow,
        }
    }

    /// The word for it in manifests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Forbid => "Forbid",
            Self::Replace => "Replace",
        }
    }
}

/// What becomes of the Job of one firing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It starts in time, as one of so many that run then.
    Starts(u64),
    /// It starts when the one before has ended.
    StartsAt(Timestamp),
    /// It never starts.
    Dropped,
    /// It starts in time, and is deleted after so many seconds, when the next one starts.
    ReplacedAfter(u64),
}

/// For how long a Job is there before it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// So many seconds.
    Seconds(u64),
    /// It does not end by itself.
    ForEver,
}

/// What comes of Jobs that run for some time each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// For how long each of them is there.
    pub job: Lasts,
    /// How many run at a time, at the most.
    pub most: u64,
    /// How many are late.
    pub late: usize,
    /// How many never start.
    pub dropped: usize,
    /// How many are deleted before their end.
    pub replaced: usize,
    /// Whether each of them is deleted before its end, and each of those that follow.
    pub none_ends: bool,
}

/// Plays Jobs that last so long each, and notes what becomes of each. Some more are due after those that are
/// told: what becomes of the last of these depends on them.
pub(super) fn overlap(plan: &CronPlan, job: Lasts, moments: &mut [Moment], later: &[Timestamp]) -> Overlap {
    let mut due: Vec<&mut Moment> = moments
        .iter_mut()
        .filter(|moment| matches!(moment.kind, MomentKind::Plain | MomentKind::Repeated(_)))
        .collect();
    let told = due.len();
    let times: Vec<_> = due.iter().map(|moment| moment.at).chain(later.iter().copied()).collect();
    let times = one_a_minute(times);
    let length = match job {
        Lasts::Seconds(seconds) => SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)),
        Lasts::ForEver => SignedDuration::MAX,
    };
    let fates = match plan.concurrency {
        Concurrency::Allow => allow(&times, length),
        Concurrency::Replace => replace(&times, length),
        Concurrency::Forbid => forbid(&times, length, plan.starting_deadline),
    };
    for (moment, fate) in due.iter_mut().zip(&fates) {
        moment.fate = Some(*fate);
    }
    let is_replaced = |fate: &Fate| matches!(fate, Fate::ReplacedAfter(_));
    // Nothing is known of what follows the last one.
    let none_ends = fates.len() > 1 && fates.iter().rev().skip(1).all(is_replaced);
    // Of those that run at a time, there are more once the first ones have been there for long enough.
    let running = fates.iter().map(|fate| if let Fate::Starts(running) = fate { *running } else { 1 });
    let told = fates.get(..told).unwrap_or_default();
    let count = |is: fn(&Fate) -> bool| told.iter().filter(|fate| is(fate)).count();
    Overlap {
        job,
        most: running.max().unwrap_or_default(),
        late: count(|fate| matches!(fate, Fate::StartsAt(_))),
        dropped: count(|fate| matches!(fate, Fate::Dropped)),
        replaced: count(is_replaced),
        none_ends,
    }
}

/// Jobs are named after their minute, so that there is one of each at the most.
fn one_a_minute(mut times: Vec<Timestamp>) -> Vec<Timestamp> {
    times.dedup_by_key(|at| at.as_second().div_euclid(60));
    times
}

fn end(start: Timestamp, length: SignedDuration) -> Timestamp {
    start.saturating_add(length).unwrap_or(Timestamp::MAX)
}

fn allow(times: &[Timestamp], length: SignedDuration) -> Vec<Fate> {
    let running = |at: &Timestamp| times.iter().filter(|start| *start <= at && end(**start, length) > *at).count();
    times.iter().map(|at| Fate::Starts(u64::try_from(running(at)).unwrap_or(u64::MAX).max(1))).collect()
}

fn replace(times: &[Timestamp], length: SignedDuration) -> Vec<Fate> {
    let next = times.iter().skip(1).map(Some).chain([None]);
    let fate = |(start, next): (&Timestamp, Option<&Timestamp>)| match next {
        Some(next) if end(*start, length) > *next => {
            Fate::ReplacedAfter(u64::try_from(next.duration_since(*start).as_secs()).unwrap_or_default())
        }
        _ => Fate::Starts(1),
    };
    times.iter().zip(next).map(fate).collect()
}

/// The controller looks again when a Job has ended: the last Job that was due by then starts late, unless it is too late
/// for it; those due before are dropped.
fn forbid(times: &[Timestamp], length: SignedDuration, deadline: Option<u64>) -> Vec<Fate> {
    let mut fates = vec![Fate::Dropped; times.len()];
    let mut busy_until: Option<Timestamp> = None;
    let mut waiting: Option<usize> = None;
    let is_in_time = |due: Timestamp, now: Timestamp| {
        let late = now.duration_since(due).as_secs();
        deadline.is_none_or(|most| i64::try_from(most).is_ok_and(|most| late < most))
    };
    let mut tell = |position: usize, fate: Fate| {
        if let Some(place) = fates.get_mut(position) {
            *place = fate;
        }
    };
    for (position, now) in times.iter().map(Some).chain([None]).enumerate() {
        // What waits starts as soon as the one before has ended, unless the next one is due by then.
        let is_free = |free: &Timestamp| *free < Timestamp::MAX && now.is_none_or(|now| free <= now);
        while let Some(free) = busy_until.filter(is_free) {
            busy_until = None;
            let late = waiting.take().filter(|_| now.is_none_or(|now| free < *now));
            let late = late.and_then(|due| Some((due, *times.get(due)?)));
            if let Some((due, _)) = late.filter(|(_, at)| is_in_time(*at, free)) {
                tell(due, Fate::StartsAt(free));
                busy_until = Some(end(free, length));
            }
        }
        let Some(now) = now else { break };
        if busy_until.is_some() {
            waiting = Some(position);
        } else {
            tell(position, Fate::Starts(1));
            busy_until = Some(end(*now, length));
        }
    }
    fates
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fates of Jobs that are due at these minutes and run for some seconds, in short.
    fn forbidden(minutes: &[i64], job: i64, deadline: Option<u64>) -> Vec<String> {
        let times: Vec<_> = minutes.iter().map(|minute| Timestamp::from_second(minute * 60).unwrap()).collect();
        let fates = forbid(&times, SignedDuration::from_secs(job), deadline);
        let word = |fate: &Fate| match fate {
            Fate::Starts(_) => "starts".to_owned(),
            Fate::StartsAt(at) => format!("at {}", at.as_second()),
            Fate::Dropped => "dropped".to_owned(),
            Fate::ReplacedAfter(_) => "replaced".to_owned(),
        };
        fates.iter().map(word).collect()
    }

    #[test]
    fn what_is_forbidden_starts_late_or_never() {
        assert_eq!(forbidden(&[0, 1, 2], 60, None), ["starts", "starts", "starts"]);
        assert_eq!(forbidden(&[0, 1, 2], 90, None), ["starts", "at 90", "at 180"]);
        // When the second one has ended the fourth is due, and the third is not made up for any more.
        assert_eq!(forbidden(&[0, 1, 2, 3], 90, None), ["starts", "at 90", "dropped", "starts"]);
        // Two are due before the first one has ended: the later of them is made up for.
        assert_eq!(forbidden(&[0, 1, 2, 3, 4], 150, None), ["starts", "dropped", "at 150", "dropped", "at 300"]);
        assert_eq!(forbidden(&[0, 1, 2, 3, 4], 150, Some(31)), ["starts", "dropped", "at 150", "dropped", "dropped"]);
        assert_eq!(forbidden(&[0, 1, 2, 3, 4], 150, Some(30)), ["starts", "dropped", "dropped", "starts", "dropped"]);
        assert_eq!(
            forbidden(&[0, 1, 2, 3, 4, 5], 90, Some(30)),
            ["starts", "dropped", "starts", "dropped", "starts", "dropped"]
        );
    }

    #[test]
    fn those_that_are_allowed_run_side_by_side() {
        let times = [0, 60, 120, 600].map(|second| Timestamp::from_second(second).unwrap());
        let running = allow(&times, SignedDuration::from_secs(130));
        assert_eq!(running, [1, 2, 3, 1].map(Fate::Starts));
        assert_eq!(allow(&times, SignedDuration::from_secs(60)), [1; 4].map(Fate::Starts));
    }

    #[test]
    fn those_that_are_replaced_do_not_end() {
        let times = [0, 60, 600].map(|second| Timestamp::from_second(second).unwrap());
        let expected = [Fate::ReplacedAfter(60), Fate::Starts(1), Fate::Starts(1)];
        assert_eq!(replace(&times, SignedDuration::from_secs(61)), expected);
        assert_eq!(replace(&times, SignedDuration::from_secs(60)), [Fate::Starts(1); 3]);
    }
}
