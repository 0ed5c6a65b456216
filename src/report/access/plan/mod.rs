//! What Jobs and CronJobs will do: for people as lines and drawings, and for programs.

mod cron;
mod drawing;
mod human;
mod identity;
mod job;
mod json;
mod lanes;
mod page;
mod phrases;
mod strip;

pub use drawing::Signs;
pub use human::human;
pub use json::json;
