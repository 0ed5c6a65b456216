//! Findings for people and for programs.
//!
//! Every format is a [`Reporter`], and all of them get the same [`Report`]. Text from manifests is data: each format
//! escapes it so that it cannot act on whatever shows it.

pub mod access;
mod concise;
mod diff;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod plain;
mod remarks;
mod sarif;
mod snippet;
mod summary;
mod xml;

use std::io;

pub use concise::Concise;
pub use diff::diff;
pub use github::GitHub;
pub use gitlab::GitLab;
pub use human::{Human, Look};
pub use json::Json;
pub use junit::JUnit;
pub use plain::{plain, plain_json};
pub use sarif::{Gravity, Sarif, diff as sarif_diff};
pub use summary::{counted, summary};
pub(crate) use xml::xml;

use crate::lint::Report;

/// A form in which findings are written.
pub trait Reporter {
    /// Writes the whole report.
    fn write(&self, report: &Report, out: &mut dyn io::Write) -> io::Result<()>;
}
