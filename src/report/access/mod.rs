//! Answers about access, for people and for programs.

mod answer;
mod excerpt;
mod grant;
mod json;
mod review;
mod style;
mod words;

pub use answer::answer;
pub use json::answer as json_answer;
pub use review::review;
