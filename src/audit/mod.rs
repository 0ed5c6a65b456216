//! Audit logs of API servers: who did what, and what they were refused.
//!
//! [`read`] goes through logs of any length and keeps what is distinct in them: a [`Usage`], with who acted, what they
//! did, and how often. An event counts for whoever acted, which is who was impersonated where somebody was; to have
//! impersonated them is something that the other one did.

mod event;
mod impersonation;
mod line;
mod request;
mod usage;

pub use line::{read, read_logs};
pub use usage::{Actor, Actors, MOST_NAMES, Names, Reading, Tally, Times, Usage};
