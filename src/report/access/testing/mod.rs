//! What came of tests of access.

mod failure;
mod fold;
mod human;
mod json;
mod junit;

use crate::query::Access;
use crate::query::testing::TestedFile;

pub use human::human;
pub use json::json;
pub use junit::junit;

/// A run of tests.
#[derive(Debug)]
pub struct TestRun<'a> {
    /// What they were run against.
    pub access: &'a Access,
    /// The files, in order.
    pub files: Vec<TestedFile<'a>>,
}

impl TestRun<'_> {
    /// How many tests were run.
    pub fn tests(&self) -> usize {
        self.files.iter().map(|file| file.tests.len()).sum()
    }

    /// How many of them have failed.
    pub fn failed(&self) -> usize {
        self.files.iter().map(TestedFile::failed).sum()
    }

    /// What it came to and what that is based on, in one line without an end.
    pub fn summary(&self) -> String {
        let (all, failed) = (self.tests(), self.failed());
        let failed = if failed == 0 { String::new() } else { format!("{failed} failed, ") };
        let read_set = self.access.read_set();
        let objects = counted(read_set.objects.len(), "object");
        let files = counted(read_set.files, "file");
        format!("{failed}{} passed (against {objects} in {files})", all - self.failed())
    }
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
