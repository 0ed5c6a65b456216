//! Answers about access, for people and for programs.

mod answer;
mod denial;
mod excerpt;
mod grant;
mod incomplete;
mod json;
mod style;
mod words;

pub use answer::answer;
pub use incomplete::incomplete;
pub use json::answer as json_answer;
