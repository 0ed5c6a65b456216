//! Who comes to more than they were given: for people, and for programs.

mod human;
mod json;
mod overview;
mod steps;
mod words;

pub use human::human;
pub(super) use json::JsonStep;
pub use json::{json, json_overview};
pub use overview::overview;
pub(super) use steps::{Page, deeds};
pub(super) use words::sink;
