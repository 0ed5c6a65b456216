//! The smallest roles that somebody needs, for people, for programs, and for an API server.

mod human;
mod json;
mod sentences;
mod standing;
mod yaml;

pub use human::human;
pub use json::json;
pub use sentences::reading;
pub use yaml::yaml;
