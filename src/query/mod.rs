//! Questions about access, and their answers.

mod access;
mod known;
mod load;
mod subject;
mod unread;

pub use access::{Access, Assumptions};
pub use known::{Account, Known};
pub use load::load;
pub use subject::{HOW_TO_NAME, Who};
pub use unread::Unread;
