//! Findings for people and for programs.
//!
//! Every format is a [`Reporter`], and all of them get the same [`Report`]. Text from manifests is data: each format
//! escapes it so that it cannot act on whatever shows it.

pub mod access;
mod concise;
mod diff;
mod human;
mod json;
mod plain;
mod snippet;
mod summary;

use std::io;

pub use concise::Concise;
pub use diff::diff;
pub use human::{Human, Look};
pub use json::Json;
pub use plain::{plain, plain_json};
pub use summary::summary;

use crate::lint::Report;

/// A form in which findings are written.
pub trait Reporter {
    /// Writes the whole report.
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()>;
}
