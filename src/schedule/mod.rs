//! When CronJobs fire: how far apart, when next, and what becomes of it when a clock is changed.

pub(crate) mod clock_changes;
pub(crate) mod gaps;
mod next;

pub(crate) use next::next;
