//! Where the time of a run goes, for `--timings`: what each stage takes, on all threads together.
//!
//! A stage that is entered inside of another one interrupts it, so that nothing is counted twice. Where nobody has asked,
//! a stage costs the reading of one flag.

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A part of the work of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Walking directories, and reading the configuration.
    Discover,
    /// Reading files.
    Read,
    /// From text to trees: documents that are of no interest are only skimmed.
    Parse,
    /// From trees to typed objects, what the API server refuses, and what is kept.
    Decode,
    /// Rules that look at one object by itself.
    FirstRules,
    /// The policy, and what can be looked up about all that was read.
    Graph,
    /// Rules that look at objects among all others, and what is said not to be told.
    Rules,
    /// Writing down findings or answers.
    Report,
}

impl Stage {
    /// All stages, in the order of a run.
    pub const ALL: [Self; 8] = [
        Self::Discover,
        Self::Read,
        Self::Parse,
        Self::Decode,
        Self::FirstRules,
        Self::Graph,
        Self::Rules,
        Self::Report,
    ];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Discover => "discover",
            Self::Read => "read",
            Self::Parse => "parse",
            Self::Decode => "decode",
            Self::FirstRules => "rules, one object each",
            Self::Graph => "graph",
            Self::Rules => "rules, among others",
            Self::Report => "report",
        }
    }
}

static IS_ON: AtomicBool = AtomicBool::new(false);

/// Nanoseconds by stage.
static TAKEN: [AtomicU64; Stage::ALL.len()] = [const { AtomicU64::new(0) }; Stage::ALL.len()];

thread_local! {
    /// The stage that a thread is in, and since when it has not been interrupted.
    static CURRENT: Cell<Option<(Stage, Instant)>> = const { Cell::new(None) };
}

/// Begins to measure.
pub fn start() {
    IS_ON.store(true, Ordering::Relaxed);
}

/// Does a part of the work of a run.
pub fn stage<T>(stage: Stage, work: impl FnOnce() -> T) -> T {
    if !IS_ON.load(Ordering::Relaxed) {
        return work();
    }
    let before = switch(Some(stage));
    let done = work();
    switch(before);
    done
}

/// Goes on with another stage. Returns the one before, for which is counted what it took.
fn switch(next: Option<Stage>) -> Option<Stage> {
    let now = Instant::now();
    let (before, since) = CURRENT.replace(next.map(|stage| (stage, now)))?;
    let taken = u64::try_from(now.duration_since(since).as_nanos()).unwrap_or(u64::MAX);
    TAKEN.get(before as usize).map(|sum| sum.fetch_add(taken, Ordering::Relaxed));
    Some(before)
}

/// What each stage has taken so far, on all threads together.
#[derive(Clone, Debug)]
pub struct Timings(Vec<(Stage, Duration)>);

impl Timings {
    /// What has been measured.
    pub fn so_far() -> Self {
        let taken = |(stage, nanos): (Stage, &AtomicU64)| (stage, Duration::from_nanos(nanos.load(Ordering::Relaxed)));
        Self(Stage::ALL.into_iter().zip(&TAKEN).map(taken).collect())
    }
}

/// One line a stage, with its share of all of them.
impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Duration = self.0.iter().map(|(_, taken)| *taken).sum();
        for (stage, taken) in &self.0 {
            let share = 100.0 * taken.as_secs_f64() / all.as_secs_f64().max(f64::MIN_POSITIVE);
            writeln!(f, "{:<24}{:>10.1} ms {share:>5.1} %", stage.name(), 1000.0 * taken.as_secs_f64())?;
        }
        write!(f, "{:<24}{:>10.1} ms", "all, on all threads", 1000.0 * all.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_within_another_is_counted_once() {
        start();
        let slow = || std::thread::sleep(Duration::from_millis(20));
        stage(Stage::Graph, || stage(Stage::Report, slow));
        let Timings(taken) = Timings::so_far();
        let of = |stage: Stage| taken.iter().find(|(known, _)| *known == stage).map(|(_, taken)| *taken).unwrap();
        assert!(of(Stage::Report) >= Duration::from_millis(20), "{taken:?}");
        assert!(of(Stage::Graph) < of(Stage::Report), "{taken:?}");
        assert_eq!(CURRENT.get(), None);
    }
}
