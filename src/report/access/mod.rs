//! Answers about access, for people and for programs.

mod answer;
mod arrow;
mod conditions;
mod denial;
pub mod diff;
mod differing;
pub mod escalation;
mod excerpt;
mod grant;
mod json;
pub mod least;
pub mod permissions;
pub mod plan;
mod review;
mod rules_list;
mod style;
mod table;
pub mod testing;
mod unread;
pub mod who_can;
mod words;

pub use answer::answer;
pub use json::answer as json_answer;
pub use review::review;
pub use rules_list::rules_list;
pub use unread::remarks;
