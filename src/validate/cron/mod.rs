//! Schedules of CronJobs, read as Kubernetes reads them, and the names of time zones that it knows.
//!
//! Kubernetes has its schedules from the Go module `github.com/robfig/cron/v3` (`ParseStandard`), which takes fewer than
//! other readers of crontabs do, and some that they do not. What is wrong is said here in its very words.

mod descriptor;
mod duration;
mod entry;
mod integer;
mod piece;
mod schedule;
mod time_zone;

pub use entry::{Entry, TimeField};
pub use schedule::{Calendar, Schedule, ScheduleError};
pub(super) use time_zone::validate_time_zone;
pub use time_zone::{is_time_zone, time_zones};

#[cfg(test)]
mod tests;
