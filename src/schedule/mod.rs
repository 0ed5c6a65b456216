//! When CronJobs fire: how far apart, and what becomes of it when a clock is changed.

pub(crate) mod clock_changes;
pub(crate) mod gaps;
