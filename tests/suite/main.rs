//! The tests of the whole, in one binary so that it is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test may panic, read files and say what it counted"
)]

mod architecture;
mod conformance_yaml;
mod determinism;
mod discovery;
mod hostile;
mod reading;
mod readme;
mod rules;
mod skipping;
