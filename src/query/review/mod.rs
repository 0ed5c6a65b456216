//! SubjectAccessReviews: requests in the words of the API, answered in the words of the API server.
//!
//! [`submitted`] finds the reviews in a text, [`review`] answers one of them. The request is taken to the letter: no group
//! is added to it.

mod answer;
mod decode;
mod surrogates;
mod text;

pub use answer::{Reviewed, Status, review};
pub use text::{Submitted, submitted};
